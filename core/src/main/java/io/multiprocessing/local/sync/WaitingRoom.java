package io.multiprocessing.local.sync;

import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.os.Parking;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Where the threads of this process wait at a condition.
 *
 * <p>One of them, the leader, sleeps on the wake word of this process in shared memory, in slices; the others park in
 * Java. Whoever has signalled a waiter of this process changes that word and wakes who sleeps on it: the leader then looks
 * at the cells of all, and unparks those that were signalled. So ten thousand virtual threads cost one sleep. A signaller
 * in this process unparks the signalled one itself.
 *
 * <p>When the leader leaves it unparks one of the others, which becomes the leader, or, if it is just leaving as well,
 * does the same. There is none only while such a thread is on its way.
 */
final class WaitingRoom {
    private final Home home;
    private final MemorySegment memory;
    private final long base;
    private final int self;
    private final IntPredicate isSignalled;
    private final Runnable afterSlice;
    private final Map<Integer, Waiter> waiters = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Waiter> leader = new AtomicReference<>();

    /**
     * @param isSignalled whether the waiter with a cell has been signalled
     * @param afterSlice what the leader does when it was not woken for a slice
     */
    WaitingRoom(Home home, Cell condition, IntPredicate isSignalled, Runnable afterSlice) {
        this.home = home;
        this.memory = condition.memory();
        this.base = condition.offset();
        this.self = home.registry().self();
        this.isSignalled = isSignalled;
        this.afterSlice = afterSlice;
    }

    /**
     * Waits until the cell is signalled.
     *
     * @return false if the time is over first
     * @throws IllegalStateException if the context is closed
     */
    boolean await(int index, Deadline deadline) throws InterruptedException {
        Waiter me = new Waiter(index, Thread.currentThread());
        waiters.put(index, me);
        try {
            while (!isSignalled.test(index)) {
                long nanos = deadline.nextSlice(Long.MAX_VALUE);
                if (nanos <= 0) {
                    return false;
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                home.checkOpen();
                if (leader.get() == me || leader.compareAndSet(null, me)) {
                    lead(index, Math.min(nanos, Mutex.SLICE_NANOS));
                } else {
                    LockSupport.parkNanos(this, nanos);
                }
            }
            return true;
        } finally {
            waiters.remove(index);
            leader.compareAndSet(me, null);
            if (leader.get() == null) {
                unparkAny();
            }
        }
    }

    /** Lets the waiters go on that were signalled: unparks those of this process, and gathers the words of others. */
    final class WakeUp implements WaiterCells.Wakes {
        private int words;

        @Override
        public void add(int owner, int index) {
            Waiter local = owner == self ? waiters.get(index) : null;
            if (local == null || local == leader.get()) {
                words |= 1 << ConditionLayout.wakeWordIndex(owner);
            } else {
                LockSupport.unpark(local.thread);
            }
        }

        /** Wakes the other processes. */
        void send() {
            for (int i = 0; i < ConditionLayout.WAKE_WORD_COUNT; i++) {
                if ((words & 1 << i) != 0) {
                    long word = base + ConditionLayout.wakeWord(i);
                    Words.getAndAddInt(memory, word, 1);
                    Os.current().wake(memory, word, Integer.MAX_VALUE);
                }
            }
        }
    }

    private void lead(int index, long nanos) throws InterruptedException {
        long word = base + ConditionLayout.wakeWord(self);
        // Read before the cells: who notifies later changes it, and then there is no sleep.
        int seen = Words.intVolatile(memory, word);
        for (Waiter waiter : waiters.values()) {
            if (waiter.index != index && isSignalled.test(waiter.index)) {
                LockSupport.unpark(waiter.thread);
            }
        }
        if (isSignalled.test(index)) {
            return;
        }
        Parking.await(memory, word, seen, nanos);
        home.checkOpen();
        if (Words.intVolatile(memory, word) == seen) {
            afterSlice.run();
        }
    }

    private void unparkAny() {
        for (Waiter waiter : waiters.values()) {
            LockSupport.unpark(waiter.thread);
            return;
        }
    }

    private static final class Waiter {
        final int index;
        final Thread thread;

        Waiter(int index, Thread thread) {
            this.index = index;
            this.thread = thread;
        }
    }
}
