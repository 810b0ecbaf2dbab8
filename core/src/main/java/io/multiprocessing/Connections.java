package io.multiprocessing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Waits for several things at once: {@linkplain Connection connections}, {@linkplain Process#sentinel() ends of processes},
 * {@linkplain Queue queues}, and whatever else is {@link Waitable}.
 *
 * <p>Crash effects: none of its own; a connection is ready when its other end has died.
 *
 * <p>Source: Python's {@code multiprocessing.connection.wait}.
 */
public final class Connections {
    private static final Duration ENDLESS = Duration.ofDays(365_000);

    private Connections() {}

    /**
     * Those that are ready now, in their order.
     *
     * @throws IllegalStateException if one of them can't become ready, as a connection that is closed in this process
     */
    public static <W extends Waitable> List<W> ready(Collection<? extends W> objects) {
        List<W> ready = new ArrayList<>();
        for (W object : objects) {
            if (object.isReady()) {
                ready.add(object);
            }
        }
        return ready;
    }

    /**
     * Waits until at least one is ready, without limit.
     *
     * @return those that are ready, in their order
     * @throws IllegalArgumentException if there are none
     * @throws IllegalStateException as {@link #ready}
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static <W extends Waitable> List<W> await(Collection<? extends W> objects) throws InterruptedException {
        if (objects.isEmpty()) {
            throw new IllegalArgumentException("to wait for nothing would never end");
        }
        return await(objects, ENDLESS);
    }

    /**
     * Waits until at least one is ready, at most so long; a timeout of zero or less does not wait. To wait for nothing
     * takes the whole time.
     *
     * @return those that are ready, in their order; none if the time is over
     * @throws IllegalStateException as {@link #ready}
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static <W extends Waitable> List<W> await(Collection<? extends W> objects, Duration timeout)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long begin = System.nanoTime();
        long nanos = TimeUnit.NANOSECONDS.convert(timeout);
        List<W> ready = ready(objects);
        if (!ready.isEmpty() || nanos <= 0) {
            return ready;
        }
        // What made it ready may be gone when we look, taken by another thread.
        for (long left = nanos; ready.isEmpty() && left > 0; left = nanos - (System.nanoTime() - begin)) {
            awaitOne(objects, left);
            ready = ready(objects);
        }
        return ready;
    }

    /** Each is waited for by a virtual thread of its own, which is cheap, and needs nothing of what is waited for. */
    private static void awaitOne(Collection<? extends Waitable> objects, long nanos) throws InterruptedException {
        Duration timeout = Duration.ofNanos(nanos);
        Semaphore signal = new Semaphore(0);
        List<Thread> watchers = new ArrayList<>(objects.size());
        try {
            for (Waitable object : objects) {
                watchers.add(Thread.ofVirtual().start(() -> watch(object, timeout, signal)));
            }
            signal.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } finally {
            watchers.forEach(Thread::interrupt);
        }
    }

    private static void watch(Waitable object, Duration timeout, Semaphore signal) {
        try {
            if (object.await(timeout)) {
                signal.release();
            }
        } catch (InterruptedException another) {
            // It is no longer asked.
        } catch (RuntimeException failed) {
            signal.release(); // who looks now gets the same
        }
    }
}
