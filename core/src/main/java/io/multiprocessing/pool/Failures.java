package io.multiprocessing.pool;

import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.TaskNotSerializableException;
import io.multiprocessing.codec.ValueCodec;
import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/** Exceptions on their way between a pool and its workers. */
final class Failures {
    private Failures() {}

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
        } catch (RuntimeException | StackOverflowError unreadable) {
            return unreadable;
        }
    }
}
