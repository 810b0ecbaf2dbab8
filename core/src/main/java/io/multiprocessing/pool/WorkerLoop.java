package io.multiprocessing.pool;

import io.multiprocessing.PoolWorker;
import io.multiprocessing.RemoteFunction;
import io.multiprocessing.Task;
import io.multiprocessing.spi.CurrentWorker;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a worker process does: gets a chunk, works on it, puts the results, and so on. One thread does that; the main thread
 * takes the pool's interrupts, and hands them on if what they mean still runs. The protocol is in {@link Dispatcher}.
 */
final class WorkerLoop {
    private static final int OUT_OF_MEMORY = 3;
    private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Post post;
    private final Outbox outbox;
    private final byte[] setup;
    private final ClassLoader loader = ClassLoader.getSystemClassLoader();
    private final Map<Long, byte[]> unread = new HashMap<>();
    private final Map<Long, RemoteFunction<@Nullable Object, @Nullable Object>> functions = new HashMap<>();
    private final CurrentTask current;
    private final Thread thread;
    private boolean isSpent;

    private WorkerLoop(Post post, byte[] setup) {
        this.post = post;
        this.outbox = new Outbox(post);
        this.setup = setup;
        this.thread = new Thread(this::run, "multiprocessing-worker");
        thread.setDaemon(true);
        this.current = new CurrentTask(post, thread);
    }

    /** What the worker's process is started with. */
    static Task task(Post post, byte[] setup) {
        return () -> new WorkerLoop(post, setup).start();
    }

    private void start() {
        thread.start();
        try {
            while (thread.isAlive()) {
                try {
                    outbox.sendLate();
                    thread.join();
                } catch (InterruptedException order) {
                    current.obey();
                }
            }
        } catch (IllegalStateException isCutOff) {
            thread.interrupt(); // if it is not the end of the JVM, but of a process that is a thread
        }
    }

    private void run() {
        try {
            long begin = System.nanoTime();
            Setup ready;
            try {
                ready = begin();
            } catch (Throwable unfit) {
                outbox.unfit(unfit);
                return;
            }
            outbox.ready(System.nanoTime() - begin);
            while (!isSpent && serve(post.inbox().get())) {
                // the next one
            }
            end(ready.exitHook());
        } catch (IllegalStateException | InterruptedException poolIsGone) {
            // Nobody is left to work for.
        } catch (OutOfMemoryError full) {
            if (post.isInProcessOfItsOwn()) {
                Runtime.getRuntime().halt(OUT_OF_MEMORY);
            }
            throw full;
        } finally {
            outbox.close();
        }
    }

    private static void end(@Nullable Task exitHook) {
        if (exitHook != null) {
            try {
                exitHook.run();
            } catch (Exception failure) {
                System.getLogger("io.multiprocessing")
                        .log(System.Logger.Level.WARNING, "the exit hook of a worker failed", failure);
            }
        }
    }

    private Setup begin() throws Exception {
        Setup told = Setup.read(setup, loader);
        if (told.initializer() != null) {
            told.initializer().run();
        }
        Object state = told.state() == null ? null : told.state().call();
        CurrentWorker.set(new ThisWorker(post.number(), state));
        return told;
    }

