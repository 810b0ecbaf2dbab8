package io.multiprocessing.local.segment;

import org.jspecify.annotations.Nullable;

/**
 * Where a shared object lies, the same in all processes: the number of its segment within the context, and its offset
 * there. This is what travels when a handle does.
 */
public record CellId(long segment, long offset) {
    // By hand, because what the compiler makes is linked at run time: a fresh JVM spins seven classes for it.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CellId that && segment == that.segment && offset == that.offset;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(segment) + Long.hashCode(offset);
    }
}
