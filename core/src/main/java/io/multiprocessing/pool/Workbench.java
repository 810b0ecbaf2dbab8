package io.multiprocessing.pool;

import io.multiprocessing.RemoteFunction;
import io.multiprocessing.RemoteRunnable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Works on the inputs of chunks, says of each that it begins and ends, and hands what came of it to the {@link Outbox}. */
final class Workbench {
    private static final int AT_ONCE = 64;
    private static final long REPORT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final CurrentTask current;
    private final Outbox outbox;
    private final ClassLoader loader;
    private boolean isSpent;

    Workbench(CurrentTask current, Outbox outbox, ClassLoader loader) {
        this.current = current;
        this.outbox = outbox;
        this.loader = loader;
    }

    /** Whether the worker should do nothing more: its heap was full once. */
    boolean isSpent() {
        return isSpent;
    }

    void failed(Throwable failure) {
        isSpent |= failure instanceof OutOfMemoryError;
    }

    /** A single input, or a task if there is no function. */
    void one(long chunk, @Nullable RemoteFunction<@Nullable Object, @Nullable Object> function, byte[] message)
            throws Exception {
        @Nullable Object result = result(chunk, function, message);
        outbox.stopwatch().did();
        outbox.send(1, true, Wire.VALUE, Outcomes.encode(result));
    }

    @SuppressWarnings("NullAway") // a function takes what its user gives it, nulls included
    private @Nullable Object result(
            long chunk, @Nullable RemoteFunction<@Nullable Object, @Nullable Object> function, byte[] message)
            throws Exception {
        current.begin(Position.of(chunk, 0));
        try {
            @Nullable Object input = input(message, Wire.CHUNK_HEADER, message.length - Wire.CHUNK_HEADER);
            if (function != null) {
                return function.apply(input);
            } else if (input instanceof Callable<?> callable) {
                return callable.call();
            } else if (input instanceof RemoteRunnable task) {
                task.perform();
            } else {
                ((Runnable) Objects.requireNonNull(input)).run();
            }
            return null;
        } finally {
            current.stop();
            current.done();
        }
    }

    /**
     * Inputs that came as a list. Results do not wait for the last one if that takes its time: what is reported does not die with the
     * worker.
     */
    @SuppressWarnings("NullAway") // as above
    void bound(long chunk, RemoteFunction<@Nullable Object, @Nullable Object> function, int count, byte[] message)
            throws InterruptedException {
        List<?> inputs;
        try {
            inputs = (List<?>)
                    Objects.requireNonNull(input(message, Wire.CHUNK_HEADER, message.length - Wire.CHUNK_HEADER));
        } catch (RuntimeException | Error unreadable) {
            failed(unreadable);
            outbox.unreadable(unreadable);
            return;
        }
        var outcomes = new Outcomes(count);
        Stopwatch stopwatch = outbox.stopwatch();
        current.begin(Position.of(chunk, 0));
        for (int next = 0; next < count && !isSpent; ) {
            next = some(function, inputs, next, stopwatch, outcomes);
            if (next == count || isSpent || stopwatch.unsentNanos() > REPORT_NANOS) {
                current.done();
                isSpent |= outcomes.send(outbox, next == count);
            }
        }
    }

    /**
     * The next few inputs, until it is time to report; says which is the next after them. Its loop is compiled as soon as it has been
     * called often enough, which that over all inputs of a chunk would never be.
     */
    @SuppressWarnings("NullAway") // as above
    private int some(
            RemoteFunction<@Nullable Object, @Nullable Object> function,
            List<?> inputs,
            int from,
            Stopwatch stopwatch,
            Outcomes outcomes) {
        int to = Math.min(inputs.size(), from + AT_ONCE);
        int i = from;
        do {
            if (i > 0) {
                current.next();
            }
            try {
                outcomes.add(function.apply(inputs.get(i)));
            } catch (Throwable failure) {
                failed(failure);
                outcomes.fail(failure);
            } finally {
                current.stop();
            }
            stopwatch.did();
            i++;
        } while (i < to && !isSpent && stopwatch.unsentNanos() <= REPORT_NANOS);
        return i;
    }

    /**
     * Inputs that came each by itself, until all are done, or the pool has taken back the others, or the heap was full: then those that
     * are left are others' when this worker has ended.
     */
    void loose(
            long chunk,
            RemoteFunction<@Nullable Object, @Nullable Object> function,
            int count,
            byte[] message,
            ByteBuffer inputs)
            throws InterruptedException {
        current.begin(Position.of(chunk, 0));
        int i = 0;
        while (i < count && !isSpent && (i == 0 || current.nextIfMine())) {
            int length = inputs.getInt();
            next(function, message, inputs.position(), length);
            inputs.position(inputs.position() + length);
            i++;
        }
        outbox.flush(i == count || !isSpent);
    }

    private void next(RemoteFunction<@Nullable Object, @Nullable Object> function, byte[] message, int from, int length)
            throws InterruptedException {
        Throwable failure = null;
        byte[] result = {};
        try {
            result = Outcomes.encode(apply(function, message, from, length));
        } catch (Throwable thrown) {
            failed(thrown);
            failure = thrown;
        }
        outbox.add(failure != null, failure == null ? result : Failures.encode(failure));
        current.done();
    }

    @SuppressWarnings("NullAway") // as above
    private @Nullable Object apply(
            RemoteFunction<@Nullable Object, @Nullable Object> function, byte[] message, int from, int length)
            throws Exception {
        try {
            return function.apply(input(message, from, length));
        } finally {
            current.stop();
        }
    }

    private @Nullable Object input(byte[] message, int from, int length) {
        try {
            return Wire.value(message, from, length, loader);
        } catch (OutOfMemoryError full) {
            throw Failures.tooLargeForWorker("an input of " + length + " bytes", full);
        }
    }
}
