package io.multiprocessing.local.connection;

import io.multiprocessing.local.member.Owner;
import io.multiprocessing.local.member.Registry;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;

/**
 * Who holds one end of a pipe. They are changed under the pipe's lock of holds, one store for each change, and read without
 * it: who finds no living holder looks again with the lock.
 */
final class Holds {
    private static final int INDEX_BITS = 8;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;
    private static final int GENERATION_MASK = (1 << 22) - 1;

    private final Registry registry;
    private final MemorySegment memory;
    private final long end;

    Holds(Registry registry, Cell pipe, int index) {
        this.registry = registry;
        this.memory = pipe.memory();
        this.end = pipe.offset() + PipeLayout.end(index);
    }

    boolean isEnded() {
        return Words.intVolatile(memory, end + PipeLayout.ENDED) != 0;
    }

    void setEnded() {
        Words.setIntVolatile(memory, end + PipeLayout.ENDED, 1);
    }

    /**
     * Adds a hold of this process. The lock is held.
     *
     * @return its number, not 0
     * @throws IllegalStateException if there are too many
     */
    int add() {
        int generation = Words.intPlain(memory, end + PipeLayout.LAST_GENERATION) + 1 & GENERATION_MASK;
        if (generation == 0) {
            generation = 1;
        }
        int index = freeIndex();
        Words.setIntPlain(memory, end + PipeLayout.LAST_GENERATION, generation);
        Words.setLongVolatile(memory, hold(index), (long) generation << Integer.SIZE | registry.self());
        return generation << INDEX_BITS | index;
    }

    /** Removes a hold, unless that was done before. The lock is held. */
    void remove(int number) {
        int index = number & INDEX_MASK;
        if ((int) (Words.longVolatile(memory, hold(index)) >>> Integer.SIZE) == number >>> INDEX_BITS) {
            Words.setLongVolatile(memory, hold(index), 0);
        }
    }

    /** Whether a living process holds the end. */
    boolean areLiving() {
        int lastDead = 0;
        for (int i = 0; i < PipeLayout.MOST_HOLDS; i++) {
            int owner = owner(i);
            if (owner != 0 && owner != lastDead) {
                if (!registry.isDead(owner)) {
                    return true;
                }
                lastDead = owner;
            }
        }
        return false;
    }

    /** How many holds there are, for people. */
    int count() {
        int count = 0;
        for (int i = 0; i < PipeLayout.MOST_HOLDS; i++) {
            count += owner(i) == 0 ? 0 : 1;
        }
        return count;
    }

    private int freeIndex() {
        for (int i = 0; i < PipeLayout.MOST_HOLDS; i++) {
            if (owner(i) == 0) {
                return i;
            }
        }
        for (int i = 0; i < PipeLayout.MOST_HOLDS; i++) {
            if (registry.isDead(owner(i))) {
                return i;
            }
        }
        throw new IllegalStateException("this end of the pipe is held, by processes and by messages that have not been"
                + " received, " + PipeLayout.MOST_HOLDS + " times already, which is the most it can be");
    }

    private int owner(int index) {
        return (int) Words.longVolatile(memory, hold(index)) & Owner.MASK;
    }

    private long hold(int index) {
        return end + PipeLayout.HOLDS + (long) index * Long.BYTES;
    }
}
