package io.multiprocessing;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Named values that processes share, in a {@link Manager}. What is got is a copy, unless it is a proxy: to change a list
 * that was got changes nothing here until it is set again.
 *
 * <p>Thread and process safety: all methods may be called from any thread of any process; each is atomic.
 *
 * <p>Crash effects: a value of a process that dies is set or not set. When the manager dies everything here throws
 * {@link ManagerEndedException}.
 *
 * <p>Source: the {@code Namespace} of Python's {@code SyncManager}; its attributes are names here.
 */
public interface Namespace extends SharedObject {
    /**
     * A copy of a value.
     *
     * @throws NoSuchElementException if there is none of that name
     */
    Object get(String name);

    /**
     * A copy of a value of a known type.
     *
     * @throws NoSuchElementException if there is none of that name
     * @throws ClassCastException if it is of another type
     */
    default <T> T get(String name, Class<T> type) {
        return type.cast(get(name));
    }

    /** A copy of a value; empty if there is none of that name. */
    Optional<Object> find(String name);

    /**
     * Sets a value to a copy of that, or to that itself if it is a proxy.
     *
     * @return this
     * @throws MessageNotSerializableException if the value can't be sent
     */
    Namespace set(String name, Object value);

    /**
     * Removes a value.
     *
     * @return whether there was one
     */
    boolean remove(String name);

    /** The names, in the order in which they were first set. */
    List<String> names();

    /** The names and values, as {@code Namespace{x=1, y=2}}. */
    @Override
    String toString();
}
