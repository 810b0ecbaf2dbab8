package io.multiprocessing.pool;

import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.TaskNotSerializableException;
import io.multiprocessing.codec.ValueCodec;
import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/** Exceptions on their way between a pool and its workers. */
final class Failures {
    static final String MORE_FOR_WORKERS =
            "allow for more by PoolOptions.heapLimit, or have the data in a shared array";

    private Failures() {}

    /** Of what does not fit into the heap of the process that has the pool. */
    static OutOfMemoryError tooLargeForPool(String what, long heapBytes, @Nullable OutOfMemoryError cause) {
        return full(
                what + " does not fit into the heap of the pool's process, which may have " + heapBytes
                        + " bytes; allow for more by -Xmx, or have the data in a shared array",
                cause);
    }

    /** Of what does not fit into the heap of this process, a worker. */
    static OutOfMemoryError tooLargeForWorker(String what, OutOfMemoryError cause) {
        return full(
                what + " does not fit into the heap of the worker, which may have "
                        + Runtime.getRuntime().maxMemory() + " bytes; " + MORE_FOR_WORKERS,
                cause);
    }

    private static OutOfMemoryError full(String text, @Nullable OutOfMemoryError cause) {
        var error = new OutOfMemoryError(text);
        if (cause != null) {
            error.initCause(cause);
        }
        return error;
    }

    /** Of a function or task that can't be sent. */
    static TaskNotSerializableException unsendable(String what, NotSerializableException refused) {
        return new TaskNotSerializableException(
                what + " can't be sent to another process: " + refused.getMessage(), refused);
    }

    /** Of an input that can't be sent. */
    static MessageNotSerializableException unsendable(String what, Throwable refused) {
        return new MessageNotSerializableException(
                what + " can't be sent to another process: " + refused.getMessage(), refused);
    }

    /** The bytes of an exception; in the worst case those of one that says what it was. */
    static byte[] encode(Throwable failure) {
        try {
            return ValueCodec.encodeByLibrary(failure);
        } catch (NotSerializableException | RuntimeException | StackOverflowError unsendable) {
            var substitute = new IllegalStateException(
                    failure.getClass().getName() + ", which can't be sent: " + unsendable.getMessage());
            substitute.setStackTrace(failure.getStackTrace());
            try {
                return ValueCodec.encodeByLibrary(substitute);
            } catch (NotSerializableException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    /** The exception that arrived; if it can't be read, the one that says why. */
    static Throwable decode(byte[] message, int from, int length, ClassLoader loader) {
        try {
            @Nullable Object value = Wire.value(message, from, length, loader);
            return value instanceof Throwable failure
                    ? failure
                    : new IllegalStateException("a worker sent something that is no exception: " + value);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError unreadable) {
            return unreadable;
        }
    }
}
