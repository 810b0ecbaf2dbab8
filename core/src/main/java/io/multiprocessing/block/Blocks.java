package io.multiprocessing.block;

import io.multiprocessing.SharedMemoryExistsException;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a kind of context makes blocks, and finds them. */
public interface Blocks {
    /**
     * Makes a block.
     *
     * @param name null for one that nobody has yet
     * @param filling writes what must be there before anyone can find it; the bytes are zero at first
     * @throws IllegalArgumentException if the name is no name, or the size less than 1
     * @throws SharedMemoryExistsException if the name is taken
     */
    Block create(@Nullable String name, long bytes, Consumer<MemorySegment> filling);

    /**
     * Attaches to a block.
     *
     * @throws IllegalArgumentException if the name is no name
     * @throws java.util.NoSuchElementException if nothing bears the name
     */
    Block attach(String name);
}
