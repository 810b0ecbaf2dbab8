package io.multiprocessing.local.queue;

import io.multiprocessing.QueueShutDownException;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.Words;
import io.multiprocessing.local.sync.Backoff;
import io.multiprocessing.local.sync.Settling;
import io.multiprocessing.local.sync.TakingTurns;
import io.multiprocessing.spi.Deadline;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A queue of byte messages for many producers and many consumers.
 *
 * <p><b>How.</b> Messages lie in a ring, and rings in a chain; see {@link RingLayout}. A producer holds the producers'
 * lock, writes its message behind the tail, and then stores the new tail, one word that holds both the position and the
 * number of messages. A consumer holds the consumers' lock, copies the message at the head, and then stores the new
 * head. Who puts many keeps the lock, and commits each by itself; who gets many commits them in steps, so that the head does
 * not travel between two processors for each. Producers and consumers don't meet but in these two words. What is in the queue is what lies between them; no count is kept beside, so none can be wrong.
 *
 * <p>When a ring is full a producer makes a larger one, links it to the last, and goes on there; consumers follow the
 * link when they have emptied a ring, and remove it: see {@link RingChain}. So a queue that nobody bounds grows, and
 * shrinks again. A message that is large goes to a file of its own: see {@link Spill}.
 *
 * <p><b>Death.</b> The locks are handed on. Who takes over the producers' lock finds the queue as the last commit left
 * it: bytes behind the tail are overwritten, and the file of a message that was not committed is removed. Who takes over
 * the consumers' lock removes the file of the message that was taken last. Files that the dead wrote or read without a lock:
 * see {@link Spill}.
 *
 * <p>Kill points: queue-K1 the message is written, the tail is not: it was never put. queue-K2 put, the lock is held:
 * handed on. queue-K3 put, nobody is woken: consumers look again after a slice. queue-K4 the message is copied, or a step
 * of a batch is, the head is not moved: it is still there. queue-K5 got, the lock is held: handed on; the message is lost with its process.
 * queue-K6 got, no producer is woken: as K3. queue-K7 to queue-K10: see {@link RingChain}. queue-K11 the file of a large
 * message is written, before the lock is taken: it was never put. queue-K12 a large message is taken, its file is named after
 * it still: as K5. queue-K13 it is read, and its file is there: as K5, without a lock.
 *
 * <p>Memory order: the tail is stored with release order and read volatile, so who sees it sees the message; the same for
 * the head and the room that it frees. Waiting is explained in {@link TakingTurns}, but that there is no fence between a
 * commit and the look at who sleeps: the locks are released by stores. So who is about to sleep lets the commits of the others
 * come before it looks for the last time, see {@link Settling}.
 *
 * <p>Source: the two-lock queue of Michael and Scott (1996), on a ring.
 */
final class ByteQueue {
    private static final int LOOKS = 1_000;
    private static final Duration DROPPING = Duration.ofMillis(500);
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final MemorySegment memory;
    private final long base;
    private final RingChain rings;
    private final PutSide putSide;
    private final GetSide getSide;
    private final TakingTurns getWait;
    private final TakingTurns putWait;
    private final TakingTurns joinWait;
    private final Backoff.Experience puts = new Backoff.Experience();
    private final Backoff.Experience gets = new Backoff.Experience();
    private volatile boolean closed;

    ByteQueue(Home home, Cell cell) {
        this.memory = cell.memory();
        this.base = cell.offset();
        this.rings = new RingChain(home, cell);
        Spill spill = new Spill(home, cell);
        this.putSide = new PutSide(home, cell, rings, spill);
        this.getSide = new GetSide(home, cell, rings, spill);
        this.getWait = wait(home, QueueLayout.GET_WAIT);
        this.putWait = wait(home, QueueLayout.PUT_WAIT);
        this.joinWait = wait(home, QueueLayout.JOIN_WAIT);
    }

    /** Writes what the cell of a new queue holds. */
    static void initialize(Cell cell, int mostMessages, long mostBytes) {
        Words.setIntPlain(cell.memory(), cell.offset() + QueueLayout.MOST_MESSAGES, mostMessages);
        Words.setLongPlain(cell.memory(), cell.offset() + QueueLayout.MOST_BYTES, mostBytes);
    }

