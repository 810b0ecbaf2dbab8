package io.multiprocessing.pool;

import io.multiprocessing.PoolResults;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The results of a {@link StreamJob} as their user has them. The job itself is known to the pool and to the thread that reads its
 * inputs; this is not. So it can be seen that nobody has it any more, and then nobody wants the rest.
 */
final class StreamResults<R extends @Nullable Object> implements PoolResults<R> {
    private final StreamJob<R> job;

    StreamResults(StreamJob<R> job) {
        this.job = job;
        Cleaning.CLEANER.register(this, job::close);
    }

    @Override
    public boolean hasNext() {
        try {
            boolean isThere = job.hasNext();
            if (!isThere) {
                awaitTold();
            }
            return isThere;
        } finally {
            Reference.reachabilityFence(this); // who waits has it
        }
    }

    @Override
    public @Nullable R next() {
        try {
            return job.next();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public @Nullable R next(Duration timeout) throws TimeoutException, InterruptedException {
        try {
            return job.next(timeout);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void close() {
        job.close();
        awaitTold();
    }

    /** What comes next, as a line on the terminal, comes behind what is told of the end. */
    private void awaitTold() {
        Gauge gauge = job.gauge();
        if (gauge != null) {
            gauge.endAndAwaitTold();
        }
    }

    @Override
    public String toString() {
        return job.toString();
    }
}
