package io.multiprocessing.pool;

import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.RemoteFunction;
import io.multiprocessing.codec.ValueCodec;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes {@linkplain Job jobs} of what a pool is asked for: encodes tasks, functions and inputs, and hands them to the {@link Dispatcher}. */
final class Jobs {
    private static final long UNKNOWN = -1;
    private static final int CHUNKS_PER_WORKER = 4;
    private static final int LEAST_AHEAD = 64;
    private static final int AHEAD_PER_WORKER = 32;
    private static final int FEWEST_AT_ONCE = 16;
    private static final int MOST_AT_ONCE = 1024;

    private final PoolOptions options;
    private final Dispatcher dispatcher;
    private final ProcessPool pool;

    /** @param pool whose jobs they are */
    Jobs(PoolOptions options, Dispatcher dispatcher, ProcessPool pool) {
        this.options = options;
        this.dispatcher = dispatcher;
        this.pool = pool;
    }

    /** As CPython does: a fourth of what each worker gets, rounded up. */
    int chunkSize(int inputs) {
        int chunks = Math.multiplyExact(options.size(), CHUNKS_PER_WORKER);
        return Math.max(1, Math.ceilDiv(inputs, chunks));
    }

    static int checked(int chunkSize) {
        if (chunkSize < 1) {
            throw new IllegalArgumentException("a chunk has at least 1 input, not " + chunkSize);
        }
        return chunkSize;
    }

    /** How far inputs are read ahead if nobody says it. */
    int lookAhead() {
        return Math.max(LEAST_AHEAD, AHEAD_PER_WORKER * options.size());
    }

    /**
     * One task.
     *
     * @param isPrivate whether no code of the user's can depend on the future
     */
    <R extends @Nullable Object> PoolFuture<R> call(String method, Object task, boolean isPrivate) {
        Objects.requireNonNull(task, "task");
        dispatcher.requireOpen();
        byte[] payload = encodeCode("the task", task);
        var future = new PoolFuture<R>(isPrivate ? null : dispatcher.telling());
        var job = new CallJob<R>(Job.named("of " + method, task), task, future);
        job.hold(pool);
        future.whenCancelled(isKilled -> dispatcher.abandon(job, isKilled));
        dispatcher.submitLoose(job, 0, new byte[][] {payload});
        return future;
    }

    /**
     * A function for a list of inputs.
     *
     * @param given the function as the user gave it, by which the job is called
     */
    <R extends @Nullable Object> PoolFuture<List<R>> list(
            String method,
            Object given,
            RemoteFunction<?, ?> function,
            List<?> inputs,
            int chunkSize,
            boolean isPrivate) {
        Objects.requireNonNull(given, "function");
        dispatcher.requireOpen();
        byte[] code = encodeCode("the function", function);
        var future = new PoolFuture<List<R>>(isPrivate ? null : dispatcher.telling());
        if (inputs.isEmpty()) {
            future.finish(List.of());
            return future;
        }
        var job = new ListJob<R>(dispatcher.newJob(), Job.named(method, given), code, inputs.size(), future);
        job.hold(pool);
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

    /** A function for inputs that are read while it goes on. */
    <R extends @Nullable Object> PoolResults<R> stream(
            String method,
            RemoteFunction<?, ?> function,
            Iterable<?> inputs,
            boolean isOrdered,
            int chunkSize,
            int lookAhead) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(inputs, "inputs");
        checked(chunkSize);
        if (lookAhead < chunkSize) {
            throw new IllegalArgumentException(
                    "the look-ahead must be at least the chunk size, " + chunkSize + ", not " + lookAhead);
        }
        dispatcher.requireOpen();
        byte[] code = encodeCode("the function", function);
        var job = new StreamJob<R>(
                dispatcher,
                dispatcher.newJob(),
                Job.named(method, function),
                code,
                inputs instanceof Collection,
                isOrdered,
                chunkSize,
                lookAhead);
        job.hold(pool);
        options.progress().ifPresent(listener -> job.setGauge(Gauge.start(listener, job, UNKNOWN)));
        var results = new StreamResults<>(job);
        dispatcher.begin(job);
        job.start(inputs);
        return results;
    }

    private static byte[] encode(List<?> inputs, int from, int to) {
        try {
            return ValueCodec.encode(
                    to - from == 1 ? inputs.get(from) : new ArrayList<Object>(inputs.subList(from, to)));
        } catch (NotSerializableException refused) {
            throw unsendable(inputs, from, to, refused);
        }
    }

    /** Says which of them it is: the first that can't be sent alone. */
    private static MessageNotSerializableException unsendable(
            List<?> inputs, int from, int to, NotSerializableException ofAll) {
        for (int i = from; i < to; i++) {
            try {
                ValueCodec.encode(inputs.get(i));
            } catch (NotSerializableException refused) {
                return Failures.unsendable("input " + i, (Throwable) refused);
            }
        }
        return Failures.unsendable("one of the inputs " + from + " to " + (to - 1), (Throwable) ofAll);
    }

    private static byte[] encodeCode(String what, Object code) {
        try {
            return ValueCodec.encodeByLibrary(code);
        } catch (NotSerializableException refused) {
            throw Failures.unsendable(what, refused);
        }
    }
}
