package io.multiprocessing.pool;

import io.multiprocessing.Queue;
import io.multiprocessing.SegmentException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What a worker has to say to its pool. Results of loose inputs go together, for about a millisecond; if the input behind
 * them takes longer, another thread sends them meanwhile: {@link #sendLate}. Until then they are in the {@link Journal}.
 */
final class Outbox {
    private static final long TOGETHER_MILLIS = 1;
    private static final long TOGETHER_NANOS = TimeUnit.MILLISECONDS.toNanos(TOGETHER_MILLIS);

    private final Queue<byte[]> results;
    private final Post post;
    private final byte[] full;

    // Guarded by this; while nothing is pending it is the thread's that works.
    private final Stopwatch stopwatch = new Stopwatch();

    // Guarded by this.
    private long chunk;
    private int reported;
    private byte[] pending = new byte[1024];
    private int pendingLength;
    private int pendingCount;
    private long pendingSinceNanos;
    private boolean isWatched;
    private boolean isClosed;

    Outbox(Post post) {
        this.results = post.results();
        this.post = post;
        this.full = Wire.full(post);
    }

    /** The worker is ready for its first chunk. */
    synchronized void ready(long nanos) throws InterruptedException {
        stopwatch.start();
        results.put(Wire.ready(post, nanos));
    }

    /** The worker will do nothing. */
    synchronized void unfit(Throwable failure) throws InterruptedException {
        results.put(Wire.unfit(post, Failures.encode(failure)));
    }

    /**
     * The worker has done all that it does.
     *
     * @param isKept whether its process will not end by itself
     */
    synchronized void over(boolean isKept) throws InterruptedException {
        results.put(Wire.over(post, isKept));
    }

    /** The worker's heap is full, and it ends; so this needs next to nothing of it. */
    void full() {
        results.offer(full);
    }

    /** A chunk is there, of which nothing has been done. */
    synchronized void begin(long newChunk) {
        stopwatch.begin();
        chunk = newChunk;
        reported = 0;
        post.journal().begin(post.number(), chunk, 0);
    }

    /** For who works, while it adds no loose inputs. */
    Stopwatch stopwatch() {
        return stopwatch;
    }

    /** The result or exception of the next loose input, which goes with others. */
    synchronized void add(boolean isFailure, byte[] bytes) throws InterruptedException {
        stopwatch.did();
        if (Journal.length(bytes) > Journal.BYTES) {
            flush(false);
            send(1, false, isFailure ? Wire.ALL_FAILED : Wire.VALUE, bytes);
            return;
        }
        if (pendingLength + Journal.length(bytes) > Journal.BYTES) {
            flush(false);
        }
        int length = pendingLength + Journal.length(bytes);
        if (pending.length < length) {
            pending = Arrays.copyOf(pending, Math.max(length, 2 * pending.length));
        }
        ByteBuffer.wrap(pending, pendingLength, Journal.length(bytes))
                .put((byte) (isFailure ? 1 : 0))
                .putInt(bytes.length)
                .put(bytes);
        post.journal().write(post.number(), pending, pendingLength, Journal.length(bytes));
        pendingLength = length;
        if (pendingCount++ == 0) {
            pendingSinceNanos = stopwatch.doneNanos();
            if (!isWatched) {
                notifyAll();
            }
        } else if (stopwatch.doneNanos() - pendingSinceNanos > TOGETHER_NANOS) {
            flush(false);
        }
    }

    /** Sends what was added; also says so if that was all of the chunk. */
    synchronized void flush(boolean isLast) throws InterruptedException {
        if (pendingCount > 0 || isLast) {
            results.put(pendingMessage(isLast));
            sent();
        }
    }

    /** Sends how the next inputs went, so many, and also says so if these are the last of the chunk. */
    synchronized void send(int count, boolean isLast, byte form, byte[] bytes) throws InterruptedException {
        if (bytes.length > Parcels.LEAST_BYTES) {
            putParcel(count, isLast, form, bytes);
        } else {
            put(count, isLast, form, bytes);
        }
        reported += count;
        sent();
    }

    private void put(int count, boolean isLast, byte form, byte[] bytes) throws InterruptedException {
        try {
            results.put(message(count, isLast, form, false, bytes, bytes.length));
        } catch (SegmentException noRoom) {
            byte[] failure = Failures.encode(noRoom);
            results.put(message(count, isLast, Wire.ALL_FAILED, false, failure, failure.length));
        }
    }

    /** Nothing is put if it certainly finds no room in the pool's heap. */
    private void putParcel(int count, boolean isLast, byte form, byte[] bytes) throws InterruptedException {
        try {
            if (bytes.length > post.poolHeapBytes()) {
                throw Failures.tooLargeForPool("a result of " + bytes.length + " bytes", post.poolHeapBytes(), null);
            }
            post.parcels().put(bytes);
        } catch (IllegalArgumentException | SegmentException | OutOfMemoryError refused) {
            put(count, isLast, Wire.ALL_FAILED, Failures.encode(refused));
            return;
        }
        results.put(message(count, isLast, form, true, bytes, bytes.length));
    }

    /** Says that all inputs of the chunk that have not been reported, of so many, failed, just now. */
    synchronized void failRest(int count, Throwable failure) throws InterruptedException {
        stopwatch.did();
        flush(false);
        send(count - reported, true, Wire.ALL_FAILED, Failures.encode(failure));
    }

    /** Says that the function of the chunk is not there. */
    synchronized void lacks() throws InterruptedException {
        send(0, true, Wire.LACKS, new byte[0]);
    }

    /** Says that the inputs of the chunk can't be read together, and nothing was done. */
    synchronized void unreadable(Throwable failure) throws InterruptedException {
        send(0, true, Wire.UNREADABLE, Failures.encode(failure));
    }

    private byte[] pendingMessage(boolean isLast) {
        return message(pendingCount, isLast, Wire.EACH, false, pending, pendingLength);
    }

    private byte[] message(int count, boolean isLast, byte form, boolean isParcel, byte[] bytes, int length) {
        return Wire.done(
                post,
                new Report(
                        chunk,
                        stopwatch.workedNanos(),
                        stopwatch.waitedNanos(),
                        stopwatch.slowest(),
                        stopwatch.slowestNanos(),
                        reported,
                        reported + count,
                        isLast,
                        form,
                        isParcel,
                        bytes,
                        0,
                        length));
    }

    private void sent() {
        reported += pendingCount;
        pendingCount = 0;
        pendingLength = 0;
        stopwatch.sent();
        post.journal().begin(post.number(), chunk, reported);
    }

    /** Sends what has waited for too long, as often as that happens, until the outbox is closed. */
    void sendLate() throws InterruptedException {
        while (isAnyPending()) {
            Thread.sleep(TOGETHER_MILLIS);
            sendOld();
        }
    }

    private synchronized boolean isAnyPending() throws InterruptedException {
        isWatched = false;
        while (pendingCount == 0 && !isClosed) {
            wait();
        }
        isWatched = true;
        return !isClosed;
    }

    private synchronized void sendOld() {
        if (pendingCount > 0
                && System.nanoTime() - pendingSinceNanos > TOGETHER_NANOS
                && results.offer(pendingMessage(false))) {
            sent();
        }
    }

    synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
