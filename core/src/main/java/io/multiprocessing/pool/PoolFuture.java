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

    /** What the user lets depend on the result may take its time, but not that of the pool. */
    void finish(R value) {
        abandon = null; // with all that it holds
        if (isPrivate || getNumberOfDependents() == 0) {
            complete(value);
        } else {
            Thread.startVirtualThread(() -> complete(value));
        }
    }

    void fail(Throwable failure) {
        abandon = null;
        if (isPrivate || getNumberOfDependents() == 0) {
            completeExceptionally(failure);
        } else {
            Thread.startVirtualThread(() -> completeExceptionally(failure));
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
