package io.multiprocessing.pool;

import io.multiprocessing.PoolResults;
import io.multiprocessing.codec.ValueCodec;
import io.multiprocessing.spi.Deadline;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
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
    private final boolean isSubmittedAsWhole;
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

    private volatile boolean isAheadUnbounded;

    /** @param isSubmittedAsWhole whether all inputs are there when it begins, so they are worked on though the pool is shut down */
    StreamJob(
            Dispatcher dispatcher,
            long id,
            String name,
            byte[] function,
            boolean isSubmittedAsWhole,
            boolean isOrdered,
            int chunkSize,
            int ahead) {
        super(id, name, function);
        this.dispatcher = dispatcher;
        this.isSubmittedAsWhole = isSubmittedAsWhole;
        this.isOrdered = isOrdered;
        this.chunkSize = chunkSize;
        this.ahead = new Semaphore(ahead);
    }

    /** After {@link Dispatcher#begin}. */
    void start(Iterable<?> inputs) {
        reader = Thread.ofVirtual().name("multiprocessing-pool-input").start(() -> {
            Throwable failure = null;
            try {
                readAll(inputs.iterator());
            } catch (Throwable ofInput) {
                failure = ofInput; // if nobody wants more it is an interrupt, of which nobody hears
            }
            allRead(failure);
        });
    }

    boolean isSubmittedAsWhole() {
        return isSubmittedAsWhole;
    }

    /** Who waits for the end of the pool need not be he who takes the results, so the look-ahead no longer counts. */
    void poolIsShutDown() {
        if (isSubmittedAsWhole) {
            isAheadUnbounded = true;
            if (ahead.availablePermits() == 0) {
                ahead.release();
            }
        } else {
            allRead(shutDownTooEarly());
            stopReading();
        }
    }

    /** Why a pool that is shut down takes no more inputs. */
    static RejectedExecutionException shutDownTooEarly() {
        return new RejectedExecutionException("the pool was shut down before all inputs were read:"
                + " take the results first, or give the inputs as a collection");
    }

    private void readAll(Iterator<?> inputs) throws InterruptedException {
        List<@Nullable Object> some = new ArrayList<>();
        try {
            while (true) {
                if (!isAheadUnbounded && !ahead.tryAcquire()) {
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

    private void send(List<@Nullable Object> some) {
        if (some.isEmpty() || isAbandoned()) {
            return;
        }
        int count = some.size();
        byte[] payload;
        try {
            payload = ValueCodec.encode(count == 1 ? some.getFirst() : some);
        } catch (NotSerializableException refused) {
            if (count == 1) {
                throw Failures.unsendable("input " + addRead(0), (Throwable) refused);
            }
            sendEach(new ArrayList<>(some)); // those before the bad one were read before
            return;
        } finally {
            some.clear();
        }
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

    private void sendEach(List<@Nullable Object> some) {
        for (Object input : some) {
            send(new ArrayList<>(Collections.singletonList(input)));
        }
    }

    /** Says how many there were before. */
    private long addRead(int count) {
        lock.lock();
        try {
            long before = read;
            read += count;
            changed.signalAll(); // it may be the end
            return before;
        } finally {
            lock.unlock();
        }
    }

    /** The first reason counts: who is told to read no more may fail by that. */
    private void allRead(@Nullable Throwable failure) {
        lock.lock();
        try {
            if (!isAllRead) {
                isAllRead = true;
                Gauge gauge = gauge();
                if (gauge != null && !isAbandoned()) { // else there was more to read
                    gauge.setTotal(read);
                }
                inputFailure = failure;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        dispatcher.allRead(this);
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
            if (isClosed) {
                return false; // what the inputs failed by may be that they are read no more
            }
            if (isAllRead && taken == read) {
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
        if (failure != null) {
            StreamJob.<RuntimeException>throwAsItIs(failure);
        }
    }

    /** Iterators of other languages than Java throw checked exceptions too. */
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void throwAsItIs(Throwable failure) throws X {
        throw (X) failure;
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
