package io.multiprocessing.threads;

import io.multiprocessing.SegmentException;
import io.multiprocessing.SharedMemoryExistsException;
import io.multiprocessing.block.Block;
import io.multiprocessing.block.Blocks;
import io.multiprocessing.block.FlatName;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes and finds blocks for one context. */
final class TwinBlocks extends Blocks {
    private static final long ALIGNMENT = 64;

    private final TwinContext context;
    private final FlatNames names = TwinRuntime.get().flatNames();

    TwinBlocks(TwinContext context) {
        this.context = context;
    }

    @Override
    protected Block create(@Nullable String name, long bytes, Consumer<MemorySegment> filling) {
        FlatName.checkSize(bytes);
        while (true) {
            TwinBlock block = allocate(name == null ? FlatName.random() : name, bytes, filling);
            if (names.add(block)) {
                return open(block);
            }
            if (name != null) {
                throw new SharedMemoryExistsException(name);
            }
        }
    }

    private TwinBlock allocate(String name, long bytes, Consumer<MemorySegment> filling) {
        try {
            MemorySegment memory = Arena.ofAuto().allocate(bytes, ALIGNMENT);
            filling.accept(memory);
            return new TwinBlock(name, context.space(), memory);
        } catch (OutOfMemoryError | IllegalArgumentException tooLarge) {
            throw new SegmentException("no room for a block of " + bytes + " bytes", tooLarge);
        }
    }

    @Override
    protected Block attach(String name) {
        TwinBlock block = names.find(name);
        if (block == null) {
            throw FlatName.notFound(name);
        }
        return open(block);
    }

    private Block open(TwinBlock block) {
        TwinSharedMemory opened = block.open(context, block.numberIn(context.space()));
        context.remember(opened);
        return opened;
    }
}
