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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The consumers' side of a {@link ByteQueue}: all that is done under their lock. */
final class GetSide {
    /** How many messages of a batch become taken at once: to say so for each would cost both sides a cache line each time. */
    private static final int STEP = 64;

    private final Home home;
    private final MemorySegment memory;
    private final long base;
    private final Mutex lock;
    private final RingChain rings;
    private final Spill spill;

    // Guarded by the lock. The tail that is known may be old. It is not used when another process has got since, which
    // may have gone beyond it.
    private long knownTail;
    private long knownTailSegment;
    private long ownHead;

    GetSide(Home home, Cell queue, RingChain rings, Spill spill) {
        this.home = home;
        this.memory = queue.memory();
        this.base = queue.offset();
        this.lock = Mutex.brief(home, QueueLayout.part(queue, QueueLayout.GET_LOCK));
        this.rings = rings;
        this.spill = spill;
    }

    /** Takes the oldest message if there is one. */
    boolean get(Message target, Deadline deadline) throws InterruptedException {
        if (!lock.acquire(deadline.orSoon())) {
            return false;
        }
        try {
            begin();
            return take(target) || endIfDrained();
        } finally {
            unlock();
        }
    }

    /** Takes messages that are there, at most so many, and as many as a batch takes. */
    Batch getSome(int most) throws InterruptedException {
        Batch batch = new Batch();
        lock.acquire(Deadline.NEVER);
        try {
            if (isShutDown()) {
                return batch;
            }
            begin();
            knownTailSegment = 0; // what was put since is there, too
            while (takeSome(batch, most)) {
                // goes on in the next ring
            }
        } finally {
            unlock();
        }
        return batch;
    }

    /** Copies the messages that are there, encoded, at most so many, and takes none. */
    List<byte[]> copySome(int most) throws InterruptedException {
        List<byte[]> messages = new ArrayList<>();
        lock.acquire(Deadline.NEVER);
        try {
            if (isShutDown()) {
                return messages;
            }
            begin();
            forEachRing(ring -> copySome(ring, most, messages));
        } finally {
            unlock();
        }
        return messages;
    }

    /**
     * Copies the messages that a queue which is shut down drops, as far as something is kept for who would have read them; none if
     * others hold the lock all the time.
     */
    List<byte[]> copyDroppedAndKept(Deadline deadline) throws InterruptedException {
        List<byte[]> messages = new ArrayList<>();
        if (!lock.acquire(deadline)) {
            return messages;
        }
        try {
            home.checkOpen();
            repair();
            forEachRing(ring -> copyKept(ring, messages));
        } finally {
            unlock();
        }
        return messages;
    }

    /** Goes through the rings from the first that may have messages on; each but the first is mapped just so long. */
    private void forEachRing(Consumer<Ring> action) {
        Ring first = rings.toGetFrom();
        for (Ring ring = first; ring != null; ) {
            action.accept(ring);
            Ring next = rings.after(ring);
            if (ring != first) {
                ring.mapping().release();
            }
            ring = next;
        }
    }

    private void copyKept(Ring ring, List<byte[]> messages) {
        long tail = ring.tail();
        for (long at = ring.head(); at != tail; at = ring.after(at)) {
            if (RingLayout.isKept(ring.header(at))) {
                messages.add(copy(ring, at));
            }
        }
    }

    /** Whether a thread of this process holds the lock. */
    boolean isBusy() {
        return lock.isHeldByThisProcess();
    }

    private void copySome(Ring ring, int most, List<byte[]> messages) {
        long tail = ring.tail();
        for (long at = ring.head(); at != tail && messages.size() < most; at = ring.after(at)) {
            messages.add(copy(ring, at));
        }
    }

    /** Says that large messages have not come for a while. */
    void forgetSpares() {
        spill.forgetSpares();
    }

    private boolean isShutDown() {
        return Words.intVolatile(memory, base + QueueLayout.STATE) == QueueLayout.SHUT_DOWN;
    }

    private void begin() {
        home.checkOpen(); // who closes the context waits for those who have found it open
        if (isShutDown()) {
            throw new QueueShutDownException("get from a queue that is shut down");
        }
        repair();
    }

