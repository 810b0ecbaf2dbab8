package io.multiprocessing.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a message that keep their identity, numbered in the order in which they were begun. Few are found by
 * looking at each, many by a hash table.
 */
final class References {
    private static final int FEW = 8;
    private static final int KEPT = 1024;

    private @Nullable Object[] objects = new Object[FEW];
    private boolean[] open = new boolean[FEW];
    private int[] slots = {};
    private int count;

    /** The number of an object that is here already; -1 if it was not, and has been added. */
    int findOrAdd(Object object) {
        int found = count <= FEW ? scan(object) : look(object);
        if (found < 0) {
            add(object);
        }
        return found;
    }

    /** The number of the object that was added last. */
    int last() {
        return count - 1;
    }

    /** Says whether an object can't be referred to yet, because its reader can make it only when it has its parts. */
    void setOpen(int number, boolean isOpen) {
        open[number] = isOpen;
    }

    boolean isOpen(int number) {
        return open[number];
    }

    void clear() {
        if (count == 0) {
            return;
        }
        if (objects.length > KEPT) {
            objects = new Object[FEW];
            open = new boolean[FEW];
            slots = new int[0];
        } else {
            Arrays.fill(objects, 0, count, null);
            Arrays.fill(open, 0, count, false);
            if (count > FEW) {
                Arrays.fill(slots, 0);
            }
        }
        count = 0;
    }

    @SuppressWarnings("ReferenceEquality") // identity is what this is about
    private int scan(Object object) {
        for (int i = count - 1; i >= 0; i--) {
            if (objects[i] == object) {
                return i;
            }
        }
        return -1;
    }

    @SuppressWarnings("ReferenceEquality")
    private int look(Object object) {
        int mask = slots.length - 1;
        for (int slot = spread(object) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
            if (objects[slots[slot] - 1] == object) {
                return slots[slot] - 1;
            }
        }
        return -1;
    }

    private void add(Object object) {
        if (count == objects.length) {
            objects = Arrays.copyOf(objects, 2 * count);
            open = Arrays.copyOf(open, 2 * count);
        }
        objects[count++] = object;
        if (count > FEW) {
            if (slots.length < 2 * count) {
                slots = new int[Integer.highestOneBit(4 * count)];
                for (int i = 0; i < count; i++) {
                    index(i);
                }
            } else if (count == FEW + 1) {
                for (int i = 0; i < count; i++) {
                    index(i);
                }
            } else {
                index(count - 1);
            }
        }
    }

    private void index(int number) {
        int mask = slots.length - 1;
        int slot = spread(objects[number]) & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = number + 1;
    }

    private static int spread(@Nullable Object object) {
        int hash = System.identityHashCode(object) * 0x9E3779B9;
        return hash ^ (hash >>> 16);
    }
}
