package io.multiprocessing.pool;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function for a list of inputs, of which all results are wanted together. */
final class ListJob<R extends @Nullable Object> extends Job {
    final PoolFuture<List<R>> future;
    private final @Nullable Object[] results;
    private int left;
    private @Nullable Throwable firstFailure;
    private long firstFailed = Long.MAX_VALUE;

    ListJob(long id, String name, byte[] function, int count, PoolFuture<List<R>> future) {
        super(id, name, function);
        this.results = new Object[count];
        this.left = count;
        this.future = future;
    }

    @Override
    void succeeded(long index, @Nullable Object result) {
        results[(int) index] = result;
        countDown(1);
    }

    @Override
    void allSucceeded(long firstIndex, List<?> some) {
        System.arraycopy(some.toArray(), 0, results, (int) firstIndex, some.size());
        countDown(some.size());
    }

    @Override
    void failed(long index, Throwable failure) {
        if (index < firstFailed) {
            firstFailed = index;
            firstFailure = failure;
        }
        countDown(1);
    }

    private void countDown(int count) {
        left -= count;
        if (left > 0) {
            return;
        }
        Gauge gauge = gauge();
        if (gauge == null) {
            finish();
        } else {
            gauge.end(this::finish); // who waits goes on when the last has been told
        }
    }

    @SuppressWarnings("unchecked") // what came from a function of that type
    private void finish() {
        Throwable failure = firstFailure;
        if (failure != null) {
            future.fail(failure);
        } else {
            future.finish((List<R>) Collections.unmodifiableList(Arrays.asList(results)));
        }
    }

    @Override
    void ended(RuntimeException reason) {
        future.failAs(reason);
    }

    @Override
    void awaitEnded(long deadlineNanos) {
        future.awaitDone(deadlineNanos);
    }

    @Override
    boolean isDone() {
        return left == 0;
    }
}
