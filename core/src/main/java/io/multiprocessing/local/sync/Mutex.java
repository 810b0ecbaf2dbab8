package io.multiprocessing.local.sync;

import io.multiprocessing.Abandonment;
import io.multiprocessing.local.member.Member;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.os.Parking;
import io.multiprocessing.local.segment.BareWords;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.SegmentStore;
import io.multiprocessing.local.segment.Words;
import io.multiprocessing.spi.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Mutual exclusion between processes, held by a process; whoever builds on it decides what a thread may.
 *
 * <p><b>How.</b> One word says who holds the lock, see {@link LockLayout}. It is taken by changing 0 to one's own
 * number: there is no moment at which it is taken and nobody knows by whom. Who finds it held spins a little, then sets
 * the bit for waiters and sleeps on the word. Who releases stores 0, and wakes one sleeper if the bit was set. Who has
 * slept takes the lock with the bit set, because others may still sleep.
 *
 * <p><b>Death.</b> A sleeper wakes up now and then and asks whether the holder is dead, which is proven by its file lock
 * in the registry, not guessed from the time. If so, it changes the dead number to its own, which succeeds for one, and
 * sets the bit that says so. A lock held by a living process, though it sleep for hours, is never taken.
 *
 * <p>Kill points: lock-K1 taken, nothing done yet: taken over. lock-K2 the waiters' bit is set: the holder wakes
 * somebody in vain. lock-K3 released, nobody woken: the sleepers wake up by themselves within a slice. lock-K4 taken
 * over, not yet written from whom: taken over again.
 *
 * <p>Memory order: acquire and release change the word by a volatile compare-and-set. A {@linkplain #brief brief}
 * lock is released by a store without a fence if nobody is seen to wait. That may overwrite the bit of a waiter that sets it
 * at that moment; so a waiter that has set it looks again when that store must have come, see {@link Settling}, before it
 * sleeps.
 *
 * <p>Sources: U. Drepper, "Futexes Are Tricky" (mutex2); the robust mutexes of POSIX, pthread_mutexattr_setrobust(3).
 */
public final class Mutex {
    /** How long to sleep before looking whether the holder lives: a quarter of what a takeover may last. */
    static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

    private static final int SPINS = 100;
    private static final int SPINS_BETWEEN_TURNS = 10;
    private static final int TURNS_IF_BRIEF = 20;

    private final Home home;
    private final MemorySegment memory;
    private final long base;
    private final long word;
    private final int self;
    private final boolean isBrief;
    private final long address; // of the word, if the lock is brief
    private @Nullable ReentrantLock virtualThreadsGate;

    public Mutex(Home home, Cell cell) {
        this(home, cell, false);
    }

    private Mutex(Home home, Cell cell, boolean isBrief) {
        this.isBrief = isBrief;
        this.home = home;
        this.memory = cell.memory();
        this.base = cell.offset();
        this.word = base + LockLayout.WORD;
        this.self = home.registry().self();
        this.address = memory.address() + word;
    }

    /**
     * A lock that is taken a million times a second, and never held for longer than it takes to copy some bytes. Who finds it
     * held lets others run for a while before it sleeps: the holder may have no processor. To wake and to sleep would take
     * everybody a hundred times as long as what is done under the lock, and once they have begun they go on with it. What a
     * thread reads after it has released a brief lock may be older than the release, and than what was written before it.
     */
    public static Mutex brief(Home home, Cell cell) {
        if (!SegmentStore.staysMapped(cell.id())) {
            throw new IllegalArgumentException("no place for a brief lock: " + cell.id());
        }
        return new Mutex(home, cell, true);
    }

    /** Takes the lock if it is free or its holder is dead. */
    public boolean tryAcquire() {
        home.checkOpen();
        if (Words.casInt(memory, word, 0, self)) {
            CrashPoint.reached("lock-K1");
            return true;
        }
        int held = Words.intVolatile(memory, word);
        return held == 0 ? Words.casInt(memory, word, 0, self) : takeOverFromDead(held, 0);
    }

    /** Takes the lock; false if the time is over first. */
    public boolean acquire(Deadline deadline) throws InterruptedException {
        return acquireFree() || acquireHeld(deadline);
    }

    /** As {@link #acquire(Deadline)}; what is free needs no clock. */
    public boolean acquire(Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "timeout");
        return acquireFree() || acquireHeld(Deadline.after(timeout));
    }

    /** Takes the lock; an interrupt is kept for later. */
    public void acquireUninterruptibly() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    acquire(Deadline.NEVER);
                    return;
                } catch (InterruptedException keptForLater) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Releases the lock. A process that has left the context holds nothing any more: it releases what nobody has taken over
     * meanwhile, and otherwise does nothing.
     *
     * @throws IllegalMonitorStateException if nobody holds the lock
     */
    public void release() {
        if (isBrief && BareWords.intOpaque(address) == self) {
            BareWords.setIntRelease(address, 0);
            Reference.reachabilityFence(memory); // until here it has to be mapped
            return;
        }
        int held;
        do {
            held = Words.intVolatile(memory, word);
            // In this order: who has taken it over did so after we had left.
            if (home.isClosed() && (held & LockLayout.OWNER_MASK) != self) {
                return;
            }
            if (held == 0) {
                throw new IllegalMonitorStateException("release of a lock that nobody holds");
            }
        } while (!Words.casInt(memory, word, held, 0));
        if (held < 0) {
            CrashPoint.reached("lock-K3");
            Os.current().wake(memory, word, 1);
        }
    }

    public boolean isHeld() {
        return Words.intVolatile(memory, word) != 0;
    }

    public boolean isHeldByThisProcess() {
        return (Words.intVolatile(memory, word) & LockLayout.OWNER_MASK) == self;
    }

    /** Whether its holder has taken it over from a process that died. */
    public boolean isTakenOver() {
        return (Words.intVolatile(memory, word) & LockLayout.ABANDONED) != 0;
    }

    /** From whom its holder has taken the lock over; null if it was free. */
    public @Nullable Abandonment abandonment() {
        if ((Words.intVolatile(memory, word) & LockLayout.ABANDONED) == 0) {
            return null;
        }
        long pid = Words.longPlain(memory, base + LockLayout.ABANDONED_PID);
        Instant when = Instant.ofEpochMilli(Words.longPlain(memory, base + LockLayout.ABANDONED_MILLIS));
        return new Abandonment(pid, when);
    }

    /** Who holds the lock, for people. */
    public String describeHolder() {
        int holder = Words.intVolatile(memory, word) & LockLayout.OWNER_MASK;
        if (holder == 0) {
            return "free";
        }
        if (holder == self) {
            return "held by this process";
        }
        Optional<Member> member = home.registry().member(holder);
        return member.map(known -> "held by " + known.name() + ", pid " + known.pid())
                        .orElse("held by a process that is gone")
                + (home.registry().isDead(holder) ? ", which has died" : "");
    }

    private boolean acquireFree() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        home.checkOpen();
        boolean isAcquired = isBrief ? BareWords.casInt(address, 0, self) : Words.casInt(memory, word, 0, self);
        if (isAcquired) {
            CrashPoint.reached("lock-K1");
        }
        return isAcquired;
    }

    private boolean acquireHeld(Deadline deadline) throws InterruptedException {
        if (spin(0)) {
            return true;
        }
        return Thread.currentThread().isVirtual() ? sleepBehindGate(deadline) : sleep(deadline);
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint to the scheduler, on which nothing relies
    private boolean spin(int waiters) {
        int turns = isBrief ? TURNS_IF_BRIEF : 1;
        for (int spins = SPINS; turns > 0; turns--, spins = SPINS_BETWEEN_TURNS) {
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
                if (Words.intOpaque(memory, word) == 0 && Words.casInt(memory, word, 0, self | waiters)) {
                    CrashPoint.reached("lock-K1");
                    return true;
                }
            }
            if (isBrief) {
                Thread.yield();
            }
        }
        return false;
    }

    /** One virtual thread of this process at a time sleeps on the word; the others queue up in Java, which is cheaper. */
    private boolean sleepBehindGate(Deadline deadline) throws InterruptedException {
        ReentrantLock gate = virtualThreadsGate();
        long nanos = deadline.nanosLeft();
        if (!gate.tryLock(Math.max(nanos, 0), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            return sleep(deadline);
        } finally {
            gate.unlock();
        }
    }

    private synchronized ReentrantLock virtualThreadsGate() {
        if (virtualThreadsGate == null) {
            virtualThreadsGate = new ReentrantLock();
        }
        return virtualThreadsGate;
    }

    private boolean sleep(Deadline deadline) throws InterruptedException {
        int waiters = 0;
        while (true) {
            home.checkOpen();
            int held = Words.intVolatile(memory, word);
            if (held == 0) {
                if (Words.casInt(memory, word, 0, self | waiters)) {
                    CrashPoint.reached("lock-K1");
                    return true;
                }
                continue;
            }
            if (takeOverFromDead(held, waiters)) {
                return true;
            }
            long slice = deadline.nextSlice(SLICE_NANOS);
            if (slice <= 0) {
                return false;
            }
            int expected = held | LockLayout.WAITERS;
            if (held == expected || Words.casInt(memory, word, held, expected)) {
                CrashPoint.reached("lock-K2");
                waiters = LockLayout.WAITERS;
                if (isBrief) {
                    Settling.pause();
                }
                Parking.await(memory, word, expected, slice);
                if (isBrief && spin(waiters)) {
                    return true;
                }
            }
        }
    }

    private boolean takeOverFromDead(int held, int waiters) {
        int holder = held & LockLayout.OWNER_MASK;
        if (!home.registry().isDead(holder)) {
            return false;
        }
        Optional<Member> dead = home.registry().member(holder);
        int mine = self | LockLayout.ABANDONED | (held & LockLayout.WAITERS) | waiters;
        if (!Words.casInt(memory, word, held, mine)) {
            return false;
        }
        CrashPoint.reached("lock-K4");
        long pid = dead.map(Member::pid).orElse(0L);
        Words.setLongPlain(memory, base + LockLayout.ABANDONED_PID, pid);
        Words.setLongPlain(memory, base + LockLayout.ABANDONED_MILLIS, System.currentTimeMillis());
        Log.takenOver(dead);
        return true;
    }

    /** Apart, because to find a logger takes a fresh JVM longer than all else here. */
    private static final class Log {
        private static final Logger LOGGER = System.getLogger("io.multiprocessing");

        static void takenOver(Optional<Member> dead) {
            LOGGER.log(
                    Level.DEBUG,
                    "a lock was taken over from {0}, which ended while it held it",
                    dead.map(member -> member.name() + ", pid " + member.pid()).orElse("a process"));
        }
    }
}
