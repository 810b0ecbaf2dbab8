package io.multiprocessing.cli.chaos;

import io.multiprocessing.Context;
import io.multiprocessing.LongArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is inside of something that several may enter: a cell for each place. Whoever wants to know who is inside at one
 * time reads all cells twice: what is the same both times, each entry being different from all others, was there
 * between the two. Those who may be dead are not counted, so who is counted is inside for certain.
 */
final class Insiders {
    private static final int ENTRY_BITS = 24;

    private final LongArray cells;
    private final LongArray notes;
    private int entries;

    Insiders(Context mp, String name) {
        cells = mp.named(name).raw().longArray(Tally.MOST_PLACES);
        notes = mp.named(name + ".notes").raw().longArray(Tally.MOST_PLACES);
    }

    /**
     * One that is inside.
     *
     * @param note what it said when it came in
     */
    record Insider(long serial, long note) {}

    void enter(Worker me, long note) {
        notes.set(me.place(), note);
        entries++;
        cells.set(me.place(), me.serial() << ENTRY_BITS | (entries & (1 << ENTRY_BITS) - 1));
    }

    void leave(Worker me) {
        cells.set(me.place(), 0);
    }

    /** Those who were inside at one time, a moment ago; empty if they went in and out too fast to tell. */
    List<Insider> together(Worker me) {
        long[] first = cells.toArray();
        List<Insider> insiders = new ArrayList<>();
        for (int place = 0; place < first.length; place++) {
            if (first[place] != 0) {
                insiders.add(new Insider(first[place] >>> ENTRY_BITS, notes.get(place)));
            }
        }
        for (int place = 0; place < first.length; place++) {
            if (cells.get(place) != first[place]) {
                return List.of();
            }
        }
        insiders.removeIf(insider -> me.isDoomed(insider.serial()));
        return insiders;
    }

    /** Takes one out that died inside, and gives its serial number; 0 if there is none. */
    long takeOutDead(Worker me) {
        for (int place = 0; place < Tally.MOST_PLACES; place++) {
            long cell = cells.get(place);
            long serial = cell >>> ENTRY_BITS;
            if (cell != 0 && me.killedAt(serial) != 0 && cells.compareAndSet(place, cell, 0)) {
                return serial;
            }
        }
        return 0;
    }
}
