package io.multiprocessing.local.object;

import java.util.function.Supplier;

/** How new objects come to be known: without a name, or under one that may belong to an object already. */
public interface Maker {
    /** Every object is a new one. */
    Maker ANONYMOUS = new Maker() {
        @Override
        public <T extends LocalObject> T make(ObjectKind kind, Class<T> type, Supplier<T> creation) {
            return creation.get();
        }
    };

    /**
     * Gives a new object, or the one that is there.
     *
     * @throws IllegalArgumentException if the one that is there is of another kind
     */
    <T extends LocalObject> T make(ObjectKind kind, Class<T> type, Supplier<T> creation);
}
