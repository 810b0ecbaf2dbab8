package io.multiprocessing.local.memory;

import io.multiprocessing.Lock;
import io.multiprocessing.local.object.LocalObject;
import java.util.Objects;

/** Which lock new values and arrays get. */
public sealed interface Locking {
    /** A recursive lock of their own. */
    record Own() implements Locking {}

    /** None. */
    record Raw() implements Locking {}

    /** One that exists, in the same context. */
    record Given(Lock lock) implements Locking {
        public Given {
            Objects.requireNonNull(lock, "lock");
            if (!(lock instanceof LocalObject)) {
                throw new IllegalArgumentException("the lock " + lock + " belongs to another context");
            }
        }

        LocalObject object() {
            return (LocalObject) lock;
        }
    }
}
