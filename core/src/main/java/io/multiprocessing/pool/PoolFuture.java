package io.multiprocessing.pool;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A result that tells the pool when nobody wants it any more. */
final class PoolFuture<R extends @Nullable Object> extends CompletableFuture<R> {
    private final boolean isPrivate;
    private @Nullable Consumer<Boolean> abandon;

    /** @param isPrivate whether no code of the user's can depend on it */
    PoolFuture(boolean isPrivate) {
        this.isPrivate = isPrivate;
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

    void fail(Throwable failure) {
        end(() -> completeExceptionally(failure));
    }

    /**
     * What the user lets depend on the result may take its time, and wait for the pool, so it does not run in the pool's thread. Not
     * even where nothing depends on it yet: something could in this very moment.
     */
    private void end(Runnable completion) {
        abandon = null; // with all that it holds
        if (isPrivate) {
            completion.run();
        } else {
            Thread.startVirtualThread(completion);
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
