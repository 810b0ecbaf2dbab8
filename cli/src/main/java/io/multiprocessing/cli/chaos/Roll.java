package io.multiprocessing.cli.chaos;

import io.multiprocessing.Context;
import io.multiprocessing.LongArray;

/**
 * Every process that takes part, by its serial number: what it is told, and what the supervisor knows of its death. Times
 * are of {@link System#nanoTime()}, which on Linux is one clock for all processes.
 *
 * <p>The entries are used again in turn. Of a process so old that its entry is another's by now, we know that it is dead.
 */
final class Roll {
    /** How often an entry is used again after its process: far beyond all that live at once. */
    private static final int ENTRIES = 4096;

    private static final int SERIAL = 0;
    private static final int PLACE = 1;
    private static final int STORM = 2;
    private static final int SEED = 3;
    private static final int PID = 4;
    private static final int WORKING = 5;
    private static final int DOOMED = 6;
    private static final int KILLED_AT = 7;
    private static final int FOUND_DEAD_AT = 8;
    private static final int TERMINATED = 9;
    private static final int FIELDS = 10;

    private final LongArray entries;

    Roll(LongArray entries) {
        this.entries = entries;
    }

    static LongArray make(Context mp) {
        return mp.raw().longArray(ENTRIES * FIELDS);
    }

    LongArray handle() {
        return entries;
    }

    /**
     * Says what a process will be, before it is started.
     *
     * @param place of its threads the first one: which of those that live at once it is
     * @param storm the number of its storm; -1 for all of them
     * @param isDoomed whether it may die at any time from now on
     */
    void enlist(long serial, int place, int storm, long seed, boolean isDoomed) {
        set(serial, SERIAL, serial);
        set(serial, PLACE, place);
        set(serial, STORM, storm);
        set(serial, SEED, seed);
        set(serial, PID, 0);
        set(serial, WORKING, 0);
        set(serial, DOOMED, isDoomed ? 1 : 0);
        set(serial, KILLED_AT, 0);
        set(serial, FOUND_DEAD_AT, 0);
        set(serial, TERMINATED, 0);
    }

    /** Said by the process itself, when it begins. */
    void begins(long serial) {
        set(serial, PID, ProcessHandle.current().pid());
    }

    /** Said by the process itself, when it has done its first round. */
    void works(long serial) {
        set(serial, WORKING, 1);
    }

    /** Said before a process is killed. */
    void dooms(long serial) {
        set(serial, KILLED_AT, System.nanoTime());
        set(serial, DOOMED, 1);
    }

    /** Said before a process is asked to end. */
    void terminates(long serial) {
        set(serial, TERMINATED, 1);
        dooms(serial);
    }

    /** Said when a process is found dead. */
    void died(long serial) {
        if (get(serial, KILLED_AT) == 0) {
            dooms(serial);
        }
        set(serial, FOUND_DEAD_AT, System.nanoTime());
    }

    int place(long serial) {
        return (int) get(serial, PLACE);
    }

    int storm(long serial) {
        return (int) get(serial, STORM);
    }

    long seed(long serial) {
        return get(serial, SEED);
    }

    boolean isWorking(long serial) {
        return get(serial, WORKING) != 0;
    }

    /** Whether a process may be dead; false only of one that must be alive. */
    boolean isDoomed(long serial) {
        return get(serial, DOOMED) != 0 || get(serial, SERIAL) != serial;
    }

    boolean isTerminated(long serial) {
        return get(serial, TERMINATED) != 0;
    }

    /** When a process was killed; 0 if that is not known. */
    long killedAt(long serial) {
        long killedAt = get(serial, KILLED_AT);
        return get(serial, SERIAL) == serial ? killedAt : 0;
    }

    /** Whether a process was found dead, so long ago at least. */
    boolean isDeadFor(long serial, long nanos) {
        long foundDeadAt = get(serial, FOUND_DEAD_AT);
        return get(serial, SERIAL) == serial && foundDeadAt != 0 && System.nanoTime() - foundDeadAt >= nanos;
    }

    /** The latest process of that number of the operating system; 0 if none is known. */
    long serialOf(long pid) {
        long found = 0;
        for (int i = 0; i < ENTRIES; i++) {
            if (entries.get(i * FIELDS + PID) == pid) {
                found = Math.max(found, entries.get(i * FIELDS + SERIAL));
            }
        }
        return found;
    }

    private long get(long serial, int field) {
        return entries.get(index(serial) + field);
    }

    private void set(long serial, int field, long value) {
        entries.set(index(serial) + field, value);
    }

    private static int index(long serial) {
        return (int) (serial % ENTRIES) * FIELDS;
    }
}
