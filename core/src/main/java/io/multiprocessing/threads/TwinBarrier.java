package io.multiprocessing.threads;

import io.multiprocessing.Barrier;
import io.multiprocessing.Task;
import io.multiprocessing.codec.TaskCodec;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import org.jspecify.annotations.Nullable;

/**
 * A place where parties wait for each other. A pass is filled by those who arrive; the last one runs the action and lets
 * all go on, by beginning the next pass. A pass breaks when the context of one who has arrived is closed, or that of one
 * who went on last time because it was killed.
 */
@SuppressWarnings({"serial", "ReferenceEquality"}) // travels as a handle; a pass is itself
final class TwinBarrier extends TwinObject implements Barrier {
    private final Passes passes;

    TwinBarrier(TwinContext context, long id, Passes passes) {
        super(context, id);
        this.passes = passes;
    }

    @Override
    public int await() throws InterruptedException, BrokenBarrierException {
        return await(passes.timeout == null ? Deadline.NEVER : Deadline.after(passes.timeout));
    }

    @Override
    public int await(Duration timeout) throws InterruptedException, BrokenBarrierException {
        return await(Deadline.after(timeout));
    }

    private int await(Deadline deadline) throws InterruptedException, BrokenBarrierException {
        Arrival arrival = arrive(deadline);
        Pass pass = arrival.pass;
        if (pass.isBroken && arrival.index < 0) {
            throw broken();
        }
        if (arrival.index == passes.parties - 1) {
            goOn(pass);
        } else {
            awaitEnd(pass, deadline);
        }
        return arrival.index;
    }

    /** Takes a place in the present pass; while all are taken, because the action runs, waits for the next one. */
    private Arrival arrive(Deadline deadline) throws InterruptedException, BrokenBarrierException {
        Arrival[] arrival = {null};
        try {
            boolean arrived = passes.room.await(
                    context,
                    () -> {
                        Pass now = passes.present;
                        if (!now.isBroken && now.arrived.size() == passes.parties) {
                            return false;
                        }
                        arrival[0] = new Arrival(now, now.isBroken ? -1 : now.arrived.size());
                        if (!now.isBroken) {
                            now.arrived.add(context);
                        }
                        return true;
                    },
                    deadline);
            if (!arrived) {
                abort();
                throw new BrokenBarrierException("a party waited too long at the barrier: this one");
            }
        } catch (InterruptedException interrupted) {
            abort();
            throw interrupted;
        }
        return arrival[0];
    }

    /** What the last to arrive does. */
    private void goOn(Pass pass) throws InterruptedException, BrokenBarrierException {
        if (!passes.room.look(() -> passes.isBrokenByNow(pass))) {
            runAction(pass);
        }
        boolean wentOn = passes.room.changeForAll(() -> {
            if (passes.isBrokenByNow(pass)) {
                return false;
            }
            pass.wentOn = true;
            passes.previous = List.copyOf(pass.arrived);
            passes.present = new Pass();
            return true;
        });
        if (!wentOn) {
            throw broken();
        }
    }

    private void runAction(Pass pass) throws InterruptedException, BrokenBarrierException {
        try {
            if (passes.action != null) {
                passes.action.run(context);
            }
        } catch (InterruptedException interrupted) {
            passes.breakPass(pass);
            throw interrupted;
        } catch (Throwable thrown) {
            passes.breakPass(pass);
            BrokenBarrierException broken = new BrokenBarrierException("the barrier's action threw " + thrown);
            broken.initCause(thrown);
            throw broken;
        }
    }

    /** Waits until a pass has ended, one way or the other; ends it if this thread gives up. */
    private void awaitEnd(Pass pass, Deadline deadline) throws InterruptedException, BrokenBarrierException {
        try {
            boolean ended = passes.room.await(context, () -> pass.wentOn || passes.isBrokenByNow(pass), deadline);
            if (!ended && passes.breakPass(pass)) {
                throw new BrokenBarrierException("a party waited too long at the barrier: this one");
            }
        } catch (InterruptedException interrupted) {
            if (passes.breakPass(pass)) {
                throw interrupted;
            }
            Thread.currentThread().interrupt(); // too late: the pass had ended before
        }
        if (passes.room.look(() -> pass.isBroken)) {
            throw broken();
        }
    }

    @Override
    public void reset() {
        checkOpen();
        passes.room.changeForAll(() -> {
            passes.present.isBroken = true;
            passes.previous = List.of();
            passes.present = new Pass();
            return passes;
        });
    }

    @Override
    public void abort() {
        checkOpen();
        passes.room.changeForAll(() -> {
            passes.present.isBroken = true;
            return passes;
        });
    }

    @Override
    public int parties() {
        return passes.parties;
    }

    @Override
    public int waiting() {
        checkOpen();
        return passes.room.look(() -> passes.present.isBroken ? 0 : passes.present.arrived.size());
    }

    @Override
    public boolean isBroken() {
        checkOpen();
        return passes.room.look(() -> passes.present.isBroken);
    }

    /** Why a party does not go on; another reason is that it has left itself, which breaks the barrier as well. */
    private BrokenBarrierException broken() {
        checkOpen();
        return new BrokenBarrierException("the barrier is broken, or was reset");
    }

    @Override
    String typeName() {
        return "Barrier";
    }

    @Override
    public String toString() {
        return "Barrier["
                + (context.isClosed()
                        ? "closed"
                        : isBroken() ? "broken" : waiting() + " of " + passes.parties + " wait")
                + "]";
    }

    /** @param index -1 if the pass was broken */
    private record Arrival(Pass pass, int index) {}

    /** Guarded by the room. */
    private static final class Pass {
        private final List<TwinContext> arrived = new ArrayList<>();
        private boolean isBroken;
        private boolean wentOn;
    }

    /** What one of the parties runs, in its own process. */
    interface Action {
        void run(TwinContext context) throws Exception;

        static Action of(Task task, boolean copies) {
            if (!copies) {
                return context -> task.run();
            }
            byte[] encoded = TaskCodec.write(task);
            return context -> TwinRuntime.<Task, Exception>readFor(
                            context, () -> TaskCodec.read(encoded, ClassLoader.getSystemClassLoader()))
                    .run();
        }
    }

    /** What is shared; but for what never changes it is guarded by the room. */
    static final class Passes {
        private final Room room;
        private final int parties;
        private final @Nullable Action action;
        private final @Nullable Duration timeout;
        private Pass present = new Pass();
        private List<TwinContext> previous = List.of();

        Passes(Space space, int parties, @Nullable Action action, @Nullable Duration timeout) {
            this.room = new Room(space);
            this.parties = parties;
            this.action = action;
            this.timeout = timeout;
        }

        /** Breaks a pass if one is gone who has come, or should; says whether it is broken. */
        private boolean isBrokenByNow(Pass pass) {
            if (!pass.isBroken
                    && !pass.wentOn
                    && (pass.arrived.stream().anyMatch(TwinContext::isClosed)
                            || previous.stream().anyMatch(TwinContext::hasCrashed))) {
                pass.isBroken = true;
                room.wakeAll();
            }
            return pass.isBroken;
        }

        /** Breaks a pass; false if it has ended, or was broken already. */
        private boolean breakPass(Pass pass) {
            return room.changeForAll(() -> {
                if (pass.isBroken || pass.wentOn) {
                    return false;
                }
                pass.isBroken = true;
                return true;
            });
        }
    }
}
