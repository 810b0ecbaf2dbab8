package io.multiprocessing.manager;

import io.multiprocessing.Pool;
import io.multiprocessing.PoolInsights;
import io.multiprocessing.PoolResults;
import io.multiprocessing.RemoteBiFunction;
import io.multiprocessing.RemoteCallable;
import io.multiprocessing.RemoteFunction;
import io.multiprocessing.RemoteRunnable;
import io.multiprocessing.TaskNotSerializableException;
import io.multiprocessing.spi.CurrentWorker;
import io.multiprocessing.spi.Uninterrupted;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A pool of a manager. What does not wait for its result lets a thread of its own wait for it. */
@SuppressWarnings({"serial", "unchecked", "FutureReturnValueIgnored"}) // it travels as a handle; what comes from
// elsewhere is what the user says it is; what depends on a result here tells somebody else
final class PoolProxy extends AbstractExecutorService implements Pool, ManagedProxy, Serializable {
    private static final int CHOSEN_BY_THE_POOL = 0;
    private static final int AHEAD_PER_WORKER = 4;

    private final Core core;

    PoolProxy(Core core) {
        this.core = core;
    }

    @Override
    public Core core() {
        return core;
    }

    @Override
    public int size() {
        return core.integer("size");
    }

    @Override
    public List<Long> workerPids() {
        return (List<Long>) core.value("pids");
    }

    @Override
    public PoolInsights insights() {
        return (PoolInsights) core.value("insights");
    }

    @Override
    public <R> R apply(RemoteCallable<R> task) throws InterruptedException, ExecutionException {
        return await(applyAsync(task));
    }

