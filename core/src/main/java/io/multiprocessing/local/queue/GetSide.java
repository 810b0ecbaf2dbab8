package io.multiprocessing.local.queue;

import io.multiprocessing.QueueShutDownException;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.Words;
import io.multiprocessing.local.sync.Deadline;
import io.multiprocessing.local.sync.Mutex;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The consumers' side of a {@link ByteQueue}: all that is done under their lock. */
final class GetSide {
    private final MemorySegment memory;
    private final long base;
    private final Mutex lock;
    private final RingChain rings;
    private final Spill spill;

    // Guarded by the lock. The tail that is known may be old. It is not used when another process has got since, which
    // may
    // have gone beyond it.
    private long knownTail;
    private long knownTailSegment;
    private long ownHead;

    GetSide(Home home, Cell queue, RingChain rings, Spill spill) {
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

    /** Takes the messages that are there, at most so many. */
    List<byte[]> getSome(int most) throws InterruptedException {
        List<byte[]> messages = new ArrayList<>();
        Message message = new Message();
        lock.acquire(Deadline.NEVER);
        try {
            begin();
            while (messages.size() < most && take(message)) {
                messages.add(Arrays.copyOf(message.bytes(), message.length()));
            }
            if (messages.isEmpty() && most > 0) {
                endIfDrained();
            }
        } finally {
            lock.release();
        }
        return messages;
    }

    /** Copies the messages that are there, at most so many, and takes none. */
    List<byte[]> copySome(int most) throws InterruptedException {
        List<byte[]> messages = new ArrayList<>();
        Message message = new Message();
        lock.acquire(Deadline.NEVER);
        try {
            if (Words.intVolatile(memory, base + QueueLayout.STATE) == QueueLayout.SHUT_DOWN) {
                return messages;
            }
            begin();
            for (Ring ring = rings.toGetFrom(); ring != null; ring = rings.after(ring)) {
                long tail = ring.tail();
                for (long at = ring.head(); at != tail && messages.size() < most; at = ring.after(at)) {
                    ring.copy(at, message, spill);
                    messages.add(Arrays.copyOf(message.bytes(), message.length()));
                }
            }
        } finally {
            lock.release();
        }
        return messages;
    }

    private void begin() {
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

    /** Copies the message at the head and commits that it is taken. */
    private boolean take(Message target) {
        Ring ring = ringWithMessage();
        if (ring == null) {
            return false;
        }
        long head = ring.head();
        ring.copy(head, target, spill);
        CrashPoint.reached("queue-K4");
        long spilled = ring.isSpill(head) ? ring.spilled(head) : -1;
        ownHead = ring.after(head);
        ring.commitHead(ownHead);
        CrashPoint.reached("queue-K5");
        if (spilled >= 0) {
            Words.setLongVolatile(memory, base + QueueLayout.UNSPILLED, spilled);
            CrashPoint.reached("queue-K12");
            spill.remove(RingLayout.messages(head));
        }
        return true;
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
