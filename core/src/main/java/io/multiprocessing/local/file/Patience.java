package io.multiprocessing.local.file;

import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How long one attempt to lock waits, and whether it can be interrupted. The kernel's own wait can be neither limited nor
 * interrupted from Java, and would pin the carrier of a virtual thread; so a waiter tries again: some times at once,
 * because most holders are quick, then after pauses that grow to {@link #LONGEST_PAUSE_NANOS}.
 */
final class Patience implements AutoCloseable {
    private static final int ATTEMPTS_AT_ONCE = 8;
    private static final int SPINS = 60;
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long SHORTEST_TURN_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private enum Kind {
        NONE,
        INTERRUPTIBLE,
        UNINTERRUPTIBLE
    }

    private final Kind kind;
    private final Deadline deadline;
    private int attempts;
    private boolean hasSlept;
    private long pauseNanos = SHORTEST_PAUSE_NANOS;
    private boolean wasInterrupted;

    private Patience(Kind kind, Deadline deadline) {
        this.kind = kind;
        this.deadline = deadline;
    }

    /** Does not wait at all. */
    static Patience none() {
        return new Patience(Kind.NONE, Deadline.NEVER);
    }

    /** Waits so long, or without limit. */
    static Patience of(@Nullable Duration timeout) {
        return new Patience(Kind.INTERRUPTIBLE, Deadline.after(timeout));
    }

    /** Waits without limit, and keeps an interrupt for later. */
    static Patience uninterruptible() {
        return new Patience(Kind.UNINTERRUPTIBLE, Deadline.NEVER);
    }

    /** @throws InterruptedException if the thread has been interrupted and this heeds it */
    void check() throws InterruptedException {
        if (kind == Kind.INTERRUPTIBLE && Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Takes a lock among the threads of this process. */
    boolean enter(Lock gate) throws InterruptedException {
        return switch (kind) {
            case NONE -> gate.tryLock();
            case INTERRUPTIBLE -> gate.tryLock(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
            case UNINTERRUPTIBLE -> {
                gate.lock();
                yield true;
            }
        };
    }

    /** Lets others take the lock first if it is their turn. */
    void standBack(@Nullable Turns turns) {
        if (turns != null && kind != Kind.NONE) {
            turns.standBack();
        }
    }

    /** Lets some time go by; false if there is none left. Then those whose turn it is are asked, if there are any. */
    boolean pause(@Nullable Turns turns) throws InterruptedException {
        check();
        if (kind == Kind.NONE || deadline.isOver()) {
            return false;
        }
        if (attempts++ < ATTEMPTS_AT_ONCE) {
            for (int i = 0; i < SPINS; i++) {
                Thread.onSpinWait();
            }
            return true;
        }
        if (turns != null && !hasSlept) {
            pauseNanos = SHORTEST_TURN_NANOS;
        }
        LockSupport.parkNanos(this, deadline.nextSlice(pauseNanos));
        hasSlept = true;
        pauseNanos = Math.min(pauseNanos * 2, LONGEST_PAUSE_NANOS);
        if (turns != null) {
            turns.ask();
            attempts = 0;
        }
        if (kind == Kind.UNINTERRUPTIBLE) {
            wasInterrupted |= Thread.interrupted();
        }
        return true;
    }

    /** Whether it has come to pauses, and before to some attempts at once. */
    boolean isSlow() {
        return hasSlept;
    }

    /** Whether to try again at once, most likely: no reason to look at other things. */
    boolean isEager() {
        return attempts < ATTEMPTS_AT_ONCE;
    }

    @Override
    public void close() {
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
