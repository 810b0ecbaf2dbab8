package io.multiprocessing.threads;

import io.multiprocessing.block.Block;
import io.multiprocessing.block.FlatName;
import io.multiprocessing.codec.Handle;
import java.lang.foreign.MemorySegment;

/** A handle of a block. */
@SuppressWarnings("serial") // travels as a handle
final class TwinSharedMemory extends TwinObject implements Block {
    private final TwinBlock block;
    private final MemorySegment memory;
    private volatile boolean closed;

    TwinSharedMemory(TwinContext context, long id, TwinBlock block, MemorySegment memory) {
        super(context, id);
        this.block = block;
        this.memory = memory;
    }

    @Override
    String typeName() {
        return "SharedMemory";
    }

    @Override
    void checkOpen() {
        if (closed) {
            throw new IllegalStateException("this SharedMemory is closed");
        }
        context.checkOpen();
    }

    @Override
    public String name() {
        return block.name();
    }

    @Override
    public long size() {
        return memory.byteSize();
    }

    @Override
    public MemorySegment segment() {
        checkOpen();
        return memory;
    }

    @Override
    public void close() {
        closed = true;
        context.forget(this);
    }

    @Override
    public void unlink() {
        context.checkOpen();
        if (!block.unlink()) {
            throw FlatName.notFound(block.name());
        }
    }

    @Override
    public Handle handleOfList() {
        return new Handle(space().id(), LIST, id, 0);
    }

    @Override
    public String toString() {
        return closed || context.isClosed()
                ? "SharedMemory[closed]"
                : "SharedMemory[" + block.name() + ", " + size() + " bytes]";
    }
}
