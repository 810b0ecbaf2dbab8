package io.multiprocessing.testkit.contract;

import io.multiprocessing.Queue;

/** Tests that a queue and a joinable queue have in common. */
abstract class QueueSuite extends SynchronizationContract {
    /** A queue of the kind that is tested. */
    protected <E> Queue<E> queue(int maxSize) {
        return mp.queue(maxSize);
    }
}
