package io.multiprocessing.local.queue;

import io.multiprocessing.codec.MessageSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The bytes of a large message, read where they lie. The file may be removed meanwhile; the memory is not, before close. */
final class SpilledMessage implements MessageSource, AutoCloseable {
    private final MemorySegment memory;
    private final Arena arena;
    private final Runnable whenRead;
    private long position;

    /**
     * @param arena the memory's, which is closed with this
     * @param whenRead what is to be done then
     */
    SpilledMessage(MemorySegment memory, Arena arena, Runnable whenRead) {
        this.memory = memory;
        this.arena = arena;
        this.whenRead = whenRead;
    }

    @Override
    public long remaining() {
        return memory.byteSize() - position;
    }

    @Override
    public void read(byte[] target, int offset, int count) {
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, position, target, offset, count);
        position += count;
    }

    @Override
    public void read(MemorySegment target) {
        MemorySegment.copy(memory, position, target, 0, target.byteSize());
        position += target.byteSize();
    }

    byte[] toBytes() {
        return memory.toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public void close() {
        arena.close();
        whenRead.run();
    }
}
