package io.multiprocessing;

import java.time.Duration;

/**
 * Something that becomes ready: the end of a process, a message in a connection or a queue.
 */
public interface Waitable {
    /** Whether it is ready now. */
    boolean isReady();

    /**
     * Waits until it is ready, at most so long; a timeout of zero or less does not wait.
     *
     * @return whether it is ready
     */
    boolean await(Duration timeout) throws InterruptedException;
}
