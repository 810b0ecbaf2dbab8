package io.multiprocessing.threads;

import io.multiprocessing.block.FlatName;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the handles of a block share, in all spaces: its name, and the memory as long as it has the name. */
final class TwinBlock {
    private final String name;
    private final Space maker;
    private final Map<Space, Long> numbers = new ConcurrentHashMap<>();
    private volatile @Nullable MemorySegment memory;

    TwinBlock(String name, Space maker, MemorySegment memory) {
        this.name = name;
        this.maker = maker;
        this.memory = memory;
    }

    String name() {
        return name;
    }

    /** The space that it goes with. */
    Space maker() {
        return maker;
    }

    /** Its number as an object of a space. */
    long numberIn(Space space) {
        return numbers.computeIfAbsent(space, unseen -> unseen.add(this::open));
    }

    /**
     * Attaches a process to it.
     *
     * @throws java.util.NoSuchElementException if it has lost its name
     */
    TwinSharedMemory open(TwinContext context, long number) {
        MemorySegment attached = memory;
        if (attached == null) {
            throw FlatName.notFound(name);
        }
        return new TwinSharedMemory(context, number, this, attached);
    }

    /** Takes its name away; false if it has lost it already. */
    boolean unlink() {
        memory = null;
        return TwinRuntime.get().flatNames().remove(this);
    }
}
