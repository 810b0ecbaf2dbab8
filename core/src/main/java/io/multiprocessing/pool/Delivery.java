package io.multiprocessing.pool;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells a job how some inputs of a chunk went, as a worker reported it. */
@SuppressWarnings("ArrayRecordComponent") // read once, and never compared
record Delivery(Chunk chunk, int from, int to, byte[] message, ClassLoader loader, Judge judge) {
    /** Says what a failure of an input is to those who wait for it. */
    @FunctionalInterface
    interface Judge {
        Throwable failure(int index, Throwable failure);
    }

    private static final int AT = Wire.DONE_HEADER;

    void deliver() {
        switch (message[AT - 1]) {
            case Wire.VALUE -> values();
            case Wire.EACH -> each();
            default -> allFailed(Failures.decode(message, AT, message.length - AT, loader));
        }
    }

    private void values() {
        if (chunk.count == 1) {
            value(0, AT, message.length - AT);
            return;
        }
        List<?> values;
        try {
            values = (List<?>) Objects.requireNonNull(Wire.value(message, AT, loader));
        } catch (RuntimeException | Error unreadable) {
            allFailed(unreadable);
            return;
        }
        for (int i = from; i < to; i++) {
            chunk.job.succeeded(chunk.offset + i, values.get(i - from));
        }
    }

    private void each() {
        ByteBuffer in = ByteBuffer.wrap(message).position(AT);
        for (int i = from; i < to; i++) {
            boolean isFailure = in.get() == 1;
            int length = in.getInt();
            if (isFailure) {
                fail(i, Failures.decode(message, in.position(), length, loader));
            } else {
                value(i, in.position(), length);
            }
            in.position(in.position() + length);
        }
    }

    private void value(int index, int at, int length) {
        @Nullable Object value;
        try {
            value = Wire.value(message, at, length, loader);
        } catch (RuntimeException | Error unreadable) {
            fail(index, unreadable);
            return;
        }
        chunk.job.succeeded(chunk.offset + index, value);
    }

    private void allFailed(Throwable failure) {
        for (int i = from; i < to; i++) {
            fail(i, failure);
        }
    }

    private void fail(int index, Throwable failure) {
        chunk.job.failed(chunk.offset + index, judge.failure(index, failure));
    }
}
