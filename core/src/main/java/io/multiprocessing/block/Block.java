package io.multiprocessing.block;

import io.multiprocessing.SharedMemory;
import io.multiprocessing.codec.Handle;

/** A block as the list needs it that lies in it. */
public interface Block extends SharedMemory, Handle.Source {
    /** What travels in place of the list. */
    Handle handleOfList();
}
