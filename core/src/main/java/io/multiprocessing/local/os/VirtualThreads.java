package io.multiprocessing.local.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sleeps on shared words for virtual threads. A native call pins the carrier of a virtual thread, so the thread parks
 * in Java, and a platform thread, the sleeper, waits for up to {@link Os#MAX_WORDS} words at once in its stead.
 * Threads that wait for the same content of the same word share one of these. A sleeper has a control word of its own
 * by which it is told of new words; it ends when it has had nothing to do for a while.
 *
 * <p>A wake that comes between two sleeps of a sleeper is seen because the content has changed by then; one that
 * leaves the content as it was may be lost, and costs the caller its slice.
 */
final class VirtualThreads {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int WORDS_PER_SLEEPER = Os.MAX_WORDS - 1;

    private final ReentrantLock guard = new ReentrantLock();
    private final List<Sleeper> sleepers = new ArrayList<>();
    private volatile boolean shutDown;

    void await(Os.Word word, long nanos) {
        long deadline = System.nanoTime() + nanos;
        Waiter waiter = new Waiter(Thread.currentThread());
        Sleeper sleeper = enlist(word, waiter);
        try {
            long left = nanos;
            while (!waiter.woken && left > 0 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(this, left);
                left = deadline - System.nanoTime();
            }
        } finally {
            if (!waiter.woken) {
                withdraw(sleeper, waiter);
            }
        }
    }

    /** Ends the sleepers: a thread in a native call would delay the end of the JVM. */
    void shutDown() {
        guard.lock();
        try {
            shutDown = true;
            sleepers.forEach(Sleeper::wakeUp);
        } finally {
            guard.unlock();
        }
    }

    private Sleeper enlist(Os.Word word, Waiter waiter) {
        guard.lock();
        try {
            for (Sleeper sleeper : sleepers) {
                if (sleeper.join(word, waiter)) {
                    return sleeper;
                }
            }
            for (Sleeper sleeper : sleepers) {
                if (sleeper.add(word, waiter)) {
                    return sleeper;
                }
            }
            Sleeper sleeper = new Sleeper();
            sleepers.add(sleeper);
            sleeper.add(word, waiter);
            Thread.ofPlatform()
                    .daemon()
                    .name("multiprocessing-virtual-thread-waits")
                    .start(sleeper);
            return sleeper;
        } finally {
            guard.unlock();
        }
    }

    private void withdraw(Sleeper sleeper, Waiter waiter) {
        guard.lock();
        try {
            sleeper.remove(waiter);
        } finally {
            guard.unlock();
        }
    }

    private static final class Waiter {
        final Thread thread;
        volatile boolean woken;

        Waiter(Thread thread) {
            this.thread = thread;
        }
    }

    private static final class Awaited {
        final Os.Word word;
        final List<Waiter> waiters = new ArrayList<>(1);

        Awaited(Os.Word word) {
            this.word = word;
        }

        boolean isSame(Os.Word other) {
            return word.expected() == other.expected()
                    && word.offset() + word.segment().address()
                            == other.offset() + other.segment().address();
        }

        boolean hasChanged() {
            try {
                return (int) INT.getVolatile(word.segment(), word.offset()) != word.expected();
            } catch (IllegalStateException unmapped) {
                return true; // the waiters will see that, too
            }
        }
    }

    /** A platform thread and the words it sleeps on. Its fields are touched under {@link #guard} only. */
    private final class Sleeper implements Runnable {
        private final MemorySegment control = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
        private final List<Awaited> awaited = new ArrayList<>();

        boolean join(Os.Word word, Waiter waiter) {
            for (Awaited candidate : awaited) {
                if (candidate.isSame(word)) {
                    candidate.waiters.add(waiter);
                    return true;
                }
            }
            return false;
        }

        boolean add(Os.Word word, Waiter waiter) {
            if (awaited.size() == WORDS_PER_SLEEPER) {
                return false;
            }
            Awaited added = new Awaited(word);
            added.waiters.add(waiter);
            awaited.add(added);
            wakeUp();
            return true;
        }

        void wakeUp() {
            INT.getAndAdd(control, 0L, 1);
            Os.current().wake(control, 0, 1);
        }

        void remove(Waiter waiter) {
            for (Awaited candidate : awaited) {
                if (candidate.waiters.remove(waiter)) {
                    // A word nobody waits for any more stays until it changes or the sleeper looks next.
                    return;
                }
            }
        }

        @Override
        public void run() {
            Os.Word[] words = new Os.Word[Os.MAX_WORDS];
            while (!shutDown) {
                int count = collect(words);
                boolean idle = count == 1;
                Os.current().awaitAny(words, count, IDLE_NANOS);
                wakeChanged();
                if (idle && retire()) {
                    return;
                }
            }
        }

        private int collect(Os.Word[] words) {
            guard.lock();
            try {
                words[0] = new Os.Word(control, 0, (int) INT.getVolatile(control, 0L));
                int count = 1;
                for (Iterator<Awaited> each = awaited.iterator(); each.hasNext(); ) {
                    Awaited next = each.next();
                    if (next.waiters.isEmpty()) {
                        each.remove();
                    } else {
                        words[count++] = next.word;
                    }
                }
                return count;
            } finally {
                guard.unlock();
            }
        }

        private void wakeChanged() {
            guard.lock();
            try {
                for (Iterator<Awaited> each = awaited.iterator(); each.hasNext(); ) {
                    Awaited next = each.next();
                    if (next.hasChanged()) {
                        each.remove();
                        for (Waiter waiter : next.waiters) {
                            waiter.woken = true;
                            LockSupport.unpark(waiter.thread);
                        }
                    }
                }
            } finally {
                guard.unlock();
            }
        }

        private boolean retire() {
            guard.lock();
            try {
                return awaited.isEmpty() && sleepers.remove(this);
            } finally {
                guard.unlock();
            }
        }
    }
}