    private boolean serve(byte[] message) throws InterruptedException {
        ByteBuffer in = ByteBuffer.wrap(message);
        switch (in.get()) {
            case Wire.CHUNK -> work(in.getLong(), in.getLong(), in.getInt(), message, null);
            case Wire.LOOSE -> work(in.getLong(), in.getLong(), in.getInt(), message, in);
            case Wire.JOB -> unread.put(in.getLong(), message);
            case Wire.FORGET -> {
                long job = in.getLong();
                unread.remove(job);
                functions.remove(job);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** @param loose where the inputs begin if they are loose */
    private void work(long chunk, long job, int count, byte[] message, @Nullable ByteBuffer loose)
            throws InterruptedException {
        outbox.begin(chunk);
        if (job != 0 && !functions.containsKey(job) && !unread.containsKey(job)) {
            outbox.lacks();
            return;
        }
        try {
            if (count == 1) {
                @Nullable Object result = one(chunk, job, message);
                outbox.did();
                outbox.send(1, true, Wire.VALUE, Outcomes.encode(result));
            } else if (loose == null) {
                each(chunk, job, count, message);
            } else {
                eachLoose(chunk, function(job), count, message, loose);
            }
        } catch (Throwable failure) {
            outbox.did();
            isSpent |= failure instanceof OutOfMemoryError;
            outbox.failRest(count, failure);
        }
    }

    @SuppressWarnings("NullAway") // a function takes what its user gives it, nulls included
    private @Nullable Object one(long chunk, long job, byte[] message) throws Exception {
        current.begin(Position.of(chunk, 0));
        try {
            @Nullable Object input = Wire.value(message, Wire.CHUNK_HEADER, loader);
            if (job != 0) {
                return function(job).apply(input);
            } else if (input instanceof Callable<?> callable) {
                return callable.call();
            } else if (input instanceof io.multiprocessing.RemoteRunnable task) {
                task.perform();
            } else {
                ((Runnable) Objects.requireNonNull(input)).run();
            }
            return null;
        } finally {
            current.end();
        }
    }

    /** Results do not wait for the last one if that takes its time: what is reported does not die with the worker. */
    @SuppressWarnings("NullAway") // as above
    private void each(long chunk, long job, int count, byte[] message) throws InterruptedException {
        List<?> inputs = (List<?>) Objects.requireNonNull(Wire.value(message, Wire.CHUNK_HEADER, loader));
        var function = function(job);
        var outcomes = new Outcomes();
        for (int i = 0; i < count; i++) {
            current.begin(Position.of(chunk, i));
            try {
                outcomes.add(function.apply(inputs.get(i)));
            } catch (Throwable failure) {
                isSpent |= failure instanceof OutOfMemoryError;
                outcomes.fail(failure);
            } finally {
                current.end();
            }
            outbox.did();
            if (i == count - 1 || outbox.isOlderThan(REPORT_NANOS)) {
                outcomes.send(outbox, i == count - 1);
            }
        }
    }

    /** Until all are done, or the pool has taken back the others. */
    private void eachLoose(
            long chunk,
            RemoteFunction<@Nullable Object, @Nullable Object> function,
            int count,
            byte[] message,
            ByteBuffer inputs)
            throws InterruptedException {
        current.begin(Position.of(chunk, 0));
        for (int i = 0; i < count && (i == 0 || current.beginNext()); i++) {
            int length = inputs.getInt();
            Throwable failure = null;
            byte[] result = {};
            try {
                result = Outcomes.encode(apply(function, message, inputs.position(), length));
            } catch (Throwable thrown) {
                isSpent |= thrown instanceof OutOfMemoryError;
                failure = thrown;
            }
            outbox.add(failure != null, failure == null ? result : Failures.encode(failure));
            current.done();
            inputs.position(inputs.position() + length);
        }
        outbox.flush(true);
    }

    @SuppressWarnings("NullAway") // as above
    private @Nullable Object apply(
            RemoteFunction<@Nullable Object, @Nullable Object> function, byte[] message, int from, int length)
            throws Exception {
        try {
            return function.apply(Wire.value(message, from, length, loader));
        } finally {
            current.stop();
        }
    }

    @SuppressWarnings("unchecked") // the pool's own
    private RemoteFunction<@Nullable Object, @Nullable Object> function(long job) {
        var function = functions.get(job);
        if (function == null) {
            byte[] message = Objects.requireNonNull(unread.get(job));
            function = (RemoteFunction<@Nullable Object, @Nullable Object>)
                    Objects.requireNonNull(Wire.value(message, Wire.JOB_HEADER, loader));
            functions.put(job, function);
            unread.remove(job);
        }
        return function;
    }

    private record ThisWorker(int number, @Nullable Object made) implements PoolWorker {
        @Override
        public <S> S state(Class<S> type) {
            if (made == null) {
                throw new IllegalStateException("the pool has no worker state; say PoolOptions.state(…)");
            }
            return type.cast(made);
        }
    }
}
