package io.multiprocessing.local.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How processes that append to one file at the same time take turns.
 *
 * <p>Who appends alone takes the file's lock for each record and gives it back. Where several do, handing the lock to and
 * fro would cost more than the appends. So who has been asked for it lately, or has had to wait for it, keeps it between
 * his appends until he is asked the next time; then he gives it back, and stands back until another one has it. Who waits
 * sleeps for a while, asks, and tries some times in a row: he is awake when he is heeded, and how long he sleeps is how long
 * a turn takes.
 *
 * <p>A kept lock is given back, too, when nothing is appended for a moment: {@link KeptLocks}. And each
 * {@link #BREATH_EVERY_NANOS} nobody of us takes it for {@link #BREATH_NANOS}: programs that lock by other means can't ask.
 *
 * <p>State: three words in the mark beside the file. They are hints, stored without order; what they say wrongly costs time and
 * nothing else. Only the kernel's lock says who may write, and it is the kernel that gives it back for a process that is killed
 * while it keeps it.
 *
 * <p>Of one path in one process. What is not volatile belongs to who has the exclusive lock.
 */
final class Turns {
    private static final long CROWDED_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long STAND_BACK_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long BREATH_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long BREATH_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long NEVER = -1;

    private final Mark mark;
    private volatile long gaveBackInTurn = NEVER;
    private volatile boolean isCrowded;
    private long crowdedUntil;
    private long lastAsked;
    private long lastTurn;

    private Turns(Mark mark) {
        this.mark = mark;
    }

    /** Those at a file; null if nobody appends to it so, or this user may not ask. */
    static @Nullable Turns at(Path path) {
        try {
            Mark mark = Mark.openExisting(Mark.beside(path));
            return mark == null ? null : new Turns(mark);
        } catch (IOException notOurs) {
            return null;
        }
    }

    /** Asks for the lock, and will try to take it now. */
    void ask() {
        mark.ask();
    }

    /** Waits for a moment if it is others' turn to take the lock. */
    void standBack() {
        long turn = gaveBackInTurn;
        if (turn != NEVER) {
            gaveBackInTurn = NEVER;
            long until = System.nanoTime() + STAND_BACK_NANOS;
            while (mark.turn() == turn && until - System.nanoTime() > 0) {
                Thread.onSpinWait();
            }
        }
        if (isCrowded) {
            long left = mark.breath() + BREATH_NANOS - System.nanoTime();
            if (left > 0 && left <= BREATH_NANOS) {
                LockSupport.parkNanos(this, left);
            }
        }
    }

    /**
     * The lock has been taken in order to append.
     *
     * @param hasWaited whether it had to be waited for: by whom, if nobody else has had a turn, does not matter here
     */
    void begin(boolean hasWaited) {
        boolean isOthersTurn = mark.turn() != lastTurn;
        lastTurn = mark.nextTurn();
        lastAsked = mark.asked();
        if (hasWaited && isOthersTurn) {
            isCrowded = true;
            crowdedUntil = System.nanoTime() + CROWDED_NANOS;
        }
    }

    /** Whether to keep the lock until the next append. */
    boolean isToBeKept() {
        long asked = mark.asked();
        boolean isAsked = asked != lastAsked;
        if (!isAsked && !isCrowded) {
            return false;
        }
        long now = System.nanoTime();
        long sinceBreath = now - mark.breath(); // negative if the machine has been started anew
        boolean isTimeToBreathe = sinceBreath >= BREATH_EVERY_NANOS || sinceBreath < 0;
        if (isTimeToBreathe) {
            mark.breathe(now);
        }
        if (isAsked) {
            lastAsked = asked;
            isCrowded = true;
            crowdedUntil = now + CROWDED_NANOS;
            gaveBackInTurn = mark.turn();
            return false;
        }
        isCrowded = crowdedUntil - now > 0;
        return isCrowded && !isTimeToBreathe;
    }
}
