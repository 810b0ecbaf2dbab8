package io.multiprocessing.local.object;

import io.multiprocessing.Context;
import io.multiprocessing.SharedObject;
import io.multiprocessing.local.member.Registry;
import io.multiprocessing.local.segment.CellId;
import io.multiprocessing.local.segment.SegmentStore;

/** What an object needs of the context it lives in. */
public interface Home {
    Context context();

    /** The context's name in handles: its folder. */
    String contextId();

    SegmentStore store();

    Registry registry();

    boolean isClosed();

    /** @throws IllegalStateException if the context is closed */
    default void checkOpen() {
        if (isClosed()) {
            throw new IllegalStateException("the context is closed");
        }
    }

    /**
     * The object in a cell: the same Java object for all who ask in this process, as long as one of them keeps it,
     * because some objects keep a part of their state in it, such as the thread that owns a lock.
     */
    SharedObject resolve(ObjectKind kind, CellId id);

    /** From now on {@link #resolve} gives this object for its cell; to be called before others can know of the cell. */
    void remember(LocalObject object);
}
