package io.multiprocessing.cli.chaos;

import io.multiprocessing.Context;
import io.multiprocessing.LongArray;
import io.multiprocessing.LongValue;

/**
 * Which messages were put and which were taken, written down so that a death at any moment leaves it right. Messages are
 * put in bursts; a burst has a number that no other one has, and its messages are numbered from 0. An entry is used again
 * for another burst when its messages are long gone.
 */
final class QueueLedger {
    /** How many messages a burst has. */
    static final int BURST = 8;

    private static final int ENTRIES = 1 << 16;
    private static final int BITS = 8;
    private static final int MASK = (1 << BITS) - 1;

    private final LongValue bursts;
    private final LongValue lost;
    private final LongValue excused;
    private final LongArray puts;
    private final LongArray taken;
    private final LongArray hands;

    QueueLedger(Context mp, String name) {
        bursts = mp.named(name + ".bursts").raw().longValue(0);
        lost = mp.named(name + ".lost").raw().longValue(0);
        excused = mp.named(name + ".excused").raw().longValue(0);
        puts = mp.named(name + ".puts").raw().longArray(ENTRIES);
        taken = mp.named(name + ".taken").raw().longArray(ENTRIES);
        hands = mp.named(name + ".hands").raw().longArray(Tally.MOST_PLACES);
    }

    /** The number of a new burst. */
    long begin() {
        long burst = bursts.increment();
        int entry = entry(burst);
        lost.add(Integer.bitCount(missing(entry)));
        taken.set(entry, burst << BITS);
        puts.set(entry, burst << BITS);
        return burst;
    }

    /** So many messages of the burst are in the queue; one more may be, if its producer died just then. */
    void put(long burst, int messages) {
        puts.set(entry(burst), burst << BITS | messages);
    }

    /** From now until {@link #holdsNothing} this worker may have so many messages of which nobody else knows. */
    void mayHold(Worker me, int messages) {
        hands.set(me.place(), me.serial() << BITS | messages);
    }

    void holdsNothing(Worker me) {
        hands.set(me.place(), 0);
    }

    /** A message was taken; says what is wrong with that, which is empty if nothing is. */
    String faultOfTaking(long burst, int message) {
        int entry = entry(burst);
        long put = puts.get(entry);
        if (put >>> BITS == burst && (put & MASK) < message) {
            return "message " + message + " of burst " + burst + " was there before message " + (put & MASK);
        }
        while (true) {
            long before = taken.get(entry);
            if (before >>> BITS != burst) {
                return "message " + message + " of burst " + burst + " came when burst " + (before >>> BITS)
                        + " had begun";
            }
            if ((before & 1L << message) != 0) {
                return "message " + message + " of burst " + burst + " came twice";
            }
            if (taken.compareAndSet(entry, before, before | 1L << message)) {
                return "";
            }
        }
    }

    /** A worker has died: what it had in its hands is excused. */
    void died(long serial) {
        for (int place = 0; place < Tally.MOST_PLACES; place++) {
            long hand = hands.get(place);
            if (hand >>> BITS == serial) {
                excused.add(hand & MASK);
                hands.set(place, 0);
            }
        }
    }

    /** What must hold when nobody is left and nothing is in the queues. */
    void settle(Findings findings) {
        long missing = lost.get();
        for (int entry = 0; entry < ENTRIES; entry++) {
            missing += Integer.bitCount(missing(entry));
        }
        if (missing > excused.get()) {
            findings.violation(missing + " messages were put and never taken, and at most " + excused.get()
                    + " of them were in the hands of those who died");
        }
    }

    /** The messages of an entry that were put and not taken, a bit for each. */
    private int missing(int entry) {
        long put = puts.get(entry);
        long got = taken.get(entry);
        return put == 0 || put >>> BITS != got >>> BITS ? 0 : (1 << (put & MASK)) - 1 & ~(int) (got & MASK);
    }

    private static int entry(long burst) {
        return (int) (burst % ENTRIES);
    }
}
