package io.multiprocessing.local.sync;

import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;

/**
 * Who waits at a condition, in which order, and who has been signalled.
 *
 * <p><b>How.</b> Each waiter has a cell, one word that says whose it is and what became of it, see {@link
 * ConditionLayout}. It is changed by compare-and-set only.
 *
 * <pre>
 *  what         changes                                             who                        lock held
 *  enter        FREE → {WAITING, next ticket, me}                   a waiter                   yes
 *  signal       {WAITING, ticket, x} → {SIGNALLED, next ticket, x}   a signaller                yes
 *  withdraw     {WAITING, ticket, me} → FREE                        a waiter that gives up     no
 *  go on        {SIGNALLED, at, me} → FREE                           a waiter                   yes, again
 *  forget       {WAITING, ticket, dead} → FREE                      a signaller, a waiter      yes
 *  take over    {SIGNALLED, at, dead} → {SIGNALLED, at, me}           any waiter, and then       no
 *  pass on      {WAITING, ticket &lt; at, x} → {SIGNALLED, at, x}     the same one, and then     no
 *               {SIGNALLED, at, me} → FREE                           the same one               no
 * </pre>
 *
 * <p>Tickets are given in the order in which waiters come, so the lowest waits longest; they wrap around and are
 * compared by their difference. A signalled cell keeps, in place of its ticket, the next ticket as it was: so a signal
 * that is passed on goes only to somebody who was waiting when it was given.
 *
 * <p><b>Death.</b> A signaller asks whether the process of the cell that it chose is dead, and if so frees it and
 * chooses another one. A waiter frees its cell only when it holds the lock again, so the signal of one that dies before
 * is still there. The waiters look for such signals after every slice; one of them takes the signal over and passes it
 * on.
 *
 * <p>Kill points, of who has the lock unless said otherwise: condition-K1 entered, the lock not released: forgotten, and
 * the lock is taken over. condition-K2 waits, without the lock: forgotten. condition-K3 signalled somebody, nobody woken:
 * it wakes up by itself within a slice. condition-K4 was signalled, does not have the lock: the signal is passed on.
 * condition-K5 was signalled, has the lock, the cell is not free: the signal is passed on, which is the spurious wake-up
 * that {@link io.multiprocessing.Condition} speaks of. condition-K6 without the lock, took a signal over: it is taken
 * over again. condition-K7 without the lock, passed a signal on, and did not free the cell: it is passed on once more,
 * a spurious wake-up as well.
 *
 * <p>Memory order: cells are changed by a volatile compare-and-set; what waiters and signallers want to tell each other
 * is ordered by their lock.
 *
 * <p>Source: the queue of {@code AbstractQueuedSynchronizer.ConditionObject}, with the nodes in shared memory.
 */
final class WaiterCells {
    private final Home home;
    private final MemorySegment memory;
    private final long nextTicket;
    private final WaiterBlocks blocks;
    private final int self;

    WaiterCells(Home home, Cell condition) {
        this.home = home;
        this.memory = condition.memory();
        this.nextTicket = condition.offset() + ConditionLayout.NEXT_TICKET;
        this.blocks = new WaiterBlocks(home, condition);
        this.self = home.registry().self();
    }

    /** Takes a cell for a waiter of this process, and gives its index. */
    int enter() {
        int ticket = Words.getAndAddInt(memory, nextTicket, 1);
        long mine = cell(ConditionLayout.WAITING, ticket << ConditionLayout.TICKET_SHIFT, self);
        while (true) {
            int size = blocks.size();
            for (int i = 0; i < size; i++) {
                if (blocks.get(i) == ConditionLayout.FREE && blocks.cas(i, ConditionLayout.FREE, mine)) {
                    CrashPoint.reached("condition-K1");
                    return i;
                }
            }
            if (!forgetDead(size)) {
                blocks.grow();
            }
        }
    }

    /** Whether a waiter of this process has been signalled. */
    boolean isSignalled(int index) {
        return isMine(blocks.get(index), ConditionLayout.SIGNALLED);
    }

    /** Frees the cell of a waiter that does not want to wait any longer; false if it has been signalled. */
    boolean withdraw(int index) {
        long word = blocks.get(index);
        return isMine(word, ConditionLayout.WAITING) && blocks.cas(index, word, ConditionLayout.FREE);
    }

