package io.multiprocessing.manager;

import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.codec.Decoder;
import io.multiprocessing.codec.Encoder;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a call. What is before the arguments is read first: if these can't be read, that is an answer to the
 * caller, but if it is garbage the client is dropped.
 *
 * @param number of the call in its session
 * @param thread which calls
 * @param object which is called
 * @param method of the object
 * @param bytes the frame, in which the arguments begin at {@code offset}
 * @param count how many arguments
 */
@SuppressWarnings("ArrayRecordComponent") // it is never compared
record Request(long number, long thread, long object, String method, byte[] bytes, int offset, int count) {
    private static final int MOST_ARGUMENTS = 255;

    static byte[] write(long number, long thread, long object, String method, @Nullable Object... arguments) {
        if (arguments.length > MOST_ARGUMENTS) {
            throw new IllegalArgumentException("a call takes " + MOST_ARGUMENTS + " arguments at most");
        }
        try (Encoder out = Encoder.borrow()) {
            out.writeByte(Frame.CALL);
            out.writeLong(number);
            out.writeLong(thread);
            out.writeLong(object);
            byte[] name = method.getBytes(StandardCharsets.ISO_8859_1);
            out.writeCount(name.length);
            out.writeBytes(name, 0, name.length);
            out.writeByte(arguments.length);
            for (Object argument : arguments) {
                out.write(argument);
            }
            return out.toBytes();
        } catch (NotSerializableException refused) {
            throw new MessageNotSerializableException(
                    "an argument of " + method + " can't be sent to the manager: " + refused.getMessage(), refused);
        }
    }

    /** @throws UnreadableMessageException if it is no such frame */
    static Request read(byte[] frame) {
        try (Decoder in = Decoder.borrow(ClassLoader.getSystemClassLoader())) {
            in.over(frame, 0, frame.length);
            int kind = in.readByte();
            if (kind != Frame.CALL) {
                throw new UnreadableMessageException("frame " + (kind & 0xff) + " in a session of calls");
            }
            long number = in.readLong();
            long thread = in.readLong();
            long object = in.readLong();
            String method = new String(in.readBytes(in.readCount()), StandardCharsets.ISO_8859_1);
            int count = in.readByte() & 0xff;
            return new Request(number, thread, object, method, frame, frame.length - (int) in.remaining(), count);
        }
    }

    /** @throws UnreadableMessageException if they can't be read here */
    @Nullable
    Object[] arguments(ClassLoader loader) {
        if (count == 0) {
            return new Object[0];
        }
        try (Decoder in = Decoder.borrow(loader)) {
            in.over(bytes, offset, bytes.length - offset);
            @Nullable Object[] arguments = new Object[count];
            for (int i = 0; i < count; i++) {
                arguments[i] = in.read();
            }
            return arguments;
        }
    }
}
