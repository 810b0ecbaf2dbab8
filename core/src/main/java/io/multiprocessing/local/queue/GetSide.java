package io.multiprocessing.local.queue;

import io.multiprocessing.QueueShutDownException;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.Words;
import io.multiprocessing.local.sync.Mutex;
import io.multiprocessing.spi.Deadline;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
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
        this.lock = new Mutex(home, QueueLayout.part(queue, QueueLayout.GET_LOCK));
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
            lock.release();
        }
    }

    /** Takes messages that are there, at most so many, and as many as a batch takes. */
    Batch getSome(int most) throws InterruptedException {
        Batch batch = new Batch();
        lock.acquire(Deadline.NEVER);
        try {
            begin();
            while (takeSome(batch, most)) {
                // goes on in the next ring
            }
            if (batch.count() == 0 && most > 0) {
                endIfDrained();
            }
        } finally {
            lock.release();
        }
        return batch;
    }

    /** Copies the messages that are there, at most so many, and takes none. */
    List<byte[]> copySome(int most) throws InterruptedException {
        List<byte[]> messages = new ArrayList<>();
        lock.acquire(Deadline.NEVER);
        try {
            if (Words.intVolatile(memory, base + QueueLayout.STATE) == QueueLayout.SHUT_DOWN) {
                return messages;
            }
            begin();
            Ring first = rings.toGetFrom();
            for (Ring ring = first; ring != null; ) {
                copySome(ring, most, messages);
                Ring next = rings.after(ring);
                if (ring != first) {
                    ring.mapping().release();
                }
                ring = next;
            }
        } finally {
            lock.release();
        }
        return messages;
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

    private void begin() {
        home.checkOpen(); // who closes the context waits for those who have found it open
        if (Words.intVolatile(memory, base + QueueLayout.STATE) == QueueLayout.SHUT_DOWN) {
            throw new QueueShutDownException("get from a queue that is shut down");
        }
        if (lock.isTakenOver()) {
            // The consumer that died may not have removed the file of the message that it had taken.
            spill.remove(RingLayout.messages(rings.head()) - 1);
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
        int length = ring.length(head);
        if (ring.isSpill(head)) {
            target.set(spill.read(RingLayout.messages(head), length));
            commitSpilled(ring, head);
        } else {
            ring.read(head, target.reserve(length), 0, length);
            commit(ring, RingLayout.after(head, length));
        }
        return true;
    }

    /** Takes messages from the first ring that has any; false if the batch has enough, or there are no more. */
    private boolean takeSome(Batch target, int most) {
        Ring ring = target.count() < most ? ringWithMessage() : null;
        if (ring == null) {
            return false;
        }
        long head = ring.head();
        if (ring.isSpill(head)) {
            takeSpilledAlone(ring, head, target);
            return false;
        }
        long committed = head;
        boolean hasRoom = true;
        while (head != knownTail && target.count() < most && hasRoom) {
            int length = ring.length(head);
            hasRoom = !ring.isSpill(head) && target.takes(length);
            if (hasRoom) {
                ring.read(head, target.add(length), target.start(), length);
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
        return hasRoom;
    }

    private void takeSpilledAlone(Ring ring, long head, Batch target) {
        if (target.count() == 0) {
            target.add(spill.read(RingLayout.messages(head), ring.length(head)));
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
        spill.remove(RingLayout.messages(head));
    }

    private byte[] copy(Ring ring, long head) {
        int length = ring.length(head);
        if (ring.isSpill(head)) {
            try (SpilledMessage spilled = spill.read(RingLayout.messages(head), length)) {
                return spilled.toBytes();
            }
        }
        byte[] copy = new byte[length];
        ring.read(head, copy, 0, length);
        return copy;
    }

    /** The ring at whose head a message is; null if the queue is empty. */
    private @Nullable Ring ringWithMessage() {
        Ring ring = rings.toGetFrom();
        while (ring != null) {
            long head = ring.head();
            if (head == ownHead && ring.segment() == knownTailSegment && head != knownTail) {
                return ring;
            }
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
}
