package io.multiprocessing.local.sync;

import io.multiprocessing.Event;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.LocalObject;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.Words;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A flag to wait for.
 *
 * <p><b>How.</b> One word holds the flag and a count of how often it was set, see {@link EventLayout}. To set is to
 * change both at once, and to wake all, see {@link WaitingRoom}. The word of an unset event changes only when it is set, so who sleeps on an
 * unset one goes on when the word is another one, even if the flag has been taken back by then.
 *
 * <p><b>Death.</b> Setting is one store, so there is nothing to repair.
 *
 * <p>Kill points: event-K1 set, nobody woken: the sleepers see it within a slice.
 *
 * <p>Memory order: the word is changed by a volatile compare-and-set and read volatile.
 */
@SuppressWarnings("serial") // travels as a handle
public final class LocalEvent extends LocalObject implements Event {
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long word;
    private final WaitingRoom room;

    public LocalEvent(Home home, Cell cell) {
        super(home, ObjectKind.EVENT, cell);
        this.word = base + EventLayout.WORD;
        this.room = new WaitingRoom(home, memory, word, base + EventLayout.SLEEPERS, SLICE_NANOS, () -> {});
    }

    @Override
    public void set() {
        home.checkOpen();
        int before;
        do {
            before = Words.intVolatile(memory, word);
            if ((before & EventLayout.SET) != 0) {
                return;
            }
        } while (!Words.casInt(memory, word, before, before + EventLayout.ONE_MORE | EventLayout.SET));
        CrashPoint.reached("event-K1");
        room.wakeSleepers();
    }

    @Override
    public void clear() {
        home.checkOpen();
        int before;
        do {
            before = Words.intVolatile(memory, word);
        } while ((before & EventLayout.SET) != 0 && !Words.casInt(memory, word, before, before & ~EventLayout.SET));
    }

    @Override
    public boolean isSet() {
        home.checkOpen();
        return (Words.intVolatile(memory, word) & EventLayout.SET) != 0;
    }

    @Override
    public void await() throws InterruptedException {
        await(Deadline.NEVER);
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return await(Deadline.after(timeout));
    }

    @Override
    public String toString() {
        return "Event[" + (home.isClosed() ? "closed" : isSet() ? "set" : "unset") + "]";
    }

    private boolean await(Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        home.checkOpen();
        int before = Words.intVolatile(memory, word);
        BooleanSupplier hasCome = () -> Words.intVolatile(memory, word) != before;
        return (before & EventLayout.SET) != 0
                || room.await(Thread.currentThread().threadId(), hasCome, deadline);
    }
}
