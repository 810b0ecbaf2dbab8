package io.multiprocessing.local.connection;

import io.multiprocessing.codec.Encoder;
import java.lang.foreign.MemorySegment;

/** The bytes of a message that is to be sent. */
interface Outgoing {
    long length();

    /** Copies a part of them. */
    void copyTo(long from, MemorySegment target, long offset, long bytes);

    /** Bytes in memory. */
    record Memory(MemorySegment bytes) implements Outgoing {
        @Override
        public long length() {
            return bytes.byteSize();
        }

        @Override
        public void copyTo(long from, MemorySegment target, long offset, long count) {
            MemorySegment.copy(bytes, from, target, offset, count);
        }
    }

    /** An object that was encoded. */
    record Encoded(Encoder encoder) implements Outgoing {
        @Override
        public long length() {
            return encoder.length();
        }

        @Override
        public void copyTo(long from, MemorySegment target, long offset, long count) {
            encoder.copyTo(from, target, offset, count);
        }
    }
}
