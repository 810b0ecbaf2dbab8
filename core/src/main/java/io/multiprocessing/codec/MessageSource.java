package io.multiprocessing.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Gives the bytes of one message in their order, to a {@link Decoder} that reads as it needs them. */
public interface MessageSource {
    /** How many bytes of the message have not been read yet. They are there, or will come. */
    long remaining();

    /**
     * Reads exactly {@code count} bytes, which are not more than remain.
     *
     * @throws java.io.UncheckedIOException if they don't come
     */
    void read(byte[] target, int offset, int count);

    /** Fills memory, which may be that of an array: so large arrays are read without a detour. */
    default void read(MemorySegment target) {
        byte[] chunk = new byte[(int) Math.min(target.byteSize(), 64 << 10)];
        for (long at = 0; at < target.byteSize(); ) {
            int count = (int) Math.min(chunk.length, target.byteSize() - at);
            read(chunk, 0, count);
            MemorySegment.copy(chunk, 0, target, ValueLayout.JAVA_BYTE, at, count);
            at += count;
        }
    }
}
