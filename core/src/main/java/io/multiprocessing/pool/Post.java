package io.multiprocessing.pool;

import io.multiprocessing.ByteArray;
import io.multiprocessing.LongArray;
import io.multiprocessing.Queue;
import java.util.List;

/**
 * What a worker is given when it starts. It travels as the list of its parts: to make a record by reflection, a fresh JVM
 * spins two dozen classes.
 *
 * @param inbox from which it gets what it is to do
 * @param results into which it puts how that went
 * @param parcels into which it puts what is large: see {@link Parcels}
 * @param positions of which one says where it is: see {@link Position}
 * @param orders of which one says what to interrupt
 * @param journal in which results are until they are sent
 * @param number which one
 * @param generation how many workers with this number were started, this one included
 * @param pool a number of the pool that no other has
 * @param poolPid the process that has the pool: the worker's own if workers are threads
 * @param poolHeapBytes how large that one's heap may be
 */
record Post(
        Queue<byte[]> inbox,
        Queue<byte[]> results,
        Queue<byte[]> parcels,
        Positions positions,
        LongArray orders,
        Journal journal,
        int number,
        int generation,
        long pool,
        long poolPid,
        long poolHeapBytes) {
    List<Object> toParts() {
        return List.of(
                inbox,
                results,
                parcels,
                positions.words(),
                orders,
                journal.bytes(),
                journal.begins(),
                number,
                generation,
                pool,
                poolPid,
                poolHeapBytes);
    }

    @SuppressWarnings("unchecked") // as toParts has put them
    static Post of(List<Object> parts) {
        return new Post(
                (Queue<byte[]>) parts.get(0),
                (Queue<byte[]>) parts.get(1),
                (Queue<byte[]>) parts.get(2),
                new Positions((LongArray) parts.get(3)),
                (LongArray) parts.get(4),
                new Journal((ByteArray) parts.get(5), (LongArray) parts.get(6)),
                (int) parts.get(7),
                (int) parts.get(8),
                (long) parts.get(9),
                (long) parts.get(10),
                (long) parts.get(11));
    }

    boolean isInProcessOfItsOwn() {
        return poolPid != ProcessHandle.current().pid();
    }
}
