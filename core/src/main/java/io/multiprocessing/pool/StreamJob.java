package io.multiprocessing.pool;

import io.multiprocessing.PoolResults;
import io.multiprocessing.codec.ValueCodec;
import io.multiprocessing.spi.Deadline;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A function for inputs that are read while their results are taken. A virtual thread reads: it needs a permit for each
 * input, and a result that is taken gives one back.
 */
final class StreamJob<R extends @Nullable Object> extends Job implements PoolResults<R> {
    private record Outcome(
            @Nullable Object result, @Nullable Throwable failure) {}

    private final Dispatcher dispatcher;
    private final boolean isOrdered;
    private final int chunkSize;
    private final Semaphore ahead;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final Map<Long, Outcome> outcomes = new HashMap<>();
    private long arrived;
    private long taken;
    private long read;
    private boolean isAllRead;
    private @Nullable Throwable inputFailure;
    private @Nullable RuntimeException endReason;
    private boolean isClosed;
    private @Nullable Thread reader;

    StreamJob(
            Dispatcher dispatcher, long id, String name, byte[] function, boolean isOrdered, int chunkSize, int ahead) {
        super(id, name, function);
        this.dispatcher = dispatcher;
        this.isOrdered = isOrdered;
        this.chunkSize = chunkSize;
        this.ahead = new Semaphore(ahead);
    }

    void start(Iterable<?> inputs) {
        reader = Thread.ofVirtual().name("multiprocessing-pool-input").start(() -> {
            Throwable failure = null;
            try {
                readAll(inputs.iterator());
            } catch (InterruptedException closed) {
                // Nobody wants more.
            } catch (Throwable ofInput) {
                failure = ofInput;
            }
            allRead(failure);
        });
    }

    private void readAll(Iterator<?> inputs) throws InterruptedException, NotSerializableException {
        List<@Nullable Object> some = new ArrayList<>();
        try {
            while (true) {
                if (!ahead.tryAcquire()) {
                    // What has been read may be all that keeps the consumer from taking more.
                    send(some);
                    ahead.acquire();
                }
                if (isAbandoned() || !inputs.hasNext()) {
                    break;
                }
                some.add(inputs.next());
                if (some.size() == chunkSize) {
                    send(some);
                }
            }
        } finally {
            send(some);
        }
    }

    private void send(List<@Nullable Object> some) throws NotSerializableException {
        if (some.isEmpty() || isAbandoned()) {
            return;
        }
        int count = some.size();
        byte[] payload = ValueCodec.encode(count == 1 ? some.getFirst() : some);
        some.clear();
        long offset = addRead(count);
        boolean isSubmitted = false;
        try {
            if (count == 1) {
                dispatcher.submitLoose(this, offset, new byte[][] {payload});
            } else {
                dispatcher.submitBound(this, offset, count, payload);
            }
            isSubmitted = true;
        } finally {
            if (!isSubmitted) {
                addRead(-count); // no outcome of them will come
            }
        }
    }

    /** Says how many there were before. */
    private long addRead(int count) {
        lock.lock();
        try {
            long before = read;
            read += count;
            return before;
        } finally {
            lock.unlock();
        }
    }

    private void allRead(@Nullable Throwable failure) {
        lock.lock();
        try {
            isAllRead = true;
            Gauge gauge = gauge();
            if (gauge != null && !isAbandoned()) { // else there was more to read
                gauge.setTotal(read);
            }
            inputFailure = failure;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        dispatcher.forgetIfDone(this);
    }

    @Override
    void succeeded(long index, @Nullable Object result) {
        arrive(index, new Outcome(result, null));
    }

    /** Who waits is woken once for all of them. */
    @Override
    void allSucceeded(long firstIndex, List<?> results) {
        lock.lock();
        try {
            super.allSucceeded(firstIndex, results);
        } finally {
            lock.unlock();
        }
    }

    @Override
    void failed(long index, Throwable failure) {
        arrive(index, new Outcome(null, failure));
    }

    private void arrive(long index, Outcome outcome) {
        lock.lock();
        try {
            if (!isClosed) {
                outcomes.put(isOrdered ? index : arrived, outcome);
                changed.signalAll();
            }
            arrived++;
        } finally {
            lock.unlock();
        }
    }

    @Override
    void ended(RuntimeException reason) {
        abandon();
        lock.lock();
        try {
            endReason = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        stopReading();
    }

    @Override
    boolean isDone() {
        lock.lock();
        try {
            return isAllRead && arrived == read;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean hasNext() {
        lock.lock();
        try {
            return await(Long.MAX_VALUE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for the next result");
        } catch (TimeoutException never) {
            throw new AssertionError(never);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable R next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no more results");
        }
        return take();
    }

    @Override
    public @Nullable R next(Duration timeout) throws TimeoutException, InterruptedException {
        lock.lock();
        try {
            if (!await(Deadline.nanos(timeout))) {
                throw new NoSuchElementException("there are no more results");
            }
        } catch (TimeoutException late) {
            throw new TimeoutException("no result within " + timeout);
        } finally {
            lock.unlock();
        }
        return take();
    }

    /** Waits, with the lock, until there is a result or is known to be none. */
    private boolean await(long timeoutNanos) throws InterruptedException, TimeoutException {
        long left = timeoutNanos;
        while (!outcomes.containsKey(taken)) {
            if (endReason != null) {
                throw endReason;
            }
            if (isClosed || (isAllRead && taken == read)) {
                throwInputFailure();
                return false;
            }
            if (timeoutNanos == Long.MAX_VALUE) {
                changed.await();
            } else if (left <= 0) {
                throw new TimeoutException();
            } else {
                left = changed.awaitNanos(left);
            }
        }
        return true;
    }

    private void throwInputFailure() {
        Throwable failure = inputFailure;
        inputFailure = null;
        switch (failure) {
            case null -> {}
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw Failures.unsendable("an input", failure);
        }
    }

    @SuppressWarnings("unchecked") // what came from a function of that type
    private @Nullable R take() {
        Outcome outcome;
        lock.lock();
        try {
            outcome = outcomes.remove(taken);
            taken++;
        } finally {
            lock.unlock();
        }
        ahead.release();
        if (outcome == null) {
            throw new IllegalStateException("the results were taken by two threads at once");
        }
        if (outcome.failure() != null) {
            throw new CompletionException(outcome.failure());
        }
        return (R) outcome.result();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (isClosed) {
                return;
            }
            isClosed = true;
            outcomes.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        dispatcher.abandon(this, false);
        stopReading();
    }

    private void stopReading() {
        Thread reading = reader;
        if (reading != null) {
            reading.interrupt();
        }
    }

    @Override
    public String toString() {
        lock.lock();
        try {
            return "PoolResults[" + taken + " taken, " + outcomes.size() + " ready, " + read + " read"
                    + (isClosed ? ", closed]" : "]");
        } finally {
            lock.unlock();
        }
    }
}
