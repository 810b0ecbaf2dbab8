package io.multiprocessing.local.queue;

import io.multiprocessing.QueueShutDownException;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.Words;
import io.multiprocessing.local.sync.Mutex;
import io.multiprocessing.spi.Deadline;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The producers' side of a {@link ByteQueue}: all that is done under their lock.
 *
 * <p>A message goes into the last ring if there is room, otherwise into a larger one behind it, if the limit of bytes
 * allows that. One that is large, or that no ring within the limit could ever hold, goes to a file. Into an empty queue
 * any message goes that is not larger than the limit, so no producer waits for ever.
 */
final class PutSide {
    static final int FIRST_RING_BYTES = 64 * 1024;

    private static final int LARGEST_RING_BYTES = 16 * 1024 * 1024;
    private static final int MESSAGES_PER_RING = 4;
    private static final int SPILL_BYTES = 1024 * 1024;
    private static final int SPILL_UNITS = RingLayout.units(RingLayout.SPILL_BYTES);
    private static final int LOOK_EVERY = 64;
    private static final int EMPTY_LOOKS_BEFORE_SHRINKING = 160;

    private final Home home;
    private final MemorySegment memory;
    private final long base;
    private final int mostMessages;
    private final long mostBytes;
    private final Mutex lock;
    private final RingChain rings;
    private final Spill spill;

    // Guarded by the lock. The head that is known may be old. It is not used when another process has put since: the
    // distance from it is only right while it is less than 2^32.
    private long knownHead;
    private long knownHeadSegment;
    private int knownGot;
    private long ownTail;
    private int puts;
    private int emptyLooks;

    // A hint, not guarded.
    private volatile long headWhenFull;

    PutSide(Home home, Cell queue, RingChain rings, Spill spill) {
        this.home = home;
        this.memory = queue.memory();
        this.base = queue.offset();
        int bound = Words.intPlain(memory, base + QueueLayout.MOST_MESSAGES);
        this.mostMessages = bound == 0 ? Integer.MAX_VALUE : bound;
        this.mostBytes = Words.longPlain(memory, base + QueueLayout.MOST_BYTES);
        this.lock = Mutex.brief(home, QueueLayout.part(queue, QueueLayout.PUT_LOCK));
        this.rings = rings;
        this.spill = spill;
    }

    int mostMessages() {
        return mostMessages;
    }

    long mostBytes() {
        return mostBytes;
    }

    /** What came of the attempt to put a message. */
    private enum Outcome {
        PUT,
        NO_ROOM,
        /** There is room for it, and it is so large that it must be in a file. */
        NEEDS_FILE
    }

    /** Puts a message if there is room. If it never is put, it has to be {@linkplain #discard discarded}. */
    boolean put(Outgoing message, Deadline deadline) throws InterruptedException {
        if (!lock.acquire(deadline.orSoon())) {
            return false;
        }
        Outcome outcome;
        try {
            begin();
            outcome = append(message);
            if (outcome == Outcome.NO_ROOM) {
                headWhenFull = rings.head();
            }
        } finally {
            unlock();
        }
        return outcome == Outcome.PUT || (outcome == Outcome.NEEDS_FILE && putWithFile(message, deadline));
    }

    private boolean putWithFile(Outgoing message, Deadline deadline) throws InterruptedException {
        message.setFile(spill.write(message));
        return put(message, deadline);
    }

    /**
     * Puts as many messages as there is room for, from the first on that has not been put.
     *
     * @param done counts those that have been put
     */
    void putSome(List<Outgoing> messages, int[] done) throws InterruptedException {
        while (appendSome(messages, done) == Outcome.NEEDS_FILE) {
            Outgoing large = messages.get(done[0]);
            large.setFile(spill.write(large));
        }
    }

    private Outcome appendSome(List<Outgoing> messages, int[] done) throws InterruptedException {
        lock.acquire(Deadline.NEVER);
        try {
            begin();
            Outcome outcome = Outcome.PUT;
            while (outcome == Outcome.PUT && done[0] < messages.size()) {
                outcome = append(messages.get(done[0]));
                done[0] += outcome == Outcome.PUT ? 1 : 0;
            }
            return outcome;
        } finally {
            unlock();
        }
    }

    /** Forgets what has been prepared for a message that is not put. */
    void discard(Outgoing message) {
        Path file = message.file();
        if (file != null) {
            message.setFile(null);
            spill.discard(file);
        }
    }

    /** Does something while nobody puts; who puts afterwards sees it. */
    void exclusively(Runnable action) {
        lock.acquireUninterruptibly();
        try {
            home.checkOpen();
            action.run();
        } finally {
            unlock();
        }
    }

    /** Whether a thread of this process holds the lock. */
    boolean isBusy() {
        return lock.isHeldByThisProcess();
    }

    /** Whether somebody has got since there was no room; read without a lock, and cheap to ask often. */
    boolean mayHaveRoom() {
        return rings.head() != headWhenFull;
    }

    private void begin() {
        home.checkOpen(); // who closes the context waits for those who have found it open
        if (Words.intVolatile(memory, base + QueueLayout.STATE) != QueueLayout.OPEN) {
            throw new QueueShutDownException("put into a queue that is shut down");
        }
        if (lock.isTakenOver()) {
            // The producer that died may have named a file after a message that it had not put yet.
            spill.remove(RingLayout.messages(rings.tail()));
            spill.removeLeft();
            rings.cleanMade();
        }
    }