    int mostMessages() {
        return putSide.mostMessages();
    }

    long mostBytes() {
        return putSide.mostBytes();
    }

    /**
     * Puts a message.
     *
     * @param message at most {@link #mostBytes} long
     * @return false if there is no room in time
     * @throws QueueShutDownException if the queue is shut down, now or meanwhile
     */
    boolean put(Outgoing message, Deadline deadline) throws InterruptedException {
        boolean isPut = false;
        try {
            isUsed();
            isPut = putSide.put(message, deadline) || (!deadline.isOver() && putLater(message, deadline));
        } finally {
            if (!isPut) {
                putSide.discard(message);
            }
        }
        if (!isPut) {
            return false;
        }
        CrashPoint.reached("queue-K3");
        getWait.changed(1);
        return true;
    }

    /**
     * Puts all messages, as many at a time as there is room for.
     *
     * @param done counts those that are put
     */
    void putAll(List<Outgoing> messages, int[] done) throws InterruptedException {
        try {
            while (done[0] < messages.size()) {
                if (!putSome(messages, done)) {
                    putWait.await(settled(() -> putSome(messages, done)), Deadline.NEVER);
                }
            }
        } finally {
            messages.subList(done[0], messages.size()).forEach(putSide::discard);
        }
    }

    private boolean putSome(List<Outgoing> messages, int[] done) throws InterruptedException {
        isUsed();
        int before = done[0];
        try {
            putSide.putSome(messages, done);
        } finally {
            if (done[0] > before) {
                getWait.changed(done[0] - before);
            }
        }
        return done[0] > before;
    }

    /**
     * Takes the oldest message.
     *
     * @return false if there is none in time
     * @throws QueueShutDownException if the queue is shut down, and there is nothing left to get
     */
    boolean get(Message target, Deadline deadline) throws InterruptedException {
        isUsed();
        if (!getSide.get(target, deadline) && (deadline.isOver() || !getLater(target, deadline))) {
            return false;
        }
        CrashPoint.reached("queue-K6");
        putWait.changed(1);
        return true;
    }

    /** Waits until get would not wait: for a message, or the end. */
    boolean await(Deadline deadline) throws InterruptedException {
        if (!getWait.await(settled(() -> isUsed() && (size() > 0 || state() != QueueLayout.OPEN)), deadline)) {
            return false;
        }
        getWait.changed(1); // we may have been woken in place of one that takes it
        return true;
    }

    /** Takes messages that are there, at most so many, and as many as a batch takes; the caller closes it. */
    Batch getSome(int most) throws InterruptedException {
        isUsed();
        Batch batch = getSide.getSome(most);
        if (batch.count() > 0) {
            putWait.changed(batch.count());
        }
        return batch;
    }

    /** Copies the messages that are there, at most so many, and takes none. */
    List<byte[]> copySome(int most) throws InterruptedException {
        return getSide.copySome(most);
    }

    /** How many messages there are. If others put and get all the time it may be a little too much, else it is exact. */
    int size() {
        if (state() == QueueLayout.SHUT_DOWN) {
            return 0;
        }
        long head = rings.head();
        int size = 0;
        for (int i = 0; i < LOOKS; i++) {
            size = RingLayout.messages(rings.tail()) - RingLayout.messages(head);
            long later = rings.head();
            if (later == head) {
                return size;
            }
            head = later;
        }
        return Math.min(size, mostMessages());
    }

    int state() {
        return Words.intVolatile(memory, base + QueueLayout.STATE);
    }

    /** Says for all processes that nothing more is put; who puts now is done before or refused. */
    void shutDown() {
        putSide.exclusively(
                () -> Words.casInt(memory, base + QueueLayout.STATE, QueueLayout.OPEN, QueueLayout.DRAINING));
        wakeAll();
    }

    /** Says for all processes that the queue is used no more. It waits for nobody. */
    void shutDownNow() {
        Words.setIntVolatile(memory, base + QueueLayout.STATE, QueueLayout.SHUT_DOWN);
        wakeAll();
    }

