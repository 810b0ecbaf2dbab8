package io.multiprocessing.pool;

import io.multiprocessing.LongArray;
import io.multiprocessing.Queue;
import java.io.Serializable;

/**
 * What a worker is given when it starts.
 *
 * @param inbox from which it gets what it is to do
 * @param results into which it puts how that went
 * @param positions of which one says where it is: see {@link Position}
 * @param orders of which one says what to interrupt
 * @param journal in which results are until they are sent
 * @param number which one
 * @param generation how many workers with this number were started, this one included
 * @param pool a number of the pool that no other has
 * @param poolPid the process that has the pool: the worker's own if workers are threads
 */
record Post(
        Queue<byte[]> inbox,
        Queue<byte[]> results,
        Positions positions,
        LongArray orders,
        Journal journal,
        int number,
        int generation,
        long pool,
        long poolPid)
        implements Serializable {
    boolean isInProcessOfItsOwn() {
        return poolPid != ProcessHandle.current().pid();
    }
}
