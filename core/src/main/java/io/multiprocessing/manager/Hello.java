package io.multiprocessing.manager;

import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.codec.Decoder;
import io.multiprocessing.codec.Encoder;
import java.nio.charset.StandardCharsets;

/**
 * What a client says first in each session; see {@link Frame}.
 *
 * @param role what the session is for
 * @param client a random number, the same for all sessions of the client
 * @param session the session's number among those of the client
 * @param pid of the client's process
 * @param name of the client's process
 */
record Hello(int role, long client, long session, long pid, String name) {
    private static final int LONGEST_NAME = 1_000;

    byte[] write() {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        try (Encoder out = Encoder.borrow()) {
            out.writeByte(Frame.HELLO);
            out.writeByte(Frame.VERSION);
            out.writeByte(role);
            out.writeLong(client);
            out.writeLong(session);
            out.writeLong(pid);
            int length = Math.min(bytes.length, LONGEST_NAME);
            out.writeCount(length);
            out.writeBytes(bytes, 0, length);
            return out.toBytes();
        }
    }

    /** @throws UnreadableMessageException if it is no such frame */
    static Hello read(byte[] frame) {
        try (Decoder in = Decoder.borrow(ClassLoader.getSystemClassLoader())) {
            in.over(frame, 0, frame.length);
            if (in.readByte() != Frame.HELLO) {
                throw new UnreadableMessageException("a client that does not say hello");
            }
            int version = in.readByte();
            if (version != Frame.VERSION) {
                throw new UnreadableMessageException(
                        "a client that speaks version " + version + ", where " + Frame.VERSION + " is spoken");
            }
            return new Hello(
                    in.readByte(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    new String(in.readBytes(in.readCount()), StandardCharsets.UTF_8));
        }
    }
}
