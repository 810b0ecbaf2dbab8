package io.multiprocessing.pool;

import io.multiprocessing.Queue;
import java.util.List;

/**
 * Large results of a worker on their way to the pool. Each is a message in a queue of its own, and is announced by a report; the
 * pool takes it out only when it is this result's turn to be told. So no more than one at a time is in the pool's heap, and
 * one that finds no room there fails alone: its report has come already.
 *
 * <p>Dying between the parcel and its report: the result is lost, as one that was never put; the pool lets go of the parcel, which
 * is the last one of this worker, when it hears of the death. In between it is in the queue, and those of the next worker behind it.
 *
 * <p>All methods are for the pool's thread.
 */
final class Parcels {
    /** Larger ones come as parcels. */
    static final int LEAST_BYTES = 1 << 20;

    /** Into which the worker puts them. */
    final Queue<byte[]> queue;

    private int announced;

    Parcels(Queue<byte[]> queue) {
        this.queue = queue;
    }

    /** A report says that there is another one. */
    void announce() {
        announced++;
    }

    /**
     * Takes the next one that was announced.
     *
     * @throws OutOfMemoryError if it finds no room; it is gone then
     */
    byte[] take(Report report) {
        announced--;
        try {
            return queue.get();
        } catch (OutOfMemoryError full) {
            throw Failures.tooLargeForPool(
                    "a result of " + report.length() + " bytes",
                    Runtime.getRuntime().maxMemory(),
                    full);
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
    }

    /** The worker is dead: what it had not announced is nobody's. */
    void forgetUnannounced(List<Runnable> news) {
        if (queue.size() > announced) {
            news.add(this::drop);
        }
    }

    private void drop() {
        try {
            var _ = queue.get();
        } catch (OutOfMemoryError full) {
            // It is gone all the same.
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
    }
}