    /**
     * Lets go of what is kept for who would have read the messages that {@link #shutDownNow} has dropped. What is put at that very
     * moment is kept until its producer ends; so is all if a consumer is stopped that holds the lock.
     */
    void forgetDropped() throws InterruptedException {
        getSide.copyDroppedAndKept(Deadline.after(DROPPING)).forEach(Messages::forget);
    }

    /** Lets all who wait look again. */
    void wakeAll() {
        getWait.changed(Integer.MAX_VALUE);
        putWait.changed(Integer.MAX_VALUE);
        joinWait.changed(Integer.MAX_VALUE);
    }

    /** @throws IllegalStateException if that was said of all messages already */
    void done() {
        while (true) {
            int done = Words.intVolatile(memory, base + QueueLayout.DONE);
            int unfinished = last() - done;
            if (unfinished <= 0) {
                throw new IllegalStateException("taskDone was called more often than messages were put");
            }
            if (Words.casInt(memory, base + QueueLayout.DONE, done, done + 1)) {
                if (unfinished == 1) {
                    joinWait.changed(Integer.MAX_VALUE);
                }
                return;
            }
        }
    }

    int unfinished() {
        while (true) {
            int done = Words.intVolatile(memory, base + QueueLayout.DONE);
            int unfinished = last() - done;
            if (Words.intVolatile(memory, base + QueueLayout.DONE) == done) {
                return Math.max(unfinished, 0);
            }
        }
    }

    /** The number of the last message that is to be done: those that are dropped need not be. */
    private int last() {
        return RingLayout.messages(state() == QueueLayout.SHUT_DOWN ? rings.head() : rings.tail());
    }

    boolean join(Deadline deadline) throws InterruptedException {
        return joinWait.await(() -> isUsed() && unfinished() == 0, deadline);
    }

    private boolean tryPut(Outgoing message, Deadline deadline) throws InterruptedException {
        return isUsed() && putSide.put(message, deadline);
    }

    private boolean tryGet(Message target, Deadline deadline) throws InterruptedException {
        return isUsed() && getSide.get(target, deadline);
    }

    /** Says that this process gives up its handle: who waits by it, or uses it again, throws. */
    void close() {
        closed = true;
        getSide.forgetSpares();
        wakeAll();
    }

    boolean isClosed() {
        return closed;
    }

    /** Whether a thread of this process holds one of the locks. */
    boolean isBusy() {
        return putSide.isBusy() || getSide.isBusy();
    }

    /** @throws IllegalStateException if it is not, because this process has closed it */
    boolean isUsed() {
        if (closed) {
            throw new IllegalStateException("this handle of the queue is closed");
        }
        return true;
    }

    private boolean putLater(Outgoing message, Deadline deadline) throws InterruptedException {
        for (Backoff backoff = new Backoff(puts); backoff.pause(); ) {
            if (putSide.mayHaveRoom() && tryPut(message, deadline)) {
                backoff.succeeded();
                return true;
            }
        }
        return putWait.await(settled(() -> tryPut(message, deadline)), deadline);
    }

    private boolean getLater(Message target, Deadline deadline) throws InterruptedException {
        for (Backoff backoff = new Backoff(gets); backoff.pause(); ) {
            if (rings.mayHaveMessage() && tryGet(target, deadline)) {
                backoff.succeeded();
                return true;
            }
        }
        int[] vain = new int[1];
        return getWait.await(
                settled(() -> {
                    if (tryGet(target, deadline)) {
                        return true;
                    }
                    if (vain[0]++ > 0) {
                        getSide.forgetSpares(); // it has slept for a while, and nothing came
                    }
                    return false;
                }),
                deadline);
    }

    /** Looks only when what others did before they looked for sleepers can be seen. */
    private static TakingTurns.Attempt settled(TakingTurns.Attempt attempt) {
        return () -> {
            Settling.pause();
            return attempt.succeeds();
        };
    }

    private TakingTurns wait(Home home, long word) {
        return new TakingTurns(home, memory, base + word, SLICE_NANOS);
    }
}
