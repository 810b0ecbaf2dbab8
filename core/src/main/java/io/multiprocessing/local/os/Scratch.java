package io.multiprocessing.local.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A little native memory for each thread, for the structs that a call takes. Valid until the thread's next use. */
final class Scratch {
    private static final int BYTES = 144;

    private static final ThreadLocal<MemorySegment> MEMORY =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(BYTES, 8));

    private Scratch() {}

    static MemorySegment zeroed() {
        return MEMORY.get().fill((byte) 0);
    }
}
