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
 * <p>This process keeps up to four rings mapped: the ones that its producers and its consumers have used last, and the
 * two that those have used last who only look, and hold no lock.
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

    // Written under the producers', and the consumers' lock; who reads one without must retain it.
    private volatile @Nullable Ring lastPut;
    private volatile @Nullable Ring lastGot;

    private @Nullable Ring firstSeen; // guarded by this
    private @Nullable Ring lastSeen; // guarded by this

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
        Ring known = lastPut;
        if (known != null && known.next() == 0) {
            return known; // nothing has come behind it, so it has not been removed either
        }
        Ring ring = last(known);
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
        letGo(known, ring);
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
        letGo(last, added);
        return added;
    }

    /** Removes what a producer that died has made and not linked. The producers' lock is held. */
    void cleanMade() {
        long segment = Words.longVolatile(memory, making);
        if (segment != 0) {
            Ring known = lastPut;
            Ring last = last(known);
            if (last == null || last.segment() != segment) {
                store.unlink(segment);
                Words.setLongVolatile(memory, making, 0);
            }
            if (last != null && last != known) {
                last.mapping().release();
            }
        }
    }

    /** The ring to get from; null before the first put. The consumers' lock is held. */
    @Nullable
    Ring toGetFrom() {
        long segment = Words.longVolatile(memory, getSegment);
        Ring known = lastGot;
        if (known != null && known.segment() == segment) {
            return known;
        }
        Ring ring = segment == 0 ? null : find(segment);
        lastGot = ring;
        letGo(known, ring);
        return ring;
    }

    /** The ring behind one, which the caller has to release; null if it is the last. The consumers' lock is held. */
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
        letGo(empty, ring);
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
        if (ring == null || !ring.mapping().retain()) {
            return Words.longVolatile(memory, getSegment) != 0;
        }
        try {
            return ring.tail() != ring.head() || ring.next() != 0;
        } finally {
            ring.mapping().release();
        }
    }

    /** How far has been put, read without a lock. */
    synchronized long tail() {
        Ring ring = last(lastSeen);
        if (ring != lastSeen) {
            letGo(lastSeen, ring);
            lastSeen = ring;
        }
        return ring == null ? 0 : ring.tail();
    }

    /** How far has been got, read without a lock. */
    synchronized long head() {
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

    /** As {@link #head()}, and faster if a ring that the caller knows is the one to get from. */
    long head(Ring likely) {
        if (Words.longVolatile(memory, getSegment) == likely.segment()) {
            long head = likely.head();
            if (Words.longVolatile(memory, getSegment) == likely.segment()) {
                return head;
            }
        }
        return head();
    }

    /** How many bytes the rings have. The producers' lock is held, so none is added. */
    synchronized long bytes(Ring last) {
        Ring first = first();
        return first == null ? last.bytes() : last.sum() - first.sum() + first.bytes();
    }

    /** The ring to get from, kept as the one that was seen; it may be removed meanwhile. */
    private synchronized @Nullable Ring first() {
        while (true) {
            long segment = Words.longVolatile(memory, getSegment);
            Ring known = firstSeen;
            if (known != null && known.segment() == segment) {
                return known;
            }
            Ring ring = segment == 0 ? null : known(segment);
            if (ring != null || segment == 0) {
                firstSeen = ring;
                letGo(known, ring);
                return ring;
            }
            if (Words.longVolatile(memory, getSegment) == segment) {
                throw gone(segment);
            }
        }
    }

    /**
     * The ring to put into.
     *
     * @param own one that the caller keeps; if it is not the answer, the answer has to be released
     */
    private @Nullable Ring last(@Nullable Ring own) {
        while (true) {
            long segment = Words.longVolatile(memory, putSegment);
            if (segment == 0) {
                return null;
            }
            Ring ring = ownOrKnown(segment, own);
            for (long next = ring == null ? 0 : ring.next(); ring != null && next != 0; ) {
                Ring before = ring;
                ring = ownOrKnown(next, own);
                next = ring == null ? 0 : ring.next();
                if (before != own) {
                    before.mapping().release();
                }
            }
            if (ring != null) {
                return ring;
            }
            if (Words.longVolatile(memory, putSegment) == segment) {
                throw gone(segment);
            }
        }
    }

    private @Nullable Ring ownOrKnown(long segment, @Nullable Ring own) {
        return own != null && own.segment() == segment ? own : known(segment);
    }

    private Ring make(long bytes, long behind, long sum) {
        long id = store.newPartId();
        Words.setLongVolatile(memory, making, id);
        RingMapping mapping = new RingMapping();
        Cell cell = store.allocateSegment(
                id,
                ObjectKind.RING.number(),
                RingLayout.DATA + bytes,
                ring -> {
                    long messages = RingLayout.word(RingLayout.messages(behind), 0);
                    Words.setLongPlain(ring.memory(), ring.offset() + RingLayout.CAPACITY, bytes);
                    Words.setLongPlain(ring.memory(), ring.offset() + RingLayout.SUM, sum + bytes);
                    Words.setLongPlain(ring.memory(), ring.offset() + RingLayout.TAIL, messages);
                    Words.setLongPlain(ring.memory(), ring.offset() + RingLayout.HEAD, messages);
                },
                mapping.arena());
        return new Ring(mapping, cell);
    }

    private Ring find(long segment) {
        Ring ring = known(segment);
        if (ring == null) {
            throw gone(segment);
        }
        return ring;
    }

    /** A ring, which the caller has to release; null if it is gone: a consumer has emptied and removed it. */
    private @Nullable Ring known(long segment) {
        Ring put = lastPut;
        if (put != null && put.segment() == segment && put.mapping().retain()) {
            return put;
        }
        Ring got = lastGot;
        if (got != null && got.segment() == segment && got.mapping().retain()) {
            return got;
        }
        RingMapping mapping = new RingMapping();
        Cell cell = store.findSegment(segment, ObjectKind.RING.number(), mapping.arena());
        if (cell == null) {
            mapping.release();
            return null;
        }
        return new Ring(mapping, cell);
    }

    /** Releases the ring that was used until now, unless it is used on. */
    private static void letGo(@Nullable Ring before, @Nullable Ring now) {
        if (before != null && before != now) {
            before.mapping().release();
        }
    }

    private static SegmentException gone(long segment) {
        return new SegmentException("the memory of the queue is gone: segment " + Long.toHexString(segment));
    }
}
