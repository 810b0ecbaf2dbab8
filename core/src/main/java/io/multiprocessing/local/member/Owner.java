package io.multiprocessing.local.member;

/**
 * The number by which a member is written into shared words: who holds a lock, who waits in a cell. It is never 0, and
 * fits into 30 bits.
 *
 * <pre>
 *  bits   0-15  slot + 1
 *  bits  16-29  generation of the slot
 * </pre>
 *
 * A slot is used again only by a process that joins after its last user has died, with the next generation, so a
 * number names one process. It would name another only after one slot has been used 16,384 times while the number
 * stood somewhere.
 */
public final class Owner {
    public static final int BITS = 30;
    public static final int MASK = (1 << BITS) - 1;

    private static final int SLOT_BITS = 16;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    private static final int GENERATION_MASK = (1 << (BITS - SLOT_BITS)) - 1;

    private Owner() {}

    static int of(int slot, int generation) {
        return slot + 1 | (generation & GENERATION_MASK) << SLOT_BITS;
    }

    static int slot(int owner) {
        return (owner & SLOT_MASK) - 1;
    }

    static int generation(int owner) {
        return owner >>> SLOT_BITS & GENERATION_MASK;
    }
}
