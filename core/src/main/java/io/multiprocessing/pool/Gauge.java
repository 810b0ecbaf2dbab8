package io.multiprocessing.pool;

import io.multiprocessing.PoolProgress;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a listener how far a job is, from a thread of its own: a listener that takes its time delays only what waits for it. */
final class Gauge {
    private static final long PERIOD_MILLIS = 100;

    private final Consumer<PoolProgress> listener;
    private final long number;
    private final String job;
    private final long beginNanos = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch allTold = new CountDownLatch(1);
    private volatile long total;
    private volatile @Nullable Runnable last;
    private volatile @Nullable Thread teller;
    private boolean isRefused;

    private Gauge(Consumer<PoolProgress> listener, long number, String job, long total) {
        this.listener = listener;
        this.number = number;
        this.job = job;
        this.total = total;
    }

    /** @param total less than zero if it is not known */
    static Gauge start(Consumer<PoolProgress> listener, Job job, long total) {
        var gauge = new Gauge(listener, job.id, job.name(), total);
        Thread.ofVirtual().name("multiprocessing-pool-progress").start(gauge::run);
        return gauge;
    }

    void setTotal(long newTotal) {
        total = newTotal;
    }

    void did(int count, boolean areFailures) {
        if (areFailures) {
            failed.addAndGet(count);
        }
        done.addAndGet(count);
    }

    /** Tells for the last time, then does something. Only the first end counts. */
    void end(@Nullable Runnable afterwards) {
        if (ended.getCount() > 0) {
            last = afterwards;
            ended.countDown();
        }
    }

    /** Ends, and waits until that has been told; not if it is the listener that calls. An interrupt stays, and does not wait. */
    void endAndAwaitTold() {
        end(null);
        if (Thread.currentThread().equals(teller)) {
            return;
        }
        try {
            allTold.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        teller = Thread.currentThread();
        try {
            tell(0, 0, false); // the beginning, even where much was done before this thread came to run
            while (!ended.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) {
                tellNow(false);
            }
            tellNow(true);
        } catch (InterruptedException never) {
            // Nobody has this thread.
        } finally {
            allTold.countDown();
            Runnable afterwards = last;
            if (afterwards != null) {
                afterwards.run();
            }
        }
    }

    private void tellNow(boolean isEnded) {
        long nowFailed = failed.get(); // read first, so that never more have failed than are done
        tell(done.get(), nowFailed, isEnded);
    }

    private void tell(long nowDone, long nowFailed, boolean isEnded) {
        if (isRefused) {
            return;
        }
        long of = total;
        var progress = new PoolProgress(
                number,
                job,
                nowDone,
                nowFailed,
                of < 0 ? OptionalLong.empty() : OptionalLong.of(of),
                Duration.ofNanos(System.nanoTime() - beginNanos),
                isEnded);
        try {
            listener.accept(progress);
        } catch (RuntimeException refused) {
            isRefused = true;
            System.getLogger("io.multiprocessing")
                    .log(
                            System.Logger.Level.WARNING,
                            "the progress listener of a pool failed, and is told no more",
                            refused);
        }
    }
}
