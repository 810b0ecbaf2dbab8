package io.multiprocessing.local.sync;

import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.os.Parking;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.Words;
import io.multiprocessing.spi.Deadline;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where threads of this process wait, each until something of its own is so that others bring about.
 *
 * <p><b>How.</b> One of them, the leader, sleeps on a word in shared memory; the others park in Java. Who brings
 * something about changes the word after it, and wakes who sleeps on it, in all processes. The leader then looks for whom
 * the time has come, and unparks those. So ten thousand virtual threads cost one sleep.
 *
 * <p>The leader counts itself in before it reads the word, looks around, and sleeps as long as the word is what it read.
 * If nobody is counted in there is no need to wake anybody. The leader sees the change, or the other one sees the count:
 * both sides write before they read.
 *
 * <p>When the leader leaves it unparks one of the others, which becomes the leader, or, if it is just leaving as well,
 * does the same. There is none only while such a thread is on its way.
 *
 * <p><b>Death.</b> Who ought to wake us may be killed before it does. So every sleep is a slice, after which the leader
 * looks around unasked.
 *
 * <p>Kill points: wait-K1 counted in and killed: the count stays too high, and some wakes go to nobody.
 *
 * <p>Memory order: the count, the word and what is waited for are read and written volatile.
 */
final class WaitingRoom {
    private final Home home;
    private final MemorySegment memory;
    private final long word;
    private final long sleepers;
    private final long sliceNanos;
    private final Runnable afterSlice;
    private final ConcurrentSkipListMap<Long, Waiter> waiters = new ConcurrentSkipListMap<>();
    private final AtomicReference<@Nullable Waiter> leader = new AtomicReference<>();

    /**
     * @param word where the word is
     * @param sleepers where it is counted how many processes sleep
     * @param afterSlice what the leader does when the word did not change for a slice
     */
    WaitingRoom(Home home, MemorySegment memory, long word, long sleepers, long sliceNanos, Runnable afterSlice) {
        this.home = home;
        this.memory = memory;
        this.word = word;
        this.sleepers = sleepers;
        this.sliceNanos = sliceNanos;
        this.afterSlice = afterSlice;
    }

    /**
     * Waits until the time has come.
     *
     * @param key by which {@link #unpark} finds the thread; no other one in the room has it
     * @param hasCome asked by any thread, and often
     * @return false if the deadline is over first
     * @throws IllegalStateException if the context is closed
     */
    boolean await(long key, BooleanSupplier hasCome, Deadline deadline) throws InterruptedException {
        Waiter me = new Waiter(Thread.currentThread(), hasCome);
        waiters.put(key, me);
        try {
            while (!hasCome.getAsBoolean()) {
                home.checkOpen();
                long nanos = deadline.nanosLeft();
                if (nanos <= 0) {
                    return false;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (leader.get() == me || leader.compareAndSet(null, me)) {
                    lead(me, Math.min(nanos, sliceNanos));
                } else {
                    LockSupport.parkNanos(this, nanos);
                }
            }
            if (leader.get() == me) {
                unparkThoseWhoseTimeHasCome();
            }
            return true;
        } finally {
            waiters.remove(key);
            leader.compareAndSet(me, null);
            if (leader.get() == null) {
                unparkOne();
            }
        }
    }

    /** Wakes those who sleep on the word, in all processes; it was changed before. */
    void wakeSleepers() {
        if (Words.intVolatile(memory, sleepers) != 0) {
            Os.current().wake(memory, word, Integer.MAX_VALUE);
        }
    }

    /** Lets a thread look whether its time has come; false if it has to be woken by the word. */
    boolean unpark(long key) {
        Waiter waiter = waiters.get(key);
        if (waiter == null || waiter == leader.get()) {
            return false;
        }
        LockSupport.unpark(waiter.thread);
        return true;
    }

    private void lead(Waiter me, long nanos) throws InterruptedException {
        Words.getAndAddInt(memory, sleepers, 1);
        CrashPoint.reached("wait-K1");
        try {
            int seen = Words.intVolatile(memory, word);
            unparkThoseWhoseTimeHasCome();
            if (!me.hasCome.getAsBoolean()) {
                Parking.await(memory, word, seen, nanos);
                home.checkOpen();
                if (Words.intVolatile(memory, word) == seen) {
                    afterSlice.run();
                }
            }
        } finally {
            Words.getAndAddInt(memory, sleepers, -1);
        }
    }

    private void unparkThoseWhoseTimeHasCome() {
        for (Waiter waiter : waiters.values()) {
            if (waiter.hasCome.getAsBoolean()) {
                LockSupport.unpark(waiter.thread);
            }
        }
    }

    private void unparkOne() {
        Map.Entry<Long, Waiter> first = waiters.firstEntry();
        if (first != null) {
            LockSupport.unpark(first.getValue().thread);
        }
    }

    private static final class Waiter {
        final Thread thread;
        final BooleanSupplier hasCome;

        Waiter(Thread thread, BooleanSupplier hasCome) {
            this.thread = thread;
            this.hasCome = hasCome;
        }
    }
}