    @Override
    public <R> R apply(RemoteCallable<R> task, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        return applyAsync(task).get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public <R> CompletableFuture<R> applyAsync(RemoteCallable<R> task) {
        return run(task);
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs)
            throws InterruptedException, ExecutionException {
        return await(this.<T, R>mapAsync(function, inputs));
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs, int chunkSize)
            throws InterruptedException, ExecutionException {
        return await(this.<T, R>mapAsync(function, inputs, chunkSize));
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> mapAsync(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs) {
        return startMap(function, inputs, CHOSEN_BY_THE_POOL);
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> mapAsync(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs, int chunkSize) {
        return startMap(function, inputs, positive(chunkSize));
    }

    @Override
    public <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object> List<R> starmap(
            RemoteBiFunction<? super T, ? super U, ? extends R> function,
            Iterable<? extends Map.Entry<? extends T, ? extends U>> inputs)
            throws InterruptedException, ExecutionException {
        return await(this.<T, U, R>starmapAsync(function, inputs));
    }

    @Override
    public <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
            CompletableFuture<List<R>> starmapAsync(
                    RemoteBiFunction<? super T, ? super U, ? extends R> function,
                    Iterable<? extends Map.Entry<? extends T, ? extends U>> inputs) {
        return startMap(spread(function), inputs, CHOSEN_BY_THE_POOL);
    }

    @Override
    public <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object> List<R> starmap(
            RemoteBiFunction<? super T, ? super U, ? extends R> function,
            Iterable<? extends Map.Entry<? extends T, ? extends U>> inputs,
            int chunkSize)
            throws InterruptedException, ExecutionException {
        return await(this.<T, U, R>starmapAsync(function, inputs, chunkSize));
    }

    @Override
    public <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
            CompletableFuture<List<R>> starmapAsync(
                    RemoteBiFunction<? super T, ? super U, ? extends R> function,
                    Iterable<? extends Map.Entry<? extends T, ? extends U>> inputs,
                    int chunkSize) {
        return startMap(spread(function), inputs, positive(chunkSize));
    }

    private static <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
            RemoteFunction<Map.Entry<? extends T, ? extends U>, R> spread(
                    RemoteBiFunction<? super T, ? super U, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        return pair -> function.apply(pair.getKey(), pair.getValue());
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imap(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs) {
        return results(function, inputs, true, Integer.MAX_VALUE);
    }

    /** Each input is a call of its own, whatever the size of chunks. */
    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imap(
            RemoteFunction<? super T, ? extends R> function,
            Iterable<? extends T> inputs,
            int chunkSize,
            int lookAhead) {
        positive(chunkSize);
        return results(function, inputs, true, lookAhead);
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imapUnordered(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs) {
        return results(function, inputs, false, Integer.MAX_VALUE);
    }

    /** Each input is a call of its own, whatever the size of chunks. */
    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imapUnordered(
            RemoteFunction<? super T, ? extends R> function,
            Iterable<? extends T> inputs,
            int chunkSize,
            int lookAhead) {
        positive(chunkSize);
        return results(function, inputs, false, lookAhead);
    }

    @Override
    public <R> CompletableFuture<R> submit(RemoteCallable<R> task) {
        return run(task);
    }

    @Override
    public CompletableFuture<@Nullable Void> submit(RemoteRunnable task) {
        return run(task);
    }

    @Override
    public <R> CompletableFuture<R> submit(Callable<R> task) {
        return run(asRemote(task));
    }

    @Override
    public CompletableFuture<?> submit(Runnable task) {
        return this.<@Nullable Void>run(asRemote(task));
    }

    @Override
    public <R extends @Nullable Object> CompletableFuture<R> submit(Runnable task, R result) {
        Object remote = asRemote(task);
        return new CallFuture<R>(() -> {
                    core.await("run", remote);
                    return result;
                })
                .start();
    }

    @Override
    public void execute(RemoteRunnable task) {
        executeLogged(task);
    }

    /** Also what {@code invokeAll} and {@code invokeAny} have made of tasks. */
    @Override
    public void execute(Runnable task) {
        if (task instanceof CallFuture<?> future) {
            future.start();
        } else {
            executeLogged(asRemote(task));
        }
    }

    @Override
    protected <R> RunnableFuture<R> newTaskFor(Callable<R> task) {
        Object remote = asRemote(task);
        return new CallFuture<>(() -> (R) core.await("run", remote));
    }

    @Override
    public void shutdown() {
        core.call("shutdown");
    }

    @Override
    public void terminate() {
        core.call("terminate");
    }

    /** What has not begun fails for those who have submitted it. */
    @Override
    public List<Runnable> shutdownNow() {
        terminate();
        return List.of();
    }

    @Override
    public void join() throws InterruptedException {
        core.await("awaitEnd", Patience.FOREVER);
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        requireShutDown();
        return core.awaitFlag("awaitEnd", Patience.nanos(timeout));
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return core.awaitFlag("awaitEnd", Math.max(0, unit.toNanos(timeout)));
    }

    @Override
    public boolean isShutdown() {
        return core.flag("isShutdown");
    }

    @Override
    public boolean isTerminated() {
        return core.flag("isTerminated");
    }

    @Override
    public void close() {
        shutdown();
        Uninterrupted.run(this::join);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PoolProxy that && core.equals(that.core);
    }

    @Override
    public int hashCode() {
        return core.hashCode();
    }

    @Override
    public String toString() {
        return (String) core.value("describe");
    }

    @Serial
    private Object writeReplace() {
        return handle();
    }

    private void requireShutDown() {
        if (!isShutdown()) {
            throw new IllegalStateException(
                    "the pool is not shut down, so its workers would never end: call shutdown() or terminate() first");
        }
    }

    private <R extends @Nullable Object> CallFuture<R> run(Object task) {
        Objects.requireNonNull(task, "task");
        requireOutside();
        return new CallFuture<R>(() -> (R) core.await("run", task)).start();
    }

    private <T extends @Nullable Object, R extends @Nullable Object> CallFuture<List<R>> startMap(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs, int chunkSize) {
        Objects.requireNonNull(function, "function");
        requireOutside();
        List<T> all = new ArrayList<>();
        inputs.forEach(all::add);
        return new CallFuture<>(() -> (List<R>) Objects.requireNonNull(core.await("map", function, all, chunkSize)))
                .start();
    }

    private <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> results(
            RemoteFunction<? super T, ? extends R> function,
            Iterable<? extends T> inputs,
            boolean isOrdered,
            int lookAhead) {
        Objects.requireNonNull(function, "function");
        int ahead = Math.min(positive(lookAhead), AHEAD_PER_WORKER * size());
        return new CallResults<T, R>(
                inputs, input -> run((RemoteCallable<R>) () -> function.apply(input)), isOrdered, ahead);
    }

    /** A task that waits for what the pool that it runs in is to do could wait for itself. */
    private void requireOutside() {
        if (CurrentWorker.get() != null
                && core.flag("isWorker", ProcessHandle.current().pid())) {
            throw new RejectedExecutionException(
                    "a task can't use the pool that it runs in, for it could wait for itself;"
                            + " it may have a pool of its own");
        }
    }

    private void executeLogged(Object task) {
        this.<@Nullable Void>run(task).whenComplete((nothing, failure) -> {
            if (failure != null) {
                System.getLogger("io.multiprocessing")
                        .log(System.Logger.Level.ERROR, "a task of a manager's pool failed", failure);
            }
        });
    }

    /** A future that is waited for here; who is interrupted does not want its result any more. */
    private static <R> R await(CompletableFuture<R> future) throws InterruptedException, ExecutionException {
        boolean isDone = false;
        try {
            R result = future.get();
            isDone = true;
            return result;
        } finally {
            if (!isDone) {
                future.cancel(true);
            }
        }
    }

    private static int positive(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("chunks and look-ahead must be 1 or more, not " + number);
        }
        return number;
    }

    private static Object asRemote(Object task) {
        Objects.requireNonNull(task, "task");
        if (task instanceof RemoteCallable || task instanceof RemoteRunnable) {
            return task;
        }
        if (!(task instanceof Serializable)) {
            throw new TaskNotSerializableException(
                    "the task can't be sent to a process: " + task.getClass().getName()
                            + " is not serializable; write it as a RemoteCallable or RemoteRunnable");
        }
        if (task instanceof Callable<?> callable) {
            return (RemoteCallable<Object>) callable::call;
        }
        return (RemoteRunnable) ((Runnable) task)::run;
    }
}
