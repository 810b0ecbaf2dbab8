package io.multiprocessing.pool;

import io.multiprocessing.Pool;
import io.multiprocessing.spi.Deadline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Many tasks together, as an {@link java.util.concurrent.ExecutorService} takes them; what is late or no longer needed is ended. */
@SuppressWarnings("FutureReturnValueIgnored") // what depends on a result here tells somebody else
final class Invocations {
    private Invocations() {}

    static <R> List<Future<R>> all(Pool pool, Collection<? extends Callable<R>> tasks, Deadline deadline)
            throws InterruptedException {
        List<Future<R>> futures = new ArrayList<>();
        try {
            for (Callable<R> task : tasks) {
                futures.add(pool.submit(task));
            }
            for (Future<R> future : futures) {
                awaitDone(future, deadline);
            }
        } finally {
            cancel(futures);
        }
        return futures;
    }

    /** The last first: one that runs would make room for one that waits, which would begin for nothing. */
    private static void cancel(List<? extends Future<?>> futures) {
        futures.reversed().forEach(future -> future.cancel(true));
    }

    private static void awaitDone(Future<?> future, Deadline deadline) throws InterruptedException {
        try {
            future.get(Math.max(0, deadline.nanosLeft()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | CancellationException | TimeoutException done) {
            // Each is an end.
        }
    }

    static <R> R any(Pool pool, Collection<? extends Callable<R>> tasks, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("invokeAny needs at least one task");
        }
        var done = new LinkedBlockingQueue<CompletableFuture<R>>();
        List<CompletableFuture<R>> futures = new ArrayList<>();
        try {
            for (Callable<R> task : tasks) {
                CompletableFuture<R> future = pool.submit(task);
                futures.add(future);
                future.whenComplete((result, failure) -> done.add(future));
            }
            ExecutionException lastFailure = null;
            for (int i = 0; i < futures.size(); i++) {
                CompletableFuture<R> next = done.poll(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    throw new TimeoutException("no task was done in time");
                }
                try {
                    return next.get();
                } catch (ExecutionException failed) {
                    lastFailure = failed;
                }
            }
            throw Objects.requireNonNull(lastFailure);
        } finally {
            cancel(futures);
        }
    }
}
