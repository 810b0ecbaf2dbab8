package io.multiprocessing.local.queue;

import io.multiprocessing.codec.Encoder;
import io.multiprocessing.codec.ShortCopy;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a message that is to be put, which are copied once, to where the message goes. */
abstract class Outgoing {
    final int length;

    /** An array that begins with the bytes; null if they are not in one. */
    final byte @Nullable [] bytes;

    private @Nullable Path file;

    Outgoing(int length, byte @Nullable [] bytes) {
        this.length = length;
        this.bytes = bytes;
    }

    /** What its record says it is, if it is in a ring: one of {@link RingLayout}. */
    abstract int kind();

    abstract void copyTo(int from, MemorySegment target, long offset, int count);

    /** Says that it will not be put: what is kept for who would have got it is let go. */
    abstract void lost();

    /** The file in which its bytes stand already; null if it has none. */
    @Nullable
    Path file() {
        return file;
    }

    void setFile(@Nullable Path newFile) {
        file = newFile;
    }

    /** A message as it was encoded. */
    static final class Encoded extends Outgoing {
        private final Encoder output;

        Encoded(Encoder output) {
            super((int) output.length(), output.array());
            this.output = output;
        }

        @Override
        int kind() {
            return output.hasDepartures() ? RingLayout.KEPT : RingLayout.MESSAGE;
        }

        @Override
        void copyTo(int from, MemorySegment target, long offset, int count) {
            output.copyTo(from, target, offset, count);
        }

        @Override
        void lost() {
            output.lost();
        }
    }

    /** An array of bytes that is the message itself. */
    static final class Raw extends Outgoing {
        private final byte[] all;

        Raw(byte[] bytes) {
            super(bytes.length, bytes);
            this.all = bytes;
        }

        @Override
        int kind() {
            return RingLayout.RAW;
        }

        @Override
        void copyTo(int from, MemorySegment target, long offset, int count) {
            ShortCopy.copy(all, from, target, offset, count);
        }

        @Override
        void lost() {
            // nothing is kept for anybody
        }
    }

    /** One of many that were encoded before the first of them is put. */
    static final class Bytes extends Outgoing {
        private final byte[] all;
        private final @Nullable List<Runnable> departures;

        Bytes(byte[] bytes, @Nullable List<Runnable> departures) {
            super(bytes.length, bytes);
            this.all = bytes;
            this.departures = departures;
        }

        @Override
        int kind() {
            return departures == null ? RingLayout.MESSAGE : RingLayout.KEPT;
        }

        @Override
        void copyTo(int from, MemorySegment target, long offset, int count) {
            ShortCopy.copy(all, from, target, offset, count);
        }

        @Override
        void lost() {
            if (departures != null) {
                departures.forEach(Runnable::run);
            }
        }
    }
}
