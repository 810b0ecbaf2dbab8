package io.multiprocessing;

import java.lang.foreign.MemorySegment;

/**
 * A block of memory that any program of this user finds by a flat name: another context, and a stock CPython too, for which
 * it is a {@code multiprocessing.shared_memory.SharedMemory}. The bytes are those of the block and nothing else; what they
 * mean, and who may write when, is for its users to agree on.
 *
 * <p>A block belongs to the context that made it. It loses its name when somebody {@linkplain #unlink unlinks} it, or when
 * the context goes; those who have it open keep the memory until they close it. A block that somebody else has made, as a
 * Python program, is never unlinked but by {@link #unlink()}.
 *
 * <p>It travels to other processes by its name, and is attached there, or is the handle that is open there already. When it
 * has lost its name before it arrives, the message can't be read: {@link UnreadableMessageException}, whose cause is a
 * {@link java.util.NoSuchElementException}.
 *
 * <p>Thread and process safety: all methods may be called from any thread. Of accesses to the {@linkplain #segment() memory}
 * those are atomic that {@link java.lang.invoke.VarHandle} calls so; no others.
 *
 * <p>Crash effects: a block is there whole or not at all. What a process was writing into it when it died is written in part.
 * One whose context has no living process any more goes with the next context that is opened.
 *
 * <p>Source: Python's {@code shared_memory.SharedMemory}; shm_open(3).
 */
public interface SharedMemory extends SharedObject, AutoCloseable {
    /** The name by which others attach to it, in Python as well: {@code SharedMemory(name)}. */
    String name();

    /** How many bytes it has; as many as its maker asked for, or what there is where another program made it. */
    long size();

    /**
     * The memory itself, all of it, from a multiple of 64 bytes on. It may be used until the block or the context is closed,
     * and not after that. A part is {@code segment().asSlice(…)}, and a {@link java.nio.ByteBuffer} of up to 2 GB
     * {@code segment().asByteBuffer()}.
     *
     * @throws IllegalStateException if the block or the context is closed
     */
    MemorySegment segment();

    /**
     * Gives the block up in this process, for this handle: others, of other processes or attached again, go on. Its name
     * stays. Closing again does nothing.
     *
     * @throws IllegalStateException if its memory is in use just now by a native call or by input or output; it stays open then
     */
    @Override
    void close();

    /**
     * Takes its name from the block: nobody attaches to it any more, and a new one may have the name. Whoever has it open,
     * as this handle, goes on using it; the memory is freed when the last of them has closed it. It may be called when the
     * block is closed already.
     *
     * @throws java.util.NoSuchElementException if nothing bears the name any more
     */
    void unlink();

    /** As {@code SharedMemory[psm_21467a7c, 64 bytes]}. */
    @Override
    String toString();
}
