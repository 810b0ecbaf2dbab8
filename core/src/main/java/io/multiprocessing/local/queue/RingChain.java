package io.multiprocessing.local.queue;

import io.multiprocessing.SegmentException;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.SegmentStore;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The rings of a queue, from the one to get from to the one to put into. Producers add at one end and consumers remove
 * at the other, each under their lock. A ring is removed only when it is empty and linked to the next one, and "put
 * into" has gone on: so who holds the producers' lock always finds the last ring.
 *
 * <p>What is about to be made or removed is written down before. Who takes a lock over looks there, and removes what is
 * no part of the chain.
 *
 * <p>Kill points: queue-K7 a ring is made and not linked: removed by the next producer. queue-K8 linked, "put into" is as
 * before: the next producer follows the link, or a consumer moves it before it removes the ring. queue-K9 "get from" has
 * moved on, the empty ring is still there: removed by the next consumer. The first ring has no link: it is the queue's
 * "put into", queue-K10, and then its "get from", which the next producer makes up for.
 */
final class RingChain {
    private final SegmentStore store;
    private final MemorySegment memory;
    private final long putSegment;
    private final long getSegment;
    private final long making;
    private final long removing;

    // What was used last: hints, checked against the words.
    private @Nullable Ring lastPut;
    private @Nullable Ring lastGot;

    /** Guarded by the producers' lock: a ring that is known to be the queue's "put into", and linked from its beginning. */
    private @Nullable Ring putInto;

    RingChain(Home home, Cell queue) {
        this.store = home.store();
        this.memory = queue.memory();
        this.putSegment = queue.offset() + QueueLayout.PUT_RING;
        this.getSegment = queue.offset() + QueueLayout.GET_RING;
        this.making = queue.offset() + QueueLayout.MAKING;
        this.removing = queue.offset() + QueueLayout.REMOVING;
    }

    /** The ring to put into. The producers' lock is held. */
    Ring toPutInto(long firstBytes) {
        Ring known = putInto;
        if (known != null && Words.longVolatile(memory, putSegment) == known.segment() && known.next() == 0) {
            return known;
        }
        Ring ring = last();
        if (ring == null) {
            ring = make(firstBytes, 0, 0);
            Words.setLongVolatile(memory, putSegment, ring.segment());
            CrashPoint.reached("queue-K10");
        } else if (Words.longPlain(memory, putSegment) != ring.segment()) {
            Words.setLongVolatile(memory, putSegment, ring.segment());
        }
        if (Words.longVolatile(memory, getSegment) == 0) {
            Words.setLongVolatile(memory, getSegment, ring.segment());
        }
        lastPut = ring;
        putInto = ring;
        return ring;
    }

    /** Adds a ring behind the one to put into, and gives it. The producers' lock is held. */
    Ring grow(Ring last, long bytes) {
        Ring added = make(bytes, last.tail(), last.sum());
        CrashPoint.reached("queue-K7");
        last.setNext(added.segment());
        CrashPoint.reached("queue-K8");
        Words.setLongVolatile(memory, putSegment, added.segment());
        lastPut = added;
        putInto = added;
        return added;
    }

    /** Removes what a producer that died has made and not linked. The producers' lock is held. */
    void cleanMade() {
        long segment = Words.longVolatile(memory, making);
        if (segment != 0) {
            Ring last = last();
            if (last == null || last.segment() != segment) {
                store.unlink(segment);
                Words.setLongVolatile(memory, making, 0);
            }
        }
    }

    /** The ring to get from; null before the first put. The consumers' lock is held. */
    @Nullable
    Ring toGetFrom() {
        long segment = Words.longVolatile(memory, getSegment);
        Ring ring = lastGot;
        if (ring == null || ring.segment() != segment) {
            ring = segment == 0 ? null : find(segment);
            lastGot = ring;
        }
        return ring;
    }

    /** The ring behind one; null if it is the last. The consumers' lock is held. */
    @Nullable
    Ring after(Ring ring) {
        long next = ring.next();
        return next == 0 ? null : find(next);
    }

