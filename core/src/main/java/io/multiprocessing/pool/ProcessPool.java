package io.multiprocessing.pool;

import io.multiprocessing.Context;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolInsights;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.RemoteBiFunction;
import io.multiprocessing.RemoteCallable;
import io.multiprocessing.RemoteFunction;
import io.multiprocessing.RemoteRunnable;
import io.multiprocessing.TaskNotSerializableException;
import io.multiprocessing.codec.ValueCodec;
import io.multiprocessing.spi.Deadline;
import java.io.NotSerializableException;
import java.io.Serializable;
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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A pool of processes: makes jobs of what it is asked for, and has a {@link Dispatcher} do them. */
@SuppressWarnings("FutureReturnValueIgnored") // what depends on a result here tells somebody else
public final class ProcessPool implements Pool {
    private static final System.Logger LOGGER = System.getLogger("io.multiprocessing");

    private static final long UNKNOWN = -1;
    private static final int CHUNKS_PER_WORKER = 4;
    private static final int LEAST_AHEAD = 64;
    private static final int AHEAD_PER_WORKER = 32;
    private static final int FEWEST_AT_ONCE = 16;
    private static final int MOST_AT_ONCE = 1024;

    private final PoolOptions options;
    private final Dispatcher dispatcher;

    private ProcessPool(Context context, PoolOptions options, Consumer<ProcessPool> atEnd) {
        this.options = options;
        this.dispatcher = new Dispatcher(context, options, () -> atEnd.accept(this));
    }

    /**
     * Starts a pool.
     *
     * @param atEnd is told when all its workers have ended
     */
    public static ProcessPool start(Context context, PoolOptions options, Consumer<ProcessPool> atEnd) {
        if (options.memoryLimit().isPresent() && !ResidentMemory.isKnown()) {
            throw new UnsupportedOperationException(
                    "a memory limit needs /proc, which tells how much memory a process takes; use heapLimit");
        }
        var pool = new ProcessPool(context, options, atEnd);
        pool.dispatcher.start();
        return pool;
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
        return this.<R>call("of apply", task, true).get();
    }

    @Override
    public <R> R apply(RemoteCallable<R> task, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        return this.<R>call("of apply", task, true).get(Deadline.nanos(timeout), TimeUnit.NANOSECONDS);
    }

