package io.multiprocessing.pool;

import io.multiprocessing.Pool;
import io.multiprocessing.PoolInsights;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.RemoteBiFunction;
import io.multiprocessing.RemoteCallable;
import io.multiprocessing.RemoteFunction;
import io.multiprocessing.RemoteRunnable;
import io.multiprocessing.TaskNotSerializableException;
import io.multiprocessing.spi.Deadline;
import java.io.Serializable;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A pool of processes as its users have it: has {@link Jobs} made of what it is asked for, and a {@link Dispatcher} do them.
 * Neither the dispatcher nor the context has it, see {@link DroppedPool}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what depends on a result here tells somebody else
final class ProcessPool implements Pool {
    private final PoolOptions options;
    private final Dispatcher dispatcher;
    private final Jobs jobs;

    ProcessPool(PoolOptions options, Dispatcher dispatcher) {
        this.options = options;
        this.dispatcher = dispatcher;
        this.jobs = new Jobs(options, dispatcher, this);
    }

    @Override
    public int size() {
        return options.size();
    }

    @Override
    public List<Long> workerPids() {
        return dispatcher.pids();
    }

    @Override
    public PoolInsights insights() {
        return dispatcher.insights();
    }

    @Override
    public <R> R apply(RemoteCallable<R> task) throws InterruptedException, ExecutionException {
        return jobs.<R>call("apply", task, true).get();
    }

    @Override
    public <R> R apply(RemoteCallable<R> task, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        return jobs.<R>call("apply", task, true).get(Deadline.nanos(timeout), TimeUnit.NANOSECONDS);
    }

