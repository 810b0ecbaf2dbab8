package io.multiprocessing.manager;

import io.multiprocessing.PoolResults;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Results of calls, of which some run ahead of who takes them: in the order of the inputs, or as they are ready.
 *
 * @param <T> the inputs
 * @param <R> the results
 */
@SuppressWarnings("FutureReturnValueIgnored") // who takes the results has the futures
final class CallResults<T extends @Nullable Object, R extends @Nullable Object> implements PoolResults<R> {
    private final Iterator<? extends T> inputs;
    private final Function<T, CallFuture<R>> begin;
    private final boolean isOrdered;
    private final int ahead;
    private final Deque<CallFuture<R>> running = new ArrayDeque<>();
    private final LinkedBlockingQueue<CallFuture<R>> ready = new LinkedBlockingQueue<>();
    private @Nullable RuntimeException inputFailure;
    private boolean isAtEnd;

    /**
     * @param begin begins the call for an input
     * @param ahead how many calls run at a time, at most
     */
    CallResults(Iterable<? extends T> inputs, Function<T, CallFuture<R>> begin, boolean isOrdered, int ahead) {
        this.inputs = inputs.iterator();
        this.begin = begin;
        this.isOrdered = isOrdered;
        this.ahead = ahead;
        beginSome();
    }

    @Override
    public boolean hasNext() {
        beginSome();
        if (running.isEmpty() && inputFailure != null) {
            RuntimeException failure = inputFailure;
            inputFailure = null;
            throw failure;
        }
        return !running.isEmpty();
    }

    @Override
    public @Nullable R next() {
        try {
            return next(Deadline.NEVER);
        } catch (TimeoutException impossible) {
            throw new AssertionError(impossible);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            var cancelled = new CancellationException("interrupted while waiting for a result");
            cancelled.initCause(interrupted);
            throw cancelled;
        }
    }

    @Override
    public @Nullable R next(Duration timeout) throws TimeoutException, InterruptedException {
        return next(Deadline.after(timeout));
    }

    private @Nullable R next(Deadline deadline) throws TimeoutException, InterruptedException {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no more results");
        }
        CallFuture<R> future = isOrdered ? running.getFirst() : awaitReady(deadline);
        try {
            R result = future.get(Math.max(0, deadline.nanosLeft()), TimeUnit.NANOSECONDS);
            running.remove(future);
            return result;
        } catch (ExecutionException failed) {
            running.remove(future);
            throw new CompletionException(failed.getCause());
        }
    }

    private CallFuture<R> awaitReady(Deadline deadline) throws TimeoutException, InterruptedException {
        CallFuture<R> future = ready.poll(Math.max(0, deadline.nanosLeft()), TimeUnit.NANOSECONDS);
        if (future == null) {
            throw new TimeoutException("no result is ready");
        }
        return future;
    }

    private void beginSome() {
        try {
            while (!isAtEnd && running.size() < ahead) {
                if (inputs.hasNext()) {
                    CallFuture<R> future = begin.apply(inputs.next());
                    running.addLast(future);
                    if (!isOrdered) {
                        future.whenComplete((result, failure) -> ready.add(future));
                    }
                } else {
                    isAtEnd = true;
                }
            }
        } catch (RuntimeException failed) {
            isAtEnd = true;
            inputFailure = failed;
        }
    }

    @Override
    public void close() {
        isAtEnd = true;
        running.forEach(future -> future.cancel(true));
        running.clear();
    }
}