    @Override
    public <R> CompletableFuture<R> applyAsync(RemoteCallable<R> task) {
        return call("of applyAsync", task, false);
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs)
            throws InterruptedException, ExecutionException {
        List<T> all = list(inputs);
        return await(this.<R>list("map", function, function, all, chunkSize(all.size()), true));
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs, int chunkSize)
            throws InterruptedException, ExecutionException {
        checkChunkSize(chunkSize);
        return await(this.<R>list("map", function, function, list(inputs), chunkSize, true));
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> mapAsync(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs) {
        List<T> all = list(inputs);
        return list("mapAsync", function, function, all, chunkSize(all.size()), false);
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> mapAsync(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs, int chunkSize) {
        checkChunkSize(chunkSize);
        return list("mapAsync", function, function, list(inputs), chunkSize, false);
    }

    @Override
    public <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object> List<R> starmap(
            RemoteBiFunction<? super T, ? super U, ? extends R> function,
            Iterable<? extends Map.Entry<? extends T, ? extends U>> inputs)
            throws InterruptedException, ExecutionException {
        List<Map.Entry<? extends T, ? extends U>> all = list(inputs);
        return await(this.<R>list("starmap", function, spread(function), all, chunkSize(all.size()), true));
    }

    @Override
    public <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
            CompletableFuture<List<R>> starmapAsync(
                    RemoteBiFunction<? super T, ? super U, ? extends R> function,
                    Iterable<? extends Map.Entry<? extends T, ? extends U>> inputs) {
        List<Map.Entry<? extends T, ? extends U>> all = list(inputs);
        return list("starmapAsync", function, spread(function), all, chunkSize(all.size()), false);
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
        return stream("imap", function, inputs, true, 1, lookAhead());
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imap(
            RemoteFunction<? super T, ? extends R> function,
            Iterable<? extends T> inputs,
            int chunkSize,
            int lookAhead) {
        return stream("imap", function, inputs, true, chunkSize, lookAhead);
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imapUnordered(
            RemoteFunction<? super T, ? extends R> function, Iterable<? extends T> inputs) {
        return stream("imapUnordered", function, inputs, false, 1, lookAhead());
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> imapUnordered(
            RemoteFunction<? super T, ? extends R> function,
            Iterable<? extends T> inputs,
            int chunkSize,
            int lookAhead) {
        return stream("imapUnordered", function, inputs, false, chunkSize, lookAhead);
    }

    private int lookAhead() {
        return Math.max(LEAST_AHEAD, AHEAD_PER_WORKER * options.size());
    }

    @Override
    public <R> CompletableFuture<R> submit(RemoteCallable<R> task) {
        return call("of submit", task, false);
    }

    @Override
    public CompletableFuture<@Nullable Void> submit(RemoteRunnable task) {
        return call("of submit", task, false);
    }

    @Override
    public <R> CompletableFuture<R> submit(Callable<R> task) {
        return call("of submit", serializable(task), false);
    }

    @Override
    public CompletableFuture<?> submit(Runnable task) {
        return this.<@Nullable Void>call("of submit", serializable(task), false);
    }

    @Override
    public <R extends @Nullable Object> CompletableFuture<R> submit(Runnable task, R result) {
        PoolFuture<R> future = new PoolFuture<>(false);
        CompletableFuture<?> done = submit(task);
        done.whenComplete((nothing, failure) -> {
            if (failure == null) {
                future.finish(result);
            } else {
                future.fail(failure);
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
        this.<@Nullable Void>call("of execute", task, false).whenComplete((nothing, failure) -> {
            if (failure != null && !(failure instanceof CancellationException)) {
                LOGGER.log(System.Logger.Level.ERROR, "a task of a pool failed", failure);
            }
        });
    }

    @Override
    public <R> List<Future<R>> invokeAll(Collection<? extends Callable<R>> tasks) throws InterruptedException {
        return invokeAll(tasks, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    }

    @Override
    public <R> List<Future<R>> invokeAll(Collection<? extends Callable<R>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        Deadline deadline = Deadline.after(timeout, unit);
        List<Future<R>> futures = new ArrayList<>();
        boolean isDone = false;
        try {
            for (Callable<R> task : tasks) {
                futures.add(submit(task));
            }
            for (Future<R> future : futures) {
                awaitDone(future, deadline);
            }
            isDone = true;
        } finally {
            if (!isDone) {
                futures.forEach(future -> future.cancel(true));
            }
        }
        futures.forEach(future -> future.cancel(true)); // those that were not in time
        return futures;
    }

    private static void awaitDone(Future<?> future, Deadline deadline) throws InterruptedException {
        try {
            future.get(Math.max(0, deadline.nanosLeft()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CancellationException | TimeoutException done) {
            // Each is an end.
        }
    }

    @Override
    public <R> R invokeAny(Collection<? extends Callable<R>> tasks) throws InterruptedException, ExecutionException {
        try {
            return invokeAny(tasks, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (TimeoutException never) {
            throw new AssertionError(never);
        }
    }

    @Override
    public <R> R invokeAny(Collection<? extends Callable<R>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("invokeAny needs at least one task");
        }
        Deadline deadline = Deadline.after(timeout, unit);
        var done = new LinkedBlockingQueue<CompletableFuture<R>>();
        List<CompletableFuture<R>> futures = new ArrayList<>();
        try {
            for (Callable<R> task : tasks) {
                CompletableFuture<R> future = submit(task);
                futures.add(future);
                future.whenComplete((result, failure) -> done.add(future));
            }
            ExecutionException lastFailure = null;
            for (int i = 0; i < futures.size(); i++) {
                CompletableFuture<R> next = done.poll(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    throw new TimeoutException("no task was done in time");
                }
                try {
                    return next.get();
                } catch (ExecutionException failed) {
                    lastFailure = failed;
                }
            }
            throw Objects.requireNonNull(lastFailure);
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
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
        return dispatcher.awaitEnd(unit.toNanos(timeout));
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

    // ---- jobs

    private <R extends @Nullable Object> PoolFuture<R> call(String name, Object task, boolean isPrivate) {
        Objects.requireNonNull(task, "task");
        dispatcher.requireOpen();
        byte[] payload = encodeCode("the task", task);
        var future = new PoolFuture<R>(isPrivate);
        var job = new CallJob<R>(Job.named(name, task), task, future);
        future.whenCancelled(isKilled -> dispatcher.abandon(job, isKilled));
        dispatcher.submitLoose(job, 0, new byte[][] {payload});
        return future;
    }

    private <R extends @Nullable Object> PoolFuture<List<R>> list(
            String name,
            Object given,
            RemoteFunction<?, ?> function,
            List<?> inputs,
            int chunkSize,
            boolean isPrivate) {
        Objects.requireNonNull(given, "function");
        dispatcher.requireOpen();
        byte[] code = encodeCode("the function", function);
        var future = new PoolFuture<List<R>>(isPrivate);
        if (inputs.isEmpty()) {
            future.finish(List.of());
            return future;
        }
        var job = new ListJob<R>(dispatcher.newJob(), Job.named(name, given), code, inputs.size(), future);
        future.whenCancelled(isKilled -> dispatcher.abandon(job, isKilled));
        options.progress().ifPresent(listener -> job.setGauge(Gauge.start(listener, job, inputs.size())));
        boolean isSubmitted = false;
        try {
            if (chunkSize == 1) {
                submitLoose(job, inputs);
            } else {
                submitBound(job, inputs, chunkSize);
            }
            isSubmitted = true;
        } finally {
            if (!isSubmitted) {
                dispatcher.abandon(job, false);
            }
        }
        return future;
    }

    /** A few at first, so that workers have something to do while the others are encoded. */
    private void submitLoose(Job job, List<?> inputs) {
        int some = FEWEST_AT_ONCE;
        for (int from = 0; from < inputs.size(); ) {
            byte[][] encoded = new byte[Math.min(inputs.size() - from, some)][];
            for (int i = 0; i < encoded.length; i++) {
                encoded[i] = encode(inputs, from + i, from + i + 1);
            }
            dispatcher.submitLoose(job, from, encoded);
            from += encoded.length;
            some = Math.min(2 * some, MOST_AT_ONCE);
        }
    }

    private void submitBound(Job job, List<?> inputs, int chunkSize) {
        for (int from = 0; from < inputs.size(); ) {
            int to = Math.min(inputs.size() - from, chunkSize) + from;
            byte[] encoded = encode(inputs, from, to);
            if (to - from == 1) {
                dispatcher.submitLoose(job, from, new byte[][] {encoded});
            } else {
                dispatcher.submitBound(job, from, to - from, encoded);
            }
            from = to;
        }
    }

    private <T extends @Nullable Object, R extends @Nullable Object> PoolResults<R> stream(
            String name,
            RemoteFunction<? super T, ? extends R> function,
            Iterable<? extends T> inputs,
            boolean isOrdered,
            int chunkSize,
            int lookAhead) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(inputs, "inputs");
        checkChunkSize(chunkSize);
        if (lookAhead < chunkSize) {
            throw new IllegalArgumentException(
                    "the look-ahead must be at least the chunk size, " + chunkSize + ", not " + lookAhead);
        }
        dispatcher.requireOpen();
        byte[] code = encodeCode("the function", function);
        var job = new StreamJob<R>(
                dispatcher, dispatcher.newJob(), Job.named(name, function), code, isOrdered, chunkSize, lookAhead);
        options.progress().ifPresent(listener -> job.setGauge(Gauge.start(listener, job, UNKNOWN)));
        job.start(inputs);
        return job;
    }

    private static byte[] encode(List<?> inputs, int from, int to) {
        try {
            return ValueCodec.encode(
                    to - from == 1 ? inputs.get(from) : new ArrayList<Object>(inputs.subList(from, to)));
        } catch (NotSerializableException refused) {
            throw Failures.unsendable("an input of " + from + " to " + (to - 1), (Throwable) refused);
        }
    }

    private static byte[] encodeCode(String what, Object code) {
        try {
            return ValueCodec.encodeByLibrary(code);
        } catch (NotSerializableException refused) {
            throw Failures.unsendable(what, refused);
        }
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

    private static <T extends @Nullable Object> List<T> list(Iterable<? extends T> inputs) {
        List<T> all = new ArrayList<>();
        for (T input : Objects.requireNonNull(inputs, "inputs")) {
            all.add(input);
        }
        return all;
    }

    /** As CPython does: a fourth of what each worker gets, rounded up. */
    private int chunkSize(int inputs) {
        int chunks = Math.multiplyExact(options.size(), CHUNKS_PER_WORKER);
        return Math.max(1, Math.ceilDiv(inputs, chunks));
    }

    private static void checkChunkSize(int chunkSize) {
        if (chunkSize < 1) {
            throw new IllegalArgumentException("a chunk has at least 1 input, not " + chunkSize);
        }
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
}
