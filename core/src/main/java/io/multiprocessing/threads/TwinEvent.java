package io.multiprocessing.threads;

import io.multiprocessing.Event;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;

/** A flag to wait for. */
@SuppressWarnings("serial") // travels as a handle
final class TwinEvent extends TwinObject implements Event {
    private final Flag flag;

    TwinEvent(TwinContext context, long id, Flag flag) {
        super(context, id);
        this.flag = flag;
    }

    @Override
    public void set() {
        checkOpen();
        flag.room.changeForAll(() -> {
            flag.timesSet += flag.isSet ? 0 : 1;
            flag.isSet = true;
            return flag;
        });
    }

    @Override
    public void clear() {
        checkOpen();
        flag.room.look(() -> {
            flag.isSet = false;
            return flag;
        });
    }

    @Override
    public boolean isSet() {
        checkOpen();
        return flag.room.look(() -> flag.isSet);
    }

    @Override
    public void await() throws InterruptedException {
        await(Deadline.NEVER);
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return await(Deadline.after(timeout));
    }

    /** Who has seen it unset goes on when it has been set since, even if it is unset again. */
    private boolean await(Deadline deadline) throws InterruptedException {
        long timesSet = flag.room.look(() -> flag.timesSet);
        return flag.room.await(context, () -> flag.isSet || flag.timesSet != timesSet, deadline);
    }

    @Override
    String typeName() {
        return "Event";
    }

    @Override
    public String toString() {
        return "Event[" + (context.isClosed() ? "closed" : isSet() ? "set" : "unset") + "]";
    }

    /** What is shared, guarded by the room. */
    static final class Flag {
        private final Room room;
        private boolean isSet;
        private long timesSet;

        Flag(Space space) {
            this.room = new Room(space);
        }
    }
}
