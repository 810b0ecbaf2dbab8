package io.multiprocessing.sqlite;

import io.multiprocessing.Condition;
import io.multiprocessing.Context;
import io.multiprocessing.LongValue;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells those who wait at a queue that it has changed. A ring that is missed costs the time until the waiter looks by
 * itself: nothing depends on it.
 */
interface Bell {
    /** How often it has rung. */
    long rings();

    void ring();

    /** Waits until it has rung more often than that, or a while. */
    void await(long rings, long nanos) throws InterruptedException;

    /** The longest while: then the waiter should look by itself, for one who has written without ringing. */
    long lookNanos();

    /** Among the threads that use one opening of the database. */
    final class Inner implements Bell {
        private final ReentrantLock lock = new ReentrantLock();
        private final java.util.concurrent.locks.Condition rung = lock.newCondition();
        private long rings;

        @Override
        public long rings() {
            lock.lock();
            try {
                return rings;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void ring() {
            lock.lock();
            try {
                rings++;
                rung.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void await(long seen, long nanos) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                long left = nanos;
                while (rings == seen && left > 0) {
                    left = rung.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public long lookNanos() {
            return TimeUnit.MILLISECONDS.toNanos(50);
        }
    }

    /** Among the processes of a context. */
    final class OfContext implements Bell {
        private final LongValue rings;
        private final Condition rung;

        OfContext(Context mp, String name) {
            rings = mp.named(name + ".rings").raw().longValue(0);
            rung = mp.named(name + ".rung").condition();
        }

        @Override
        public long rings() {
            return rings.get();
        }

        @Override
        public void ring() {
            rings.getAndAdd(1);
            rung.lock().lock();
            try {
                rung.signalAll();
            } finally {
                rung.lock().unlock();
            }
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // it loops itself
        public void await(long seen, long nanos) throws InterruptedException {
            try (var _ = rung.lock().hold()) {
                rung.awaitUntil(() -> rings.get() != seen, Duration.ofNanos(nanos));
            }
        }

        @Override
        public long lookNanos() {
            return TimeUnit.MILLISECONDS.toNanos(250);
        }
    }
}
