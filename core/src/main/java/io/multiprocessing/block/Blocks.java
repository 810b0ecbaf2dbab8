package io.multiprocessing.block;

import io.multiprocessing.ShareableList;
import io.multiprocessing.SharedMemory;
import io.multiprocessing.SharedMemoryExistsException;
import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes and finds blocks, and the lists in them, for one context; how, its kind of context says. */
public abstract class Blocks {
    /**
     * Makes a block.
     *
     * @param name null for one that nobody has yet
     * @param filling writes what must be there before anyone can find it; the bytes are zero at first
     * @throws IllegalArgumentException if the size is less than 1
     * @throws SharedMemoryExistsException if the name is taken
     */
    protected abstract Block create(@Nullable String name, long bytes, Consumer<MemorySegment> filling);

    /**
     * Attaches to a block.
     *
     * @throws java.util.NoSuchElementException if nothing bears the name
     */
    protected abstract Block attach(String name);

    public final SharedMemory sharedMemory(String name, long size) {
        return create(FlatName.check(name), size, _ -> {});
    }

    public final SharedMemory sharedMemory(long size) {
        return create(null, size, _ -> {});
    }

    public final SharedMemory sharedMemory(String name) {
        return attach(FlatName.check(name));
    }

    public final ShareableList shareableList(String name, Collection<?> elements) {
        return MemoryList.create(this, FlatName.check(name), elements);
    }

    public final ShareableList shareableList(Collection<?> elements) {
        return MemoryList.create(this, null, elements);
    }

    public final ShareableList shareableList(String name) {
        return MemoryList.attach(this, FlatName.check(name));
    }
}
