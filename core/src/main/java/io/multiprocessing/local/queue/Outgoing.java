package io.multiprocessing.local.queue;

import io.multiprocessing.codec.MessageOutput;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The bytes of a message that is to be put, which are copied once, to where the message goes. */
abstract class Outgoing {
    final int length;

    Outgoing(int length) {
        this.length = length;
    }

    abstract void copyTo(int from, MemorySegment target, long offset, int count);

    /** A message as it was encoded. */
    static final class Encoded extends Outgoing {
        private final MessageOutput output;

        Encoded(MessageOutput output) {
            super((int) output.length());
            this.output = output;
        }

        @Override
        void copyTo(int from, MemorySegment target, long offset, int count) {
            output.copyTo(from, target, offset, count);
        }
    }

    /** One of many that were encoded before the first of them is put. */
    static final class Bytes extends Outgoing {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            super(bytes.length);
            this.bytes = bytes;
        }

        @Override
        void copyTo(int from, MemorySegment target, long offset, int count) {
            MemorySegment.copy(bytes, from, target, ValueLayout.JAVA_BYTE, offset, count);
        }
    }
}
