package io.multiprocessing.pool;

import io.multiprocessing.codec.Decoder;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The messages between a pool and its workers, which are arrays of bytes, so that a value that can't be read does not take
 * the message around it with it. The first byte says the kind.
 *
 * <pre>
 * to a worker    CHUNK   chunk:8 job:8 count:4, then the input if count is 1, else a list of them; job 0: a task
 *                LOOSE   chunk:8 job:8 count:4, then each input: length:4, and itself
 *                JOB     job:8, then the function
 *                FORGET  job:8
 *                END
 * to the pool    READY   worker:4 generation:4 nanos:8
 *                DONE    worker:4 generation:4 chunk:8 worked:8 waited:8 slowest:4 slowest nanos:8 from:4 to:4 last:1 form:1
 *                        parcel:4; of these inputs, as a parcel of so many bytes, or if these are 0 in the bytes that follow,
 *                            VALUE: the result of the only one
 *                            LIST: the results as a list
 *                            EACH: for each input 1 if it failed, else 0; length:4, and the result or exception
 *                            ALL_FAILED: the exception of all inputs
 *                            LACKS: nothing, and nothing was done, because the pool got back the JOB that lay before
 *                            UNREADABLE: an exception, and nothing was done, because it came when the inputs were read
 *                UNFIT   worker:4 generation:4, then the exception of the initializer
 *                OVER    worker:4 generation:4 kept:1, after the exit hook: it does nothing more; 1 if a thread that a task has
 * left behind keeps its process
 *                FULL    worker:4 generation:4, because its heap was full when it got what it was to do; it ends
 *                DIED    worker:4 generation:4 exit code:4, which the pool puts itself
 *                WAKE    likewise
 * </pre>
 */
final class Wire {
    static final byte CHUNK = 1;
    static final byte JOB = 2;
    static final byte FORGET = 3;
    static final byte END = 4;
    static final byte LOOSE = 5;

    static final byte READY = 11;
    static final byte DONE = 12;
    static final byte UNFIT = 13;
    static final byte DIED = 14;
    static final byte WAKE = 15;
    static final byte FULL = 16;
    static final byte OVER = 17;

    static final byte VALUE = 0;
    static final byte EACH = 1;
    static final byte ALL_FAILED = 2;
    static final byte LIST = 3;
    static final byte LACKS = 4;
    static final byte UNREADABLE = 5;

    static final int CHUNK_HEADER = 1 + 8 + 8 + 4;
    static final int JOB_HEADER = 1 + 8;
    static final int DONE_HEADER = 1 + 4 + 4 + 8 + 8 + 8 + 4 + 8 + 4 + 4 + 1 + 1 + 4;
    static final int UNFIT_HEADER = 1 + 4 + 4;

    private static final int LARGEST_INPUTS = 1 << 29;

    private Wire() {}

    /** @throws IllegalArgumentException if these are too many bytes for one message */
    static void checkLength(byte[] inputs) {
        if (inputs.length > LARGEST_INPUTS) {
            throw new IllegalArgumentException("inputs of " + inputs.length
                    + " bytes are too large to be sent at once, which takes at most " + LARGEST_INPUTS
                    + "; use a shared array");
        }
    }

    static byte[] chunk(long chunk, long job, int count, byte[] payload) {
        return ByteBuffer.allocate(CHUNK_HEADER + payload.length)
                .put(CHUNK)
                .putLong(chunk)
                .putLong(job)
                .putInt(count)
                .put(payload)
                .array();
    }

    static byte[] loose(long chunk, long job, byte[][] inputs) {
        int length = CHUNK_HEADER;
        for (byte[] input : inputs) {
            length += 4 + input.length;
        }
        ByteBuffer message = ByteBuffer.allocate(length)
                .put(LOOSE)
                .putLong(chunk)
                .putLong(job)
                .putInt(inputs.length);
        for (byte[] input : inputs) {
            message.putInt(input.length).put(input);
        }
        return message.array();
    }

    static byte[] job(long job, byte[] function) {
        return ByteBuffer.allocate(JOB_HEADER + function.length)
                .put(JOB)
                .putLong(job)
                .put(function)
                .array();
    }

    static byte[] forget(long job) {
        return ByteBuffer.allocate(JOB_HEADER).put(FORGET).putLong(job).array();
    }

    static byte[] end() {
        return new byte[] {END};
    }

    static byte[] ready(Post post, long nanos) {
        return ByteBuffer.allocate(17)
                .put(READY)
                .putInt(post.number())
                .putInt(post.generation())
                .putLong(nanos)
                .array();
    }

    static byte[] done(Post post, Report report) {
        int length = report.isParcel() ? 0 : report.length();
        return ByteBuffer.allocate(DONE_HEADER + length)
                .put(DONE)
                .putInt(post.number())
                .putInt(post.generation())
                .putLong(report.chunk())
                .putLong(report.workedNanos())
                .putLong(report.waitedNanos())
                .putInt(report.slowest())
                .putLong(report.slowestNanos())
                .putInt(report.from())
                .putInt(report.to())
                .put((byte) (report.isLast() ? 1 : 0))
                .put(report.form())
                .putInt(report.isParcel() ? report.length() : 0)
                .put(report.bytes(), report.start(), length)
                .array();
    }

    /** What a message of kind DONE says. */
    static Report report(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message).position(1 + 4 + 4);
        int parcel = in.getInt(DONE_HEADER - 4);
        return new Report(
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getInt(),
                in.getLong(),
                in.getInt(),
                in.getInt(),
                in.get() == 1,
                in.get(),
                parcel > 0,
                message,
                DONE_HEADER,
                parcel > 0 ? parcel : message.length - DONE_HEADER);
    }

    static byte[] unfit(Post post, byte[] exception) {
        return ByteBuffer.allocate(UNFIT_HEADER + exception.length)
                .put(UNFIT)
                .putInt(post.number())
                .putInt(post.generation())
                .put(exception)
                .array();
    }

    static byte[] full(Post post) {
        return ByteBuffer.allocate(9)
                .put(FULL)
                .putInt(post.number())
                .putInt(post.generation())
                .array();
    }

    static byte[] over(Post post, boolean isKept) {
        return ByteBuffer.allocate(10)
                .put(OVER)
                .putInt(post.number())
                .putInt(post.generation())
                .put((byte) (isKept ? 1 : 0))
                .array();
    }

    static byte[] died(int worker, int generation, int exitCode) {
        return ByteBuffer.allocate(13)
                .put(DIED)
                .putInt(worker)
                .putInt(generation)
                .putInt(exitCode)
                .array();
    }

    static byte[] wake() {
        return new byte[] {WAKE};
    }

    /** The value that a message holds from there to its end. */
    static @Nullable Object value(byte[] message, int from, ClassLoader loader) {
        return value(message, from, message.length - from, loader);
    }

    static @Nullable Object value(byte[] message, int from, int length, ClassLoader loader) {
        try (Decoder decoder = Decoder.borrow(loader)) {
            return decoder.over(message, from, length).read();
        }
    }
}
