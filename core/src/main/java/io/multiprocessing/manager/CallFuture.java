package io.multiprocessing.manager;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RunnableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call that a thread of its own waits for. To cancel it interrupts that thread, and thereby cancels the
 * call in the server.
 *
 * @param <R> the result
 */
final class CallFuture<R extends @Nullable Object> extends CompletableFuture<R> implements RunnableFuture<R> {
    private final Callable<R> call;

    // Guarded by this.
    private @Nullable Thread thread;

    CallFuture(Callable<R> call) {
        this.call = call;
    }

    /** Begins the call. */
    CallFuture<R> start() {
        Thread.ofVirtual().name("multiprocessing-manager-call").start(this);
        return this;
    }

    @Override
    public void run() {
        if (!enter()) {
            return;
        }
        try {
            complete(call.call());
        } catch (InterruptedException cancelled) {
            completeExceptionally(new CancellationException("the call was cancelled"));
        } catch (Throwable failure) { // whatever it is, it is that of who waits for the result
            completeExceptionally(failure);
        } finally {
            leave();
        }
    }

    private synchronized boolean enter() {
        if (isDone()) {
            return false;
        }
        thread = Thread.currentThread();
        return true;
    }

    private synchronized void leave() {
        thread = null;
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        boolean isCancelled = super.cancel(mayInterrupt);
        synchronized (this) {
            if (isCancelled && thread != null) {
                thread.interrupt();
            }
        }
        return isCancelled;
    }

    /** What depends on the result is an ordinary future. */
    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }
}