    private void repair() {
        if (lock.isTakenOver()) {
            // The consumer that died may not have named the file of the message that it had taken after itself.
            spill.remove(RingLayout.messages(rings.head()) - 1);
            spill.removeLeft();
            rings.cleanLeft();
        }
    }

    private boolean endIfDrained() {
        if (Words.intVolatile(memory, base + QueueLayout.STATE) == QueueLayout.DRAINING) {
            throw new QueueShutDownException("get from a queue that is shut down and has been emptied");
        }
        return false;
    }

    private boolean take(Message target) {
        Ring ring = ringWithMessage();
        if (ring == null) {
            return false;
        }
        long head = ring.head();
        int header = ring.header(head);
        int length = RingLayout.length(header);
        if (RingLayout.isSpill(header)) {
            target.set(spill.read(RingLayout.messages(head), ring.spilledLength(head)));
            commitSpilled(ring, head);
        } else {
            ring.read(head, target.reserve(length, RingLayout.isRaw(header)), 0, length);
            commit(ring, RingLayout.after(head, length));
        }
        return true;
    }

    /** Takes messages from the first ring that has any; false if the batch has enough, or there is no other ring. */
    private boolean takeSome(Batch target, int most) {
        Ring ring = target.count() < most ? ringWithMessage() : null;
        if (ring == null) {
            return false;
        }
        long head = ring.head();
        if (RingLayout.isSpill(ring.header(head))) {
            takeSpilledAlone(ring, head, target);
            target.setMoreThere();
            return false;
        }
        long committed = head;
        boolean hasRoom = true;
        while (head != knownTail && target.count() < most && hasRoom) {
            int header = ring.header(head);
            int length = RingLayout.length(header);
            hasRoom = !RingLayout.isSpill(header) && target.takes(length);
            if (hasRoom) {
                ring.read(head, target.add(header), target.start(), length);
                head = RingLayout.after(head, length);
                if (RingLayout.messages(head) - RingLayout.messages(committed) == STEP) {
                    commit(ring, head);
                    committed = head;
                }
            }
        }
        if (head != committed) {
            commit(ring, head);
        }
        if (!hasRoom) {
            target.setMoreThere();
        }
        return hasRoom && ring.next() != 0;
    }

    private void takeSpilledAlone(Ring ring, long head, Batch target) {
        if (target.count() == 0) {
            target.add(spill.read(RingLayout.messages(head), ring.spilledLength(head)));
            commitSpilled(ring, head);
        }
    }

    /** Makes what lies before the new head taken. */
    private void commit(Ring ring, long newHead) {
        CrashPoint.reached("queue-K4");
        ownHead = newHead;
        ring.commitHead(newHead);
        CrashPoint.reached("queue-K5");
    }

    private void commitSpilled(Ring ring, long head) {
        long spilled = ring.spilled(head);
        commit(ring, ring.after(head));
        Words.setLongVolatile(memory, base + QueueLayout.UNSPILLED, spilled);
        CrashPoint.reached("queue-K12");
        spill.take(RingLayout.messages(head));
    }

    private byte[] copy(Ring ring, long head) {
        int header = ring.header(head);
        if (RingLayout.isSpill(header)) {
            try (SpilledMessage spilled = spill.view(RingLayout.messages(head), ring.spilledLength(head))) {
                return spilled.toBytes();
            }
        }
        byte[] copy = new byte[RingLayout.length(header)];
        ring.read(head, copy, 0, copy.length);
        return RingLayout.isRaw(header) ? Messages.encoded(copy) : copy;
    }

    /** The ring at whose head a message is; null if the queue is empty. */
    private @Nullable Ring ringWithMessage() {
        Ring ring = rings.toGetFrom();
        while (ring != null) {
            long head = ring.head();
            if (head == ownHead && ring.segment() == knownTailSegment && head != knownTail) {
                return ring;
            }
            spill.removeLeftByLastReader();
            // First the link, then the tail: behind a link nothing is put into this ring any more.
            long next = ring.next();
            knownTail = ring.tail();
            knownTailSegment = ring.segment();
            if (head != knownTail) {
                return ring;
            }
            if (next == 0) {
                return null;
            }
            ring = rings.follow(ring, next);
        }
        return null;
    }

    private void unlock() {
        lock.release();
        Reference.reachabilityFence(
                rings); // until here the ring has to be mapped, though the user has no reference any more
    }
}
