package io.multiprocessing.local.sync;

import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.os.Parking;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.Words;
import io.multiprocessing.spi.Deadline;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for something to take of which there may be several, where one waiter is as good as another: permits, messages,
 * room.
 *
 * <p><b>How.</b> One word serves nothing else. Its lowest bit says that somebody may sleep on it, the others count. A
 * waiter sets the bit, tries to take, and if it fails sleeps as long as the word is what it read. Who gives something
 * looks at the word after it; if the bit is set it counts on, and wakes as many as it gave. With nobody waiting there is
 * no system call. The waiter sees what was given when it tries, or the other one sees the bit: both sides write before
 * they read.
 *
 * <p>When fewer slept than could have been woken nobody sleeps any more, so the giver removes the bit; by that it changes
 * the word, and it wakes all once more, for those who have gone to sleep on the word as it was before. They try again,
 * and set the bit again. So while a waiter that was woken is on its way, further gifts cost nothing. Who wakes all removes the
 * bit at once.
 *
 * <p>Of the virtual threads of this process one at a time does that. The others queue up in Java, which is cheaper; each
 * lets in the next when it has taken something or given up.
 *
 * <p><b>Death.</b> Who ought to wake us may be killed before it does, and who was woken may be killed before it takes. So
 * every sleep is a slice, after which the waiter tries again unasked.
 *
 * <p>Kill points: take-K1 the bit is set, and its setter killed: the next gift wakes nobody, and removes it. take-K2
 * the word is changed, and nobody is woken: they find what was given after a slice.
 *
 * <p>Memory order: the word and what is taken are read and written volatile.
 *
 * <p>Source: the bit is that of U. Drepper, "Futexes Are Tricky" (mutex2).
 */
public final class TakingTurns {
    private static final int SOMEBODY_SLEEPS = 1;
    private static final int ONE = 2;

    private final Home home;
    private final MemorySegment memory;
    private final long word;
    private final long sliceNanos;
    private @Nullable ReentrantLock virtualThreadsGate;

    /** @param word where the word is; 0 at first */
    public TakingTurns(Home home, MemorySegment memory, long word, long sliceNanos) {
        this.home = home;
        this.memory = memory;
        this.word = word;
        this.sliceNanos = sliceNanos;
    }

    /**
     * Tries until it succeeds, at least once.
     *
     * @return false if the time is over first
     * @throws IllegalStateException if the context is closed
     */
    public boolean await(Attempt attempt, Deadline deadline) throws InterruptedException {
        if (!Thread.currentThread().isVirtual()) {
            return sleep(attempt, deadline);
        }
        ReentrantLock gate = virtualThreadsGate();
        if (!gate.tryLock(Math.max(deadline.nanosLeft(), 0), TimeUnit.NANOSECONDS)) {
            home.checkOpen();
            return attempt.succeeds();
        }
        try {
            return sleep(attempt, deadline);
        } finally {
            gate.unlock();
        }
    }

    /** Takes something if it is there. */
    @FunctionalInterface
    public interface Attempt {
        boolean succeeds() throws InterruptedException;
    }

    /**
     * Something was given: wakes at most so many of those who wait for it. It must have been stored before, by a
     * volatile store or with a full fence since.
     */
    public void changed(int count) {
        if ((Words.intVolatile(memory, word) & SOMEBODY_SLEEPS) == 0) {
            return;
        }
        if (count == Integer.MAX_VALUE) {
            wakeAll();
        } else {
            wake(count);
        }
    }

    private void wakeAll() {
        int before = Words.intVolatile(memory, word);
        while ((before & SOMEBODY_SLEEPS) != 0) {
            if (Words.casInt(memory, word, before, before + ONE - SOMEBODY_SLEEPS)) {
                CrashPoint.reached("take-K2");
                Os.current().wake(memory, word, Integer.MAX_VALUE);
                return;
            }
            before = Words.intVolatile(memory, word);
        }
    }

    private void wake(int count) {
        Words.getAndAddInt(memory, word, ONE);
        CrashPoint.reached("take-K2");
        if (Os.current().wake(memory, word, count) < count) {
            int before = Words.intVolatile(memory, word);
            if ((before & SOMEBODY_SLEEPS) != 0 && Words.casInt(memory, word, before, before + ONE - SOMEBODY_SLEEPS)) {
                Os.current().wake(memory, word, Integer.MAX_VALUE);
            }
        }
    }

    private boolean sleep(Attempt attempt, Deadline deadline) throws InterruptedException {
        try {
            while (true) {
                home.checkOpen();
                int seen = sayThatSomebodySleeps();
                CrashPoint.reached("take-K1");
                if (attempt.succeeds()) {
                    return true;
                }
                long nanos = deadline.nextSlice(sliceNanos);
                if (nanos <= 0) {
                    return false;
                }
                Parking.await(memory, word, seen, nanos);
            }
        } catch (InterruptedException interrupted) {
            changed(1); // we may have been woken for something that another one could take
            throw interrupted;
        }
    }

    /**
     * Says that somebody will sleep on the word, for those who wait in a way of their own: then they look once more, and
     * sleep as long as the word is what this gives.
     */
    public int sayThatSomebodySleeps() {
        while (true) {
            int before = Words.intVolatile(memory, word);
            if ((before & SOMEBODY_SLEEPS) != 0 || Words.casInt(memory, word, before, before | SOMEBODY_SLEEPS)) {
                return before | SOMEBODY_SLEEPS;
            }
        }
    }

    private synchronized ReentrantLock virtualThreadsGate() {
        if (virtualThreadsGate == null) {
            virtualThreadsGate = new ReentrantLock();
        }
        return virtualThreadsGate;
    }
}
