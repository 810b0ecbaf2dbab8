package io.multiprocessing.testkit.contract;

import io.multiprocessing.Queue;

/** Joinable queues between threads: all that queues do there. */
public abstract class JoinableQueueHandoverContract extends QueueHandoverContract {
    @Override
    protected <E> Queue<E> queue(int maxSize) {
        return mp.joinableQueue(maxSize);
    }
}