    /** Writes a message behind the tail and commits it. */
    private Outcome append(Outgoing message) {
        Ring ring = rings.toPutInto(FIRST_RING_BYTES);
        long tail = ring.tail();
        if (tail != ownTail || ring.segment() != knownHeadSegment) {
            look(ring);
        }
        if (isFull(ring, tail)) {
            return Outcome.NO_ROOM;
        }
        if (message.length <= SPILL_BYTES) {
            int units = RingLayout.units(message.length);
            Ring into = ringWithRoom(ring, tail, units);
            if (into != null) {
                long at = into == ring ? tail : into.tail();
                into.writeMessage(at, message);
                CrashPoint.reached("queue-K1");
                commit(into, at, units);
                return Outcome.PUT;
            }
            if (units <= ring.units()) {
                return Outcome.NO_ROOM; // there will be
            }
        }
        return appendSpilled(ring, tail, message);
    }

    private Outcome appendSpilled(Ring ring, long tail, Outgoing message) {
        boolean isEmpty = RingLayout.messages(rings.head()) == RingLayout.messages(tail);
        if (!isEmpty && !mayUse(ring, message.length)) {
            return Outcome.NO_ROOM;
        }
        Ring into = ringWithRoom(ring, tail, SPILL_UNITS);
        if (into == null) {
            return Outcome.NO_ROOM;
        }
        Path file = message.file();
        if (file == null) {
            return Outcome.NEEDS_FILE;
        }
        long at = into.tail();
        spill.put(file, RingLayout.messages(at));
        message.setFile(null);
        writeSpillRecord(into, at, message.length);
        CrashPoint.reached("queue-K1");
        commit(into, at, SPILL_UNITS);
        return Outcome.PUT;
    }

    private void commit(Ring ring, long tail, int units) {
        ownTail = RingLayout.word(RingLayout.messages(tail) + 1, RingLayout.position(tail) + units);
        ring.commitTail(ownTail);
        CrashPoint.reached("queue-K2");
    }

    private void look(Ring ring) {
        spill.removeLeftByLastWriter();
        knownGot = RingLayout.messages(rings.head(ring));
        knownHead = ring.head();
        knownHeadSegment = ring.segment();
    }

    private boolean isFull(Ring ring, long tail) {
        int put = RingLayout.messages(tail);
        if (put - knownGot < mostMessages) {
            return false;
        }
        knownGot = RingLayout.messages(rings.head(ring));
        return put - knownGot >= mostMessages;
    }

    /** The last ring, or one more behind it; null if the limit of bytes forbids. */
    private @Nullable Ring ringWithRoom(Ring last, long tail, int units) {
        long least = Long.highestOneBit((long) units * RingLayout.UNIT_BYTES * MESSAGES_PER_RING) * 2;
        if (hasRoom(last, tail, units)) {
            return isTooLarge(last) && least <= FIRST_RING_BYTES ? rings.grow(last, FIRST_RING_BYTES) : last;
        }
        long bytes = Math.max(Math.min(2 * last.bytes(), LARGEST_RING_BYTES), least);
        if (!mayUse(last, bytes)) {
            return null;
        }
        Ring added = rings.grow(last, bytes);
        look(added);
        return added;
    }

    private boolean hasRoom(Ring ring, long tail, int units) {
        if (ring.free(tail, knownHead) >= units) {
            return true;
        }
        knownHead = ring.head();
        return ring.free(tail, knownHead) >= units;
    }

    /** Whether a ring that has grown has been empty whenever one looked, for many puts. */
    private boolean isTooLarge(Ring ring) {
        if (ring.bytes() == FIRST_RING_BYTES) {
            return false;
        }
        if (++puts % LOOK_EVERY != 0) {
            return false;
        }
        emptyLooks = ring.head() == ring.tail() ? emptyLooks + 1 : 0;
        if (emptyLooks < EMPTY_LOOKS_BEFORE_SHRINKING) {
            return false;
        }
        emptyLooks = 0;
        return true;
    }

    /** Whether the limit of bytes allows so many more. */
    private boolean mayUse(Ring last, long more) {
        long spilled = Words.longVolatile(memory, base + QueueLayout.SPILLED)
                - Words.longVolatile(memory, base + QueueLayout.UNSPILLED);
        return rings.bytes(last) + spilled + more <= mostBytes;
    }

    /**
     * The sum of all that was ever spilled stands in the record as well, and the consumer takes it from there: so what
     * both sides count differs by a message that was never put only until the next one comes through.
     */
    private void writeSpillRecord(Ring ring, long tail, int length) {
        long spilled = Words.longPlain(memory, base + QueueLayout.SPILLED) + length;
        Words.setLongVolatile(memory, base + QueueLayout.SPILLED, spilled);
        ring.writeSpillRecord(tail, length, spilled);
    }

    private void unlock() {
        lock.release();
        Reference.reachabilityFence(
                rings); // until here the ring has to be mapped, though the user has no reference any more
    }
}
