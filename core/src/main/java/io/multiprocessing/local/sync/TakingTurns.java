package io.multiprocessing.local.sync;

import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.os.Parking;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for something to take of which there may be several, where one waiter is as good as another: permits.
 *
 * <p><b>How.</b> A waiter counts itself in, reads the word, tries to take, and if it fails sleeps as long as the word is
 * what it read. Who gives something changes the word after it, and then wakes as many as it gave if the count is not
 * zero; so with nobody waiting there is no system call. The waiter sees what was given when it tries, or the other one
 * sees the count: both sides write before they read.
 *
 * <p>Of the virtual threads of this process one at a time does that. The others queue up in Java, which is cheaper; each
 * lets in the next when it has taken something or given up.
 *
 * <p><b>Death.</b> Who ought to wake us may be killed before it does, and who was woken may be killed before it takes. So
 * every sleep is a slice, after which the waiter tries again unasked.
 *
 * <p>Kill points: take-K1 counted in and killed: the count stays too high, and some wakes go to nobody.
 *
 * <p>Memory order: the count, the word and what is taken are read and written volatile.
 */
public final class TakingTurns {
    private final Home home;
    private final MemorySegment memory;
    private final long word;
    private final long waiters;
    private final long sliceNanos;
    private @Nullable ReentrantLock virtualThreadsGate;

    /**
     * @param word where the word is
     * @param waiters where it is counted how many wait
     */
    public TakingTurns(Home home, MemorySegment memory, long word, long waiters, long sliceNanos) {
        this.home = home;
        this.memory = memory;
        this.word = word;
        this.waiters = waiters;
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
        if (!gate.tryLock(Math.max(deadline.nextSlice(Long.MAX_VALUE), 0), TimeUnit.NANOSECONDS)) {
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
     * Something was given: changes the word, which serves nothing else, if anybody sleeps on it, and wakes at most so
     * many. What was given must have been stored before, by a volatile store or with a full fence since.
     */
    public void changed(int count) {
        if (Words.intVolatile(memory, waiters) != 0) {
            Words.getAndAddInt(memory, word, 1);
            Os.current().wake(memory, word, count);
        }
    }

    /** Wakes at most so many of those who sleep on the word, which was changed before. */
    void wake(int count) {
        if (Words.intVolatile(memory, waiters) != 0) {
            Os.current().wake(memory, word, count);
        }
    }

    private boolean sleep(Attempt attempt, Deadline deadline) throws InterruptedException {
        Words.getAndAddInt(memory, waiters, 1);
        CrashPoint.reached("take-K1");
        try {
            while (true) {
                home.checkOpen();
                int seen = Words.intVolatile(memory, word);
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
            wake(1); // we may have been woken for something that another one could take
            throw interrupted;
        } finally {
            Words.getAndAddInt(memory, waiters, -1);
        }
    }

    private synchronized ReentrantLock virtualThreadsGate() {
        if (virtualThreadsGate == null) {
            virtualThreadsGate = new ReentrantLock();
        }
        return virtualThreadsGate;
    }
}
