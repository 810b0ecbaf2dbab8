package io.multiprocessing;

import java.time.Duration;

/**
 * A flag that processes wait for.
 *
 * <p>Thread and process safety: all methods may be called from any thread, virtual ones included, of any process.
 *
 * <p>Memory consistency effects: what happened before {@link #set()} is seen by whoever saw the event set.
 *
 * <p>Crash effects: none; setting is one store, and whoever waits sees it, also if the setter died right after.
 *
 * <p>Source: Python's {@code multiprocessing.Event}.
 */
public interface Event extends SharedObject {
    /** Sets the flag and wakes everyone who waits. */
    void set();

    /** Takes the flag back. */
    void clear();

    boolean isSet();

    /**
     * Waits until the flag is set. A caller that waits when it is set goes on, even if it is cleared right after.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    void await() throws InterruptedException;

    /**
     * As {@link #await()}, at most so long. A timeout of zero or less does not wait.
     *
     * @return whether it was set
     * @throws InterruptedException if the calling thread is interrupted
     */
    boolean await(Duration timeout) throws InterruptedException;
}
