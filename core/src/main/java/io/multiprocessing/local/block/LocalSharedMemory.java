package io.multiprocessing.local.block;

import io.multiprocessing.Context;
import io.multiprocessing.block.Block;
import io.multiprocessing.codec.Handle;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.BlockFile;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A block that this process has mapped. */
@SuppressWarnings("serial") // its fields never go into a stream: writeReplace puts the handle there
final class LocalSharedMemory implements Block, Serializable {
    private final LocalBlocks blocks;
    private final BlockFile.Id id;
    private final MemorySegment memory;
    private final Arena arena;
    private volatile boolean closed;

    LocalSharedMemory(LocalBlocks blocks, BlockFile.Id id, MemorySegment memory, Arena arena) {
        this.blocks = blocks;
        this.id = id;
        this.memory = memory;
        this.arena = arena;
    }

    BlockFile.Id id() {
        return id;
    }

    @Override
    public Context context() {
        return blocks.home().context();
    }

    @Override
    public String name() {
        return id.name();
    }

    @Override
    public long size() {
        return memory.byteSize();
    }

    @Override
    public MemorySegment segment() {
        blocks.home().checkOpen();
        if (closed) {
            throw new IllegalStateException("this SharedMemory is closed");
        }
        return memory;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            arena.close();
            closed = true;
            blocks.forget(this);
        }
    }

    @Override
    public void unlink() {
        blocks.home().checkOpen();
        blocks.unlink(id);
    }

    @Override
    public Handle handle() {
        return handle(ObjectKind.SHARED_MEMORY);
    }

    @Override
    public Handle handleOfList() {
        return handle(ObjectKind.SHAREABLE_LIST);
    }

    /** Its name, in which there is no slash, stands behind that of the context. */
    private Handle handle(ObjectKind kind) {
        return new Handle(blocks.home().contextId() + "/" + id.name(), kind.number(), id.number(), 0);
    }

    @Serial
    private Object writeReplace() {
        return handle();
    }

    @Serial
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a shared object travels as a handle");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LocalSharedMemory that
                && id.equals(that.id)
                && blocks.home().contextId().equals(that.blocks.home().contextId());
    }

    @Override
    public int hashCode() {
        return id.name().hashCode();
    }

    @Override
    public String toString() {
        return closed || blocks.home().isClosed()
                ? "SharedMemory[closed]"
                : "SharedMemory[" + id.name() + ", " + memory.byteSize() + " bytes]";
    }
}