    /** Frees the cell of a waiter that goes on. */
    void goOn(int index) {
        long word = blocks.get(index);
        if (isMine(word, ConditionLayout.SIGNALLED)) {
            blocks.cas(index, word, ConditionLayout.FREE);
        }
    }

    /** Signals to those who wait longest. */
    void signal(int count, Wakes wakes) {
        int now = now();
        for (int left = count; left > 0 && signalOldest(now, wakes); left--) {
            CrashPoint.reached("condition-K3");
        }
    }

    void signalAll(Wakes wakes) {
        int now = now();
        int size = blocks.size();
        for (int i = 0; i < size; i++) {
            long word = blocks.get(i);
            if (state(word) == ConditionLayout.WAITING && grant(i, word, now)) {
                CrashPoint.reached("condition-K3");
                wakes.add(owner(word), i);
            }
        }
    }

    /** Passes on the signals of dead waiters. */
    void passOnFromDead(Wakes wakes) {
        Deaths deaths = new Deaths(home.registry());
        int size = blocks.size();
        for (int i = 0; i < size; i++) {
            long word = blocks.get(i);
            if (state(word) == ConditionLayout.SIGNALLED && deaths.isDead(owner(word))) {
                long mine = cell(ConditionLayout.SIGNALLED, position(word), self);
                if (blocks.cas(i, word, mine)) {
                    CrashPoint.reached("condition-K6");
                    passOn(i, wakes);
                }
            }
        }
    }

    /** Passes on the signal in a cell, if it is one of this process. */
    void passOn(int index, Wakes wakes) {
        long word = blocks.get(index);
        if (isMine(word, ConditionLayout.SIGNALLED)) {
            signalOldest(position(word), wakes);
            CrashPoint.reached("condition-K7");
            goOn(index);
        }
    }

    /** How many wait, for people. */
    int waiting() {
        int waiting = 0;
        int size = blocks.size();
        for (int i = 0; i < size; i++) {
            if (state(blocks.get(i)) == ConditionLayout.WAITING) {
                waiting++;
            }
        }
        return waiting;
    }

    /** Signals to the one who waits longest, lives, and came before a position; false if there is none. */
    private boolean signalOldest(int before, Wakes wakes) {
        while (true) {
            int oldest = -1;
            long oldestWord = 0;
            int oldestAge = 0;
            int size = blocks.size();
            for (int i = 0; i < size; i++) {
                long word = blocks.get(i);
                int age = before - position(word);
                if (state(word) == ConditionLayout.WAITING && age > oldestAge) {
                    oldest = i;
                    oldestWord = word;
                    oldestAge = age;
                }
            }
            if (oldest < 0) {
                return false;
            }
            if (home.registry().isDead(owner(oldestWord))) {
                blocks.cas(oldest, oldestWord, ConditionLayout.FREE);
            } else if (grant(oldest, oldestWord, before)) {
                wakes.add(owner(oldestWord), oldest);
                return true;
            }
        }
    }

    private boolean grant(int index, long waiting, int at) {
        return blocks.cas(index, waiting, cell(ConditionLayout.SIGNALLED, at, owner(waiting)));
    }

    private boolean forgetDead(int size) {
        Deaths deaths = new Deaths(home.registry());
        boolean forgotten = false;
        for (int i = 0; i < size; i++) {
            long word = blocks.get(i);
            if (state(word) == ConditionLayout.WAITING && deaths.isDead(owner(word))) {
                forgotten |= blocks.cas(i, word, ConditionLayout.FREE);
            }
        }
        return forgotten;
    }

    /** Whether a cell is still ours: once we have left the context others take us for dead, and our cells as well. */
    private boolean isMine(long word, int state) {
        return state(word) == state && owner(word) == self;
    }

    private int now() {
        return Words.intVolatile(memory, nextTicket) << ConditionLayout.TICKET_SHIFT;
    }

    private static long cell(int state, int position, int owner) {
        return (long) owner << ConditionLayout.OWNER_SHIFT | Integer.toUnsignedLong(position | state);
    }

    private static int state(long word) {
        return (int) word & ConditionLayout.STATE_MASK;
    }

    /** The ticket where it stands in the cell: differences of these wrap around as tickets do. */
    private static int position(long word) {
        return (int) word & ~ConditionLayout.STATE_MASK;
    }

    private static int owner(long word) {
        return (int) (word >>> ConditionLayout.OWNER_SHIFT);
    }

    /** Collects who is to be woken. */
    interface Wakes {
        void add(int owner, int index);
    }
}
