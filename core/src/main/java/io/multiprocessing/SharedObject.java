package io.multiprocessing;

/**
 * Something that several processes see as one: a value, an array, a lock, a queue. A shared object is a handle. It
 * may be captured by the task of a {@link Process}, put into another shared object, or sent through a connection:
 * it arrives as a live handle of the same object.
 *
 * <p>The object lives as long as its {@link Context}; handles are cheap and need not be closed.
 *
 * <p>Two handles of one object in one process are {@link Object#equals equal}.
 */
public interface SharedObject {
    /** The context that the object belongs to. */
    Context context();
}
