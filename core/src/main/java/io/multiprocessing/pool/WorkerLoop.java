package io.multiprocessing.pool;

import io.multiprocessing.LongArray;
import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.PoolWorker;
import io.multiprocessing.Queue;
import io.multiprocessing.RemoteFunction;
import io.multiprocessing.Task;
import io.multiprocessing.codec.ValueCodec;
import io.multiprocessing.spi.CurrentWorker;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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

    private final Queue<byte[]> inbox;
    private final Queue<byte[]> results;
    private final int number;
    private final int generation;
    private final byte[] setup;
    private final ClassLoader loader = ClassLoader.getSystemClassLoader();
    private final Map<Long, byte[]> unread = new HashMap<>();
    private final Map<Long, RemoteFunction<@Nullable Object, @Nullable Object>> functions = new HashMap<>();
    private final CurrentTask current;
    private final Thread thread;
    private boolean isSpent;
    private long begunNanos;
    private long reportedNanos;
    private long waitedNanos;
    private int reported;

    private WorkerLoop(
            Queue<byte[]> inbox,
            Queue<byte[]> results,
            LongArray positions,
            LongArray orders,
            int number,
            int generation,
            byte[] setup) {
        this.inbox = inbox;
        this.results = results;
        this.number = number;
        this.generation = generation;
        this.setup = setup;
        this.thread = new Thread(this::run, "multiprocessing-worker");
        thread.setDaemon(true);
        this.current = new CurrentTask(positions, orders, number, thread);
    }

    /** What the worker's process is started with. */
    static Task task(
            Queue<byte[]> inbox,
            Queue<byte[]> results,
            LongArray positions,
            LongArray orders,
            int number,
            int generation,
            byte[] setup) {
        return () -> new WorkerLoop(inbox, results, positions, orders, number, generation, setup).start();
    }

    private void start() {
        thread.start();
        while (true) {
            try {
                thread.join();
                return;
            } catch (InterruptedException order) {
                current.obey();
            }
        }
    }

    private void run() {
        try {
            long begin = System.nanoTime();
            Setup ready;
            try {
                ready = begin();
            } catch (Throwable unfit) {
                put(Wire.unfit(number, generation, Failures.encode(unfit)));
                return;
            }
            put(Wire.ready(number, generation, System.nanoTime() - begin));
            while (!isSpent && serve(inbox.get())) {
                // the next one
            }
            end(ready.exitHook());
        } catch (IllegalStateException | InterruptedException poolIsGone) {
            // Nobody is left to work for.
        } catch (OutOfMemoryError full) {
            Runtime.getRuntime().halt(OUT_OF_MEMORY);
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
        CurrentWorker.set(new ThisWorker(number, state));
        return told;
    }

    private void put(byte[] message) throws InterruptedException {
        results.put(message);
    }

    private boolean serve(byte[] message) throws InterruptedException {
        ByteBuffer in = ByteBuffer.wrap(message);
        byte kind = in.get();
        if (kind == Wire.CHUNK) {
            work(in.getLong(), in.getLong(), in.getInt(), message);
        } else if (kind == Wire.JOB) {
            unread.put(in.getLong(), message);
        } else if (kind == Wire.FORGET) {
            long job = in.getLong();
            unread.remove(job);
            functions.remove(job);
        } else {
            return false;
        }
        return true;
    }

    private void work(long chunk, long job, int count, byte[] message) throws InterruptedException {
        long now = System.nanoTime();
        waitedNanos = reportedNanos == 0 ? 0 : now - reportedNanos;
        begunNanos = now;
        reportedNanos = now;
        reported = 0;
        try {
            if (count == 1) {
                @Nullable Object result = one(chunk, job, message);
                current.finish(Wire.position(chunk, 1));
                report(chunk, 1, Wire.VALUE, encode(result));
            } else {
                each(chunk, job, count, message);
            }
        } catch (Throwable failure) {
            isSpent |= failure instanceof OutOfMemoryError;
            fail(chunk, count, failure);
        }
    }

    private void fail(long chunk, int count, Throwable failure) throws InterruptedException {
        report(chunk, count, Wire.ALL_FAILED, Failures.encode(failure));
    }

    /** Says how the inputs went that have not been reported, up to one, exclusive. */
    private void report(long chunk, int to, byte form, byte[] bytes) throws InterruptedException {
        int from = reported;
        reportedNanos = System.nanoTime();
        long worked = reportedNanos - begunNanos;
        try {
            put(Wire.done(number, generation, chunk, worked, waitedNanos, from, to, form, bytes));
        } catch (IllegalArgumentException tooLarge) {
            byte[] failure = Failures.encode(tooLarge);
            put(Wire.done(number, generation, chunk, worked, waitedNanos, from, to, Wire.ALL_FAILED, failure));
        }
        reported = to;
    }

    @SuppressWarnings("NullAway") // a function takes what its user gives it, nulls included
    private @Nullable Object one(long chunk, long job, byte[] message) throws Exception {
        current.begin(Wire.position(chunk, 0));
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
            current.begin(Wire.position(chunk, i));
            try {
                outcomes.results.add(function.apply(inputs.get(i)));
            } catch (Throwable failure) {
                isSpent |= failure instanceof OutOfMemoryError;
                outcomes.fail(failure);
            } finally {
                current.end();
            }
            if (i == count - 1 || System.nanoTime() - reportedNanos > REPORT_NANOS) {
                current.finish(Wire.position(chunk, count));
                report(chunk, i + 1, outcomes);
            }
        }
    }

    private void report(long chunk, int to, Outcomes outcomes) throws InterruptedException {
        byte form = Wire.EACH;
        byte[] bytes;
        if (outcomes.hasFailures || to == reported + 1) {
            bytes = outcomes.encodeEach();
        } else {
            try {
                bytes = encode(outcomes.results);
                form = Wire.VALUE;
            } catch (MessageNotSerializableException someOfThem) {
                bytes = outcomes.encodeEach();
            }
        }
        report(chunk, to, form, bytes);
        outcomes.clear();
    }

    @SuppressWarnings("unchecked") // the pool's own
    private RemoteFunction<@Nullable Object, @Nullable Object> function(long job) {
        var function = functions.get(job);
        if (function == null) {
            byte[] message = Objects.requireNonNull(unread.get(job), "a function that nobody sent");
            function = (RemoteFunction<@Nullable Object, @Nullable Object>)
                    Objects.requireNonNull(Wire.value(message, Wire.JOB_HEADER, loader));
            functions.put(job, function);
            unread.remove(job);
        }
        return function;
    }

    private static byte[] encode(@Nullable Object result) {
        try {
            return ValueCodec.encode(result);
        } catch (NotSerializableException refused) {
            throw new MessageNotSerializableException(
                    "the result can't be sent back: " + refused.getMessage(), refused);
        }
    }

    /** How inputs of a chunk went that have not been reported. */
    private static final class Outcomes {
        private record Failed(Throwable failure) {}

        final List<@Nullable Object> results = new ArrayList<>();
        boolean hasFailures;

        void clear() {
            results.clear();
            hasFailures = false;
        }

        void fail(Throwable failure) {
            hasFailures = true;
            results.add(new Failed(failure));
        }

        byte[] encodeEach() {
            List<byte[]> parts = new ArrayList<>(results.size());
            List<Boolean> failures = new ArrayList<>(results.size());
            int length = 0;
            for (@Nullable Object result : results) {
                Throwable failure = result instanceof Failed failed ? failed.failure() : null;
                byte[] bytes;
                try {
                    bytes = failure == null ? encode(result) : Failures.encode(failure);
                } catch (RuntimeException | StackOverflowError unsendable) {
                    failure = unsendable;
                    bytes = Failures.encode(unsendable);
                }
                failures.add(failure != null);
                parts.add(bytes);
                length += 5 + bytes.length;
            }
            ByteBuffer all = ByteBuffer.allocate(length);
            for (int i = 0; i < parts.size(); i++) {
                all.put((byte) (failures.get(i) ? 1 : 0))
                        .putInt(parts.get(i).length)
                        .put(parts.get(i));
            }
            return all.array();
        }
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
