package io.multiprocessing;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Processes that work for one: an {@link ExecutorService}, with the methods of Python's pool. Each worker is a JVM of its
 * own that runs one task at a time, so a task can be ended for real, and one that crashes takes nothing with it.
 *
 * <p>Tasks, their inputs and results are sent, so they must be serializable; {@linkplain SharedObject shared objects}
 * arrive as what they are. A lambda that is given to a method of the pool is serializable by itself.
 *
 * <p>Results are {@linkplain CompletableFuture futures}. {@code cancel(true)} ends a task that runs: its thread is
 * interrupted, and if that does not help, its worker is killed. {@code cancel(false)} lets it run and drops its result. Code
 * that depends on a future should be quick, and use the {@code …Async} methods if it is not. An exception of a task arrives
 * as the cause of an {@link ExecutionException}, of its own type where this process has it (else as a
 * {@link RemoteException}), with the stack trace of the worker.
 *
 * <p>{@link #close()} waits for what was submitted, as in Java; that is a difference from Python, where leaving a pool's
 * {@code with} terminates it. {@link #shutdown()} is Python's {@code close}.
 *
 * <p>The workers of a pool that was not closed end with its context. Earlier they end when nobody has the pool any more: when the
 * garbage collector finds that out, and all is done that was submitted and all results are read that somebody reads, the pool
 * is terminated, and a warning in the log {@code io.multiprocessing} says once where it was made.
 *
 * <p>Thread and process safety: all methods may be called from any thread of the process that made the pool. A pool can't be sent to
 * another process, and a task that comes by it some other way is refused by a {@link RejectedExecutionException}, for it
 * could wait for itself; a task may make a pool of its own.
 *
 * <p>What does not fit into a heap fails alone: an input or result too large for its worker's, see {@link
 * PoolOptions#heapLimit}, and a result too large for that of this process, which is an {@link OutOfMemoryError} of that task and of
 * no thread here. Large data is better in a shared array, which is not copied.
 *
 * <p>Memory consistency effects: what happened before a task was submitted is seen by it, and what it did, by who has its
 * result, in shared objects as well.
 *
 * <p>Crash effects: when a worker dies, the one task that it ran fails by a {@link WorkerDiedException}, or is run again if
 * {@link PoolOptions#retries} says so. What had been handed to it and not begun is run by others, and a new worker takes
 * its place. Of a chunk of inputs only the one that was worked on fails; the others of that chunk are worked on
 * by others, and those that had been done in the last 20 ms may be done again, for their results died with the worker.
 * In a map with chunks of one, and of {@code apply}, {@code submit} and their like, nothing that was begun is done again
 * without {@code retries}.
 * A pool whose workers end again and again before they are ready gives up: what waits fails by a {@link BrokenPoolException},
 * as the cause of an {@link ExecutionException} like any other failure, and what comes later is refused by one at once.
 * When the process that made the pool dies, the workers end.
 *
 * <p>Over threads (a context {@code threads:}), as Python's {@code ThreadPool}: a worker that is killed, terminated or
 * out of time is cut off from all that is shared and interrupted, and for the pool it has died; its thread ends when it heeds that. All have the
 * pid of this process, which is not to be killed. JVM options are not heeded, and limits of memory are refused.
 *
 * <p>Source: Python's {@code multiprocessing.Pool} and {@code concurrent.futures.ProcessPoolExecutor}.
 */
public interface Pool extends ExecutorService {
    /** How many workers the pool has when all are alive. */
    int size();

    /** The pids of the workers that live now. */
    List<Long> workerPids();

    /** What the workers have done with their time so far. A snapshot; it takes microseconds and waits for nobody. */
    PoolInsights insights();

    /**
     * Runs a task, and waits for its result.
     *
     * @throws TaskNotSerializableException if it can't be sent
     * @throws RejectedExecutionException if the pool is shut down
     * @throws ExecutionException if it failed; the cause is its exception
     * @throws InterruptedException if the calling thread is interrupted; the task goes on
     */
    <R> R apply(RemoteCallable<R> task) throws InterruptedException, ExecutionException;

    /** As {@link #apply(RemoteCallable)}, at most so long. A timeout of zero or less does not wait. */
    <R> R apply(RemoteCallable<R> task, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException;

    /** Runs a task; does not wait for it. Source: Python's {@code apply_async}. */
    <R> CompletableFuture<R> applyAsync(RemoteCallable<R> task);

    /** As {@link #map(RemoteFunction, Iterable, int)} with chunks of the size that Python's pool takes: four for each worker. */
    <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs)
            throws InterruptedException, ExecutionException;

    /**
     * Applies a function to all inputs, and waits for the results, which come in the order of the inputs. An exception of
     * the inputs themselves is thrown as it is, before anything is done.
     *
     * @param chunkSize how many inputs are given to a worker at once
     * @throws IllegalArgumentException if {@code chunkSize} is less than 1
     * @throws TaskNotSerializableException if the function can't be sent
     * @throws MessageNotSerializableException if an input can't be sent
     * @throws RejectedExecutionException if the pool is shut down
     * @throws ExecutionException if some failed, when all are done; the cause is the exception of the first of them
     * @throws InterruptedException if the calling thread is interrupted; what has not begun then is dropped
     */
    <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs, int chunkSize)
            throws InterruptedException, ExecutionException;

    /** As {@link #map(RemoteFunction, Iterable)}; does not wait. */
    <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> mapAsync(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs);

    /** As {@link #map(RemoteFunction, Iterable, int)}; does not wait. */
    <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> mapAsync(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs, int chunkSize);

    /** As {@link #map(RemoteFunction, Iterable)}, with two arguments for each call. */
    <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object> List<R> starmap(
            RemoteBiFunction<? super T, ? super U, ? extends R> function,
            Iterable<? extends Map.Entry<? extends T, ? extends U>> inputs)
            throws InterruptedException, ExecutionException;

    /** As {@link #map(RemoteFunction, Iterable, int)}, with two arguments for each call. */
    <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object> List<R> starmap(
            RemoteBiFunction<? super T, ? super U, ? extends R> function,
            Iterable<? extends Map.Entry<? extends T, ? extends U>> inputs,
            int chunkSize)
            throws InterruptedException, ExecutionException;

    /** As {@link #starmap(RemoteBiFunction, Iterable)}; does not wait. */
    <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
            CompletableFuture<List<R>> starmapAsync(
                    RemoteBiFunction<? super T, ? super U, ? extends R> function,
                    Iterable<? extends Map.Entry<? extends T, ? extends U>> inputs);

    /** As {@link #starmap(RemoteBiFunction, Iterable, int)}; does not wait. */
    <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
            CompletableFuture<List<R>> starmapAsync(
                    RemoteBiFunction<? super T, ? super U, ? extends R> function,
                    Iterable<? extends Map.Entry<? extends T, ? extends U>> inputs,
                    int chunkSize);

    /** As {@link #imap(RemoteFunction, Iterable, int, int)}, one input at a time, and as many ahead as keep the workers busy. */
    <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imap(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs);

    /**
     * Applies a function to inputs that are read while it goes on, and gives the results in the order of the inputs.
     *
     * @param chunkSize how many inputs are given to a worker at once
     * @param lookAhead how many inputs are read at most whose results have not been taken
     * @throws IllegalArgumentException if {@code chunkSize} is less than 1, or {@code lookAhead} less than that
     * @throws TaskNotSerializableException if the function can't be sent
     * @throws RejectedExecutionException if the pool is shut down
     */
    <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imap(
            RemoteFunction<? super T, ? extends R> function,
            Iterable<? extends T> inputs,
            int chunkSize,
            int lookAhead);

    /** As {@link #imap(RemoteFunction, Iterable)}, but the results come as they are ready. */
    <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imapUnordered(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs);

    /** As {@link #imap(RemoteFunction, Iterable, int, int)}, but the results come as they are ready. */
    <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imapUnordered(
            RemoteFunction<? super T, ? extends R> function,
            Iterable<? extends T> inputs,
            int chunkSize,
            int lookAhead);

    /** As {@link #applyAsync}. */
    <R> CompletableFuture<R> submit(RemoteCallable<R> task);

    /** As {@link #applyAsync}, of a task without a result. */
    CompletableFuture<@Nullable Void> submit(RemoteRunnable task);

    /** @throws TaskNotSerializableException if the task is not serializable */
    @Override
    <R> CompletableFuture<R> submit(Callable<R> task);

    /** @throws TaskNotSerializableException if the task is not serializable */
    @Override
    CompletableFuture<?> submit(Runnable task);

    /** @throws TaskNotSerializableException if the task is not serializable */
    @Override
    <R extends @Nullable Object> CompletableFuture<R> submit(Runnable task, R result);

    /** Runs a task, of which nobody learns how it ended but the log, should it fail. */
    void execute(RemoteRunnable task);

    /** @throws TaskNotSerializableException if the task is not serializable */
    @Override
    void execute(Runnable task);

    /** No new tasks; workers end when they have done what there is. Source: Python's {@code Pool.close}. */
    @Override
    void shutdown();

    /**
     * Ends all at once: workers are terminated, futures that are not done are cancelled. Doing it again does nothing.
     * Source: Python's {@code Pool.terminate}.
     */
    void terminate();

    /**
     * As {@link #terminate()}.
     *
     * @return the tasks of {@code submit}, {@code execute} and their like that no worker has begun
     */
    @Override
    List<Runnable> shutdownNow();

    /**
     * Waits until all workers have ended.
     *
     * @throws IllegalStateException if the pool is not shut down, so they never would
     * @throws InterruptedException if the calling thread is interrupted
     */
    void join() throws InterruptedException;

    /**
     * As {@link #join()}, at most so long. A timeout of zero or less does not wait.
     *
     * @return whether they have ended
     */
    boolean join(Duration timeout) throws InterruptedException;

    @Override
    boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException;

    @Override
    <R> List<java.util.concurrent.Future<R>> invokeAll(Collection<? extends Callable<R>> tasks)
            throws InterruptedException;

    /** Shuts the pool down and waits for all that was submitted; an interrupt while it waits terminates the pool. */
    @Override
    void close();
}