    /** Goes on from a ring that is empty for good to the next one, and gives it. The consumers' lock is held. */
    Ring follow(Ring empty, long next) {
        Ring ring = find(next);
        Words.casLong(memory, putSegment, empty.segment(), next); // the producer that linked it may be dead
        Words.setLongVolatile(memory, removing, empty.segment());
        Words.setLongVolatile(memory, getSegment, next);
        CrashPoint.reached("queue-K9");
        store.unlink(empty.segment());
        lastGot = ring;
        return ring;
    }

    /** Removes what a consumer that died has left behind and not removed. The consumers' lock is held. */
    void cleanLeft() {
        long segment = Words.longVolatile(memory, removing);
        if (segment != 0 && segment != Words.longVolatile(memory, getSegment)) {
            store.unlink(segment);
        }
    }

    /** Whether there is something to get, or another ring to look at; read without a lock, and cheap to ask often. */
    boolean mayHaveMessage() {
        Ring ring = lastGot;
        return ring == null ? tail() != 0 : ring.tail() != ring.head() || ring.next() != 0;
    }

    /** How far has been put, read without a lock. */
    long tail() {
        Ring ring = last();
        return ring == null ? 0 : ring.tail();
    }

    /** How far has been got, read without a lock. */
    long head() {
        while (true) {
            Ring ring = first();
            if (ring == null) {
                return 0;
            }
            long head = ring.head();
            if (Words.longVolatile(memory, getSegment) == ring.segment()) {
                return head;
            }
        }
    }

    /** How many bytes the rings have. The producers' lock is held, so none is added. */
    long bytes(Ring last) {
        Ring first = first();
        return first == null ? last.bytes() : last.sum() - first.sum() + first.bytes();
    }

    /** The ring to get from, found without a lock; it may be removed meanwhile. */
    private @Nullable Ring first() {
        while (true) {
            long segment = Words.longVolatile(memory, getSegment);
            if (segment == 0) {
                return null;
            }
            Ring ring = known(segment);
            if (ring != null) {
                lastGot = ring;
                return ring;
            }
            if (Words.longVolatile(memory, getSegment) == segment) {
                throw gone(segment);
            }
        }
    }

    /** The ring to put into, found without a lock. */
    private @Nullable Ring last() {
        while (true) {
            long segment = Words.longVolatile(memory, putSegment);
            if (segment == 0) {
                return null;
            }
            Ring ring = known(segment);
            for (long next = ring == null ? 0 : ring.next(); ring != null && next != 0; ) {
                ring = known(next);
                next = ring == null ? 0 : ring.next();
            }
            if (ring != null) {
                lastPut = ring;
                return ring;
            }
            if (Words.longVolatile(memory, putSegment) == segment) {
                throw gone(segment);
            }
        }
    }

    private Ring make(long bytes, long behind, long sum) {
        long id = store.newPartId();
        Words.setLongVolatile(memory, making, id);
        return new Ring(store.allocateSegment(id, ObjectKind.RING.number(), RingLayout.DATA + bytes, ring -> {
            long messages = RingLayout.word(RingLayout.messages(behind), 0);
            Words.setLongPlain(ring.memory(), ring.offset() + RingLayout.CAPACITY, bytes);
            Words.setLongPlain(ring.memory(), ring.offset() + RingLayout.SUM, sum + bytes);
            Words.setLongPlain(ring.memory(), ring.offset() + RingLayout.TAIL, messages);
            Words.setLongPlain(ring.memory(), ring.offset() + RingLayout.HEAD, messages);
        }));
    }

    private Ring find(long segment) {
        Ring ring = known(segment);
        if (ring == null) {
            throw gone(segment);
        }
        return ring;
    }

    /** Null if it is gone: a consumer has emptied and removed it. */
    private @Nullable Ring known(long segment) {
        Ring put = lastPut;
        if (put != null && put.segment() == segment) {
            return put;
        }
        Ring got = lastGot;
        if (got != null && got.segment() == segment) {
            return got;
        }
        Cell cell = store.findSegment(segment, ObjectKind.RING.number());
        return cell == null ? null : new Ring(cell);
    }

    private static SegmentException gone(long segment) {
        return new SegmentException("the memory of the queue is gone: segment " + Long.toHexString(segment));
    }
}
