package io.multiprocessing.threads;

import io.multiprocessing.Lock;

/** A value or an array, and the lock that guards it. */
@SuppressWarnings("serial") // travels as a handle
abstract class GuardedObject extends TwinObject {
    final Guard guard;

    GuardedObject(TwinContext context, long id, Guard guard) {
        super(context, id);
        this.guard = guard;
    }

    public final Lock lock() {
        checkOpen();
        if (guard.lock() == Guard.NONE) {
            throw new IllegalStateException(
                    "this " + typeName() + " was made raw and has no lock; only its single operations are atomic");
        }
        return (Lock) context.handle(guard.lock());
    }
}
