package io.multiprocessing.pool;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A result that tells the pool when nobody wants it any more. */
final class PoolFuture<R extends @Nullable Object> extends CompletableFuture<R> {
    private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private final @Nullable Telling telling;
    private @Nullable Consumer<Boolean> abandon;

    /** @param telling by which it is told, lest what depends on it keep the pool's thread; null if nothing of the user's can */
    PoolFuture(@Nullable Telling telling) {
        this.telling = telling;
    }

    /**
     * Says what to do when nobody wants the result any more: it is told whether to end a task that runs. Before anybody
     * else has the future.
     */
    void whenCancelled(Consumer<Boolean> whatToDo) {
        abandon = whatToDo;
    }

    void finish(R value) {
        end(() -> complete(value));
    }

    /** The task threw it. What a future has words of its own for is wrapped: the task is neither cancelled nor a stage of this. */
    void fail(Throwable ofTask) {
        boolean isMistakable = ofTask instanceof CancellationException || ofTask instanceof CompletionException;
        failAs(isMistakable ? new CompletionException(ofTask) : ofTask);
    }

    /** As {@link #fail}, of what is to be told just so. */
    void failAs(Throwable failure) {
        end(() -> completeExceptionally(failure));
    }

    /** Until all see that it is done, which another thread has set out to say, or it is so late, because nothing can run. */
    void awaitDone(long deadlineNanos) {
        while (!isDone() && System.nanoTime() - deadlineNanos < 0) {
            LockSupport.parkNanos(SHORT_NANOS);
        }
    }

    /**
     * What the user lets depend on the result may take its time, and wait for the pool, so it does not run in the pool's thread. Not
     * even where nothing depends on it yet: something could in this very moment.
     */
    private void end(Runnable completion) {
        abandon = null; // with all that it holds
        if (telling == null) {
            completion.run();
        } else {
            telling.tell(this, completion);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (isDone()) {
            return isCancelled();
        }
        Consumer<Boolean> whatToDo = abandon;
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled && whatToDo != null) {
            whatToDo.accept(mayInterruptIfRunning);
        }
        return cancelled;
    }
}
