package io.multiprocessing.manager;

import io.multiprocessing.RLock;

/** A recursive lock of a manager; its owner is a thread of a process. */
@SuppressWarnings("serial") // it travels as a handle
final class RLockProxy extends LockProxy implements RLock {
    RLockProxy(Core core) {
        super(core);
    }

    @Override
    public int holdCount() {
        return core().integer("holdCount");
    }
}
