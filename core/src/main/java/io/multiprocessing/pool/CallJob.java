package io.multiprocessing.pool;

import org.jspecify.annotations.Nullable;

/** One task. */
final class CallJob<R extends @Nullable Object> extends Job {
    final PoolFuture<R> future;

    /** The task itself, as it was given. */
    final Object task;

    CallJob(String name, Object task, PoolFuture<R> future) {
        super(0, name, null);
        this.task = task;
        this.future = future;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // what came from a task of that type
    void succeeded(long index, @Nullable Object result) {
        future.finish((R) result);
    }

    @Override
    void failed(long index, Throwable failure) {
        future.fail(failure);
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
        return future.isDone();
    }
}
