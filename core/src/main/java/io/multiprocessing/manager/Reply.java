package io.multiprocessing.manager;

import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.codec.Decoder;
import io.multiprocessing.codec.Encoder;
import java.io.NotSerializableException;
import org.jspecify.annotations.Nullable;

/**
 * The frame of an answer.
 *
 * @param isFailure whether the call threw
 * @param value what it returned or threw
 */
record Reply(boolean isFailure, @Nullable Object value) {
    /** The answer, or that it can't be sent. */
    static Answer result(String method, @Nullable Object value) {
        boolean isWritten = false;
        try {
            Answer answer = value instanceof Taken taken
                    ? new Answer(write(Frame.TAKEN, taken.value()), taken.putBack())
                    : Answer.of(write(Frame.RESULT, value));
            isWritten = true;
            return answer;
        } catch (NotSerializableException refused) {
            return failure(new MessageNotSerializableException(
                    "the result of " + method + " can't be sent from the manager: " + refused.getMessage(), refused));
        } finally {
            if (!isWritten && value instanceof Taken taken) {
                taken.putBack().run();
            }
        }
    }

    static Answer failure(Throwable failure) {
        try {
            return Answer.of(write(Frame.FAILURE, failure));
        } catch (NotSerializableException | RuntimeException unexpected) {
            try {
                return Answer.of(
                        write(Frame.FAILURE, new IllegalStateException("a failure that can't be told: " + unexpected)));
            } catch (NotSerializableException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    private static byte[] write(int frame, @Nullable Object value) throws NotSerializableException {
        try (Encoder out = Encoder.borrow()) {
            out.writeByte(frame);
            out.write(value);
            return out.toBytes();
        }
    }

    /** @throws UnreadableMessageException if it can't be read here */
    static Reply read(byte[] frame, ClassLoader loader) {
        try (Decoder in = Decoder.borrow(loader)) {
            in.over(frame, 0, frame.length);
            int kind = in.readByte();
            if (kind != Frame.RESULT && kind != Frame.TAKEN && kind != Frame.FAILURE) {
                throw new UnreadableMessageException("frame " + (kind & 0xff) + " in the place of an answer");
            }
            return new Reply(kind == Frame.FAILURE, in.read());
        }
    }
}
