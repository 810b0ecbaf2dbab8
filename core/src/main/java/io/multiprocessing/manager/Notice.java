package io.multiprocessing.manager;

import io.multiprocessing.codec.Decoder;
import io.multiprocessing.codec.Encoder;

/**
 * What a client says without waiting for an answer; see {@link Frame}.
 *
 * @param frame what it is
 * @param first an object or a session
 * @param second how many grants, or which call; 0 where nothing else is to be said
 */
record Notice(int frame, long first, long second) {
    byte[] write() {
        try (Encoder out = Encoder.borrow()) {
            out.writeByte(frame);
            out.writeLong(first);
            out.writeLong(second);
            return out.toBytes();
        }
    }

    static Notice read(byte[] frame) {
        try (Decoder in = Decoder.borrow(ClassLoader.getSystemClassLoader())) {
            in.over(frame, 0, frame.length);
            return new Notice(in.readByte(), in.readLong(), in.readLong());
        }
    }
}
