package io.multiprocessing.manager;

import io.multiprocessing.Context;
import io.multiprocessing.codec.Handle;

/** A proxy: an object of a manager, as its users have it. */
interface ManagedProxy extends Handle.Source {
    Core core();

    @Override
    default Context context() {
        return core().context();
    }

    @Override
    default Handle handle() {
        return core().handle(0);
    }
}