    @Override
    public <R> CompletableFuture<R> applyAsync(RemoteCallable<R> task) {
        return jobs.call("applyAsync", task, false);
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs)
            throws InterruptedException, ExecutionException {
        List<T> all = list(inputs);
        return await(jobs.<R>list("map", function, function, all, jobs.chunkSize(all.size()), true));
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs, int chunkSize)
            throws InterruptedException, ExecutionException {
        Jobs.checked(chunkSize);
        return await(jobs.<R>list("map", function, function, list(inputs), chunkSize, true));
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> mapAsync(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs) {
        List<T> all = list(inputs);
        return jobs.list("mapAsync", function, function, all, jobs.chunkSize(all.size()), false);
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> mapAsync(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs, int chunkSize) {
        Jobs.checked(chunkSize);
        return jobs.list("mapAsync", function, function, list(inputs), chunkSize, false);
    }

    @Override
    public <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object> List<R> starmap(
            RemoteBiFunction<? super T, ? super U, ? extends R> function,
            Iterable<? extends Map.Entry<? extends T, ? extends U>> inputs)
            throws InterruptedException, ExecutionException {
        List<Map.Entry<? extends T, ? extends U>> all = list(inputs);
        return await(jobs.<R>list("starmap", function, spread(function), all, jobs.chunkSize(all.size()), true));
    }

    @Override
    public <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object> List<R> starmap(
            RemoteBiFunction<? super T, ? super U, ? extends R> function,
            Iterable<? extends Map.Entry<? extends T, ? extends U>> inputs,
            int chunkSize)
            throws InterruptedException, ExecutionException {
        Jobs.checked(chunkSize);
        return await(jobs.<R>list("starmap", function, spread(function), list(inputs), chunkSize, true));
    }

    @Override
    public <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
            CompletableFuture<List<R>> starmapAsync(
                    RemoteBiFunction<? super T, ? super U, ? extends R> function,
                    Iterable<? extends Map.Entry<? extends T, ? extends U>> inputs) {
        List<Map.Entry<? extends T, ? extends U>> all = list(inputs);
        return jobs.list("starmapAsync", function, spread(function), all, jobs.chunkSize(all.size()), false);
    }

    @Override
    public <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
            CompletableFuture<List<R>> starmapAsync(
                    RemoteBiFunction<? super T, ? super U, ? extends R> function,
                    Iterable<? extends Map.Entry<? extends T, ? extends U>> inputs,
                    int chunkSize) {
        Jobs.checked(chunkSize);
        return jobs.list("starmapAsync", function, spread(function), list(inputs), chunkSize, false);
    }

    private static <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
            RemoteFunction<Map.Entry<? extends T, ? extends U>, R> spread(
                    RemoteBiFunction<? super T, ? super U, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        return pair -> function.apply(pair.getKey(), pair.getValue());
    }

    private static <T extends @Nullable Object> List<T> list(Iterable<? extends T> inputs) {
        if (Objects.requireNonNull(inputs, "inputs") instanceof Collection<? extends T> collection) {
            return new ArrayList<>(collection);
        }
        List<T> all = new ArrayList<>();
        inputs.forEach(all::add);
        return all;
    }

    /** An interrupt drops what has not begun: nobody will have the results. */
    private static <R extends @Nullable Object> List<R> await(PoolFuture<List<R>> future)
            throws InterruptedException, ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            future.cancel(false);
            throw interrupted;
        }
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imap(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs) {
        return jobs.stream("imap", function, inputs, true, 1, jobs.lookAhead());
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imap(
            RemoteFunction<? super T, ? extends R> function,
            Iterable<? extends T> inputs,
            int chunkSize,
            int lookAhead) {
        return jobs.stream("imap", function, inputs, true, chunkSize, lookAhead);
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imapUnordered(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs) {
        return jobs.stream("imapUnordered", function, inputs, false, 1, jobs.lookAhead());
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imapUnordered(
            RemoteFunction<? super T, ? extends R> function,
            Iterable<? extends T> inputs,
            int chunkSize,
            int lookAhead) {
        return jobs.stream("imapUnordered", function, inputs, false, chunkSize, lookAhead);
    }

    @Override
    public <R> CompletableFuture<R> submit(RemoteCallable<R> task) {
        return jobs.call("submit", task, false);
    }

    @Override
    public CompletableFuture<@Nullable Void> submit(RemoteRunnable task) {
        return jobs.call("submit", task, false);
    }

    @Override
    public <R> CompletableFuture<R> submit(Callable<R> task) {
        return jobs.call("submit", serializable(task), false);
    }

    @Override
    public CompletableFuture<?> submit(Runnable task) {
        return jobs.<@Nullable Void>call("submit", serializable(task), false);
    }

    @Override
    public <R extends @Nullable Object> CompletableFuture<R> submit(Runnable task, R result) {
        PoolFuture<R> future = new PoolFuture<>(dispatcher.telling());
        CompletableFuture<?> done = submit(task);
        done.whenComplete((nothing, failure) -> {
            if (failure == null) {
                future.finish(result);
            } else {
                future.failAs(failure);
            }
        });
        future.whenCancelled(done::cancel);
        return future;
    }

    @Override
    public void execute(RemoteRunnable task) {
        executeLogged(task);
    }

    @Override
    public void execute(Runnable task) {
        executeLogged(serializable(task));
    }

    private void executeLogged(Object task) {
        jobs.<@Nullable Void>call("execute", task, false).whenComplete((nothing, failure) -> {
            if (failure != null && !(failure instanceof CancellationException)) {
                System.getLogger("io.multiprocessing")
                        .log(System.Logger.Level.ERROR, "a task of a pool failed", failure);
            }
        });
    }

    private static <T> T serializable(T task) {
        if (!(Objects.requireNonNull(task, "task") instanceof Serializable)) {
            throw new TaskNotSerializableException("the task can't be sent to another process: "
                    + task.getClass().getName() + " is not Serializable. Declare it as a "
                    + (task instanceof Callable ? "RemoteCallable" : "RemoteRunnable")
                    + ", or give the lambda to the pool itself");
        }
        return task;
    }

    @Override
    public <R> List<Future<R>> invokeAll(Collection<? extends Callable<R>> tasks) throws InterruptedException {
        return Invocations.all(this, tasks, Deadline.NEVER);
    }

    @Override
    public <R> List<Future<R>> invokeAll(Collection<? extends Callable<R>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        return Invocations.all(this, tasks, Deadline.after(timeout, unit));
    }

    @Override
    public <R> R invokeAny(Collection<? extends Callable<R>> tasks) throws InterruptedException, ExecutionException {
        try {
            return Invocations.any(this, tasks, Deadline.NEVER);
        } catch (TimeoutException never) {
            throw new AssertionError(never);
        }
    }

    @Override
    public <R> R invokeAny(Collection<? extends Callable<R>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        return Invocations.any(this, tasks, Deadline.after(timeout, unit));
    }

    // ---- the end

    @Override
    public void shutdown() {
        dispatcher.shutDown();
    }

    @Override
    public void terminate() {
        dispatcher.terminate();
    }

    @Override
    public List<Runnable> shutdownNow() {
        List<Runnable> unbegun = new ArrayList<>();
        for (Job job : dispatcher.terminate()) {
            if (job instanceof CallJob<?> call) {
                unbegun.add(asRunnable(call.task));
            }
        }
        return unbegun;
    }

    private static Runnable asRunnable(Object task) {
        if (task instanceof Runnable runnable) {
            return runnable;
        }
        var callable = (Callable<?>) task;
        return (RemoteRunnable) callable::call;
    }

    @Override
    public boolean isShutdown() {
        return dispatcher.isShutDown();
    }

    @Override
    public boolean isTerminated() {
        return dispatcher.hasEnded();
    }

    @Override
    public void join() throws InterruptedException {
        requireShutDown();
        dispatcher.awaitEnd();
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        requireShutDown();
        return dispatcher.awaitEnd(Deadline.nanos(timeout));
    }

    private void requireShutDown() {
        if (!dispatcher.isShutDown()) {
            throw new IllegalStateException(
                    "the pool is not shut down, so its workers would never end: call shutdown() or terminate() first");
        }
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            return dispatcher.awaitEnd(unit.toNanos(timeout));
        } finally {
            Reference.reachabilityFence(this); // who waits has it
        }
    }

    @Override
    public void close() {
        dispatcher.shutDown();
        boolean interrupted = false;
        while (true) {
            try {
                dispatcher.awaitEnd();
                break;
            } catch (InterruptedException terminates) {
                interrupted = true;
                dispatcher.terminate();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "Pool[" + dispatcher + "]";
    }
}
