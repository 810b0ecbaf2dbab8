package io.multiprocessing.local.sync;

import io.multiprocessing.Barrier;
import io.multiprocessing.Task;
import io.multiprocessing.codec.TaskCodec;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.LocalObject;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.Words;
import io.multiprocessing.spi.Deadline;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A place where parties wait for each other.
 *
 * <p><b>How.</b> One word, the phase, says which pass is being filled, whether it is broken, and how the passes before
 * it ended; see {@link BarrierLayout}. There is a cell for each party.
 *
 * <pre>
 *  what                    changes                                           who
 *  arrive in pass p        the first cell of p's bank that is older than p   anyone; the cell's place is the index
 *                          becomes {me, p}
 *  all go on               phase (p, filling) → (p+1, filling), bit 1        the one with the last cell, after the action
 *  break                   phase (p, filling) → (p, broken)                  whoever gives up, or finds a dead party
 *  reset                   phase (p, any) → (p+1, filling), bit 0            anyone
 * </pre>
 *
 * <p>The cells are filled from the first to the last and count only with the number of the present pass, so to begin a
 * new one nothing has to be cleared: each line of the table is one compare-and-set, and that is the commit. There is no
 * lock, so nobody can die with it. A cell is never overwritten by an older pass: who has slept between reading the phase
 * and taking a cell finds newer cells there, and starts again.
 *
 * <p>Who waits sleeps on the phase, see {@link WaitingRoom}. It learns from the history how its pass has ended, even if others have begun and
 * ended more passes meanwhile; only one that is more than 32 passes late can't know. It is told that all went on if all
 * of those 32 did so, otherwise that its pass was broken.
 *
 * <p><b>Death.</b> Who waits looks after every slice, and who is the last to arrive looks before it goes on, whether one
 * of those in the cells is dead, or one of those who went on last time has crashed; if so it breaks the pass. They have
 * the other bank of cells, so it is still known who they were. After a reset nobody is expected who went on before.
 *
 * <p>Kill points: barrier-K1 arrived: the pass breaks. barrier-K2 the last one has arrived, the action has not run;
 * barrier-K3 it has run, nobody has gone on: the pass breaks. barrier-K4 all may go on, nobody is woken: they do so
 * within a slice, and the next pass breaks. barrier-K5 broken, nobody is woken; barrier-K6 reset, nobody is woken: the
 * sleepers see it within a slice.
 *
 * <p>Memory order: what a party did before it took its cell is seen by the last one, which has read all the cells
 * volatile; what that one did is seen by all who read the phase that it has written.
 *
 * <p>Source: the sense of a sense-reversing barrier (Hensgen, Finkel and Manber 1988), as a number.
 */
@SuppressWarnings("serial") // travels as a handle
public final class LocalBarrier extends LocalObject implements Barrier {
    /** Half of what it may last until the death of a party breaks the barrier. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int parties;
    private final Duration timeout;
    private final long phase;
    private final WaitingRoom room;
    private @Nullable Task action;

    public LocalBarrier(Home home, Cell cell) {
        super(home, ObjectKind.BARRIER, cell);
        this.parties = Words.intPlain(memory, base + BarrierLayout.PARTIES);
        this.timeout = Duration.ofNanos(Words.longPlain(memory, base + BarrierLayout.TIMEOUT_NANOS));
        this.phase = base + BarrierLayout.PHASE;
        this.room = new WaitingRoom(
                home, memory, phase, base + BarrierLayout.SLEEPERS, SLICE_NANOS, this::breakIfPartyDied);
    }

    static void initialize(Cell cell, int parties, byte[] action, long timeoutNanos) {
        MemorySegment memory = cell.memory();
        Words.setLongPlain(memory, cell.offset() + BarrierLayout.PHASE, BarrierPhase.FIRST.word());
        Words.setIntPlain(memory, cell.offset() + BarrierLayout.PARTIES, parties);
        Words.setLongPlain(memory, cell.offset() + BarrierLayout.TIMEOUT_NANOS, timeoutNanos);
        Words.setLongPlain(memory, cell.offset() + BarrierLayout.ACTION_BYTES, action.length);
        MemorySegment.copy(
                action, 0, memory, ValueLayout.JAVA_BYTE, cell.offset() + BarrierLayout.action(parties), action.length);
    }

    @Override
    public int await() throws InterruptedException, BrokenBarrierException {
        return await(Deadline.after(timeout));
    }

    @Override
    public int await(Duration timeout) throws InterruptedException, BrokenBarrierException {
        return await(Deadline.after(timeout));
    }

    @Override
    public void reset() {
        home.checkOpen();
        BarrierPhase before;
        do {
            before = phase();
        } while (!cas(before, before.next(false)));
        CrashPoint.reached("barrier-K6");
        room.wakeSleepers();
    }

    @Override
    public void abort() {
        home.checkOpen();
        boolean broken;
        do {
            BarrierPhase before = phase();
            broken = before.isBroken() || breakPass(before.stamp());
        } while (!broken);
    }

    @Override
    public int parties() {
        return parties;
    }

    @Override
    public int waiting() {
        home.checkOpen();
        BarrierPhase now = phase();
        int waiting = 0;
        while (!now.isBroken() && waiting < parties && stampOf(party(now.stamp(), waiting)) == now.stamp()) {
            waiting++;
        }
        return waiting;
    }

    @Override
    public boolean isBroken() {
        home.checkOpen();
        return phase().isBroken();
    }

    @Override
    public String toString() {
        return "Barrier["
                + (home.isClosed() ? "closed" : isBroken() ? "broken" : waiting() + " of " + parties + " wait") + "]";
    }

    private int await(Deadline deadline) throws InterruptedException, BrokenBarrierException {
        while (true) {
            home.checkOpen();
            BarrierPhase now = phase();
            int stamp = now.stamp();
            if (now.isBroken()) {
                throw broken();
            }
            if (Thread.interrupted()) {
                breakPass(stamp);
                throw new InterruptedException();
            }
            int index = arrive(stamp);
            if (index == parties - 1) {
                goOn(stamp);
                return index;
            }
            awaitEnd(stamp, deadline);
            // With no cell for us the pass was full: we go on to the next one.
            if (index >= 0) {
                if (!phase().wentOn(stamp)) {
                    throw broken();
                }
                return index;
            }
        }
    }

    /** Takes a cell and gives its place; -1 if all are taken or the pass has ended. */
    private int arrive(int stamp) {
        long mine = (long) stamp << BarrierLayout.STAMP_SHIFT | home.registry().self();
        for (int i = 0; i < parties; i++) {
            while (true) {
                long party = party(stamp, i);
                int older = stamp - stampOf(party);
                if (older < 0) {
                    return -1;
                }
                if (older == 0) {
                    break;
                }
                if (Words.casLong(memory, cell(stamp, i), party, mine)) {
                    CrashPoint.reached("barrier-K1");
                    return i;
                }
            }
        }
        return -1;
    }

    /** What the last to arrive does. */
    private void goOn(int stamp) throws InterruptedException, BrokenBarrierException {
        breakIfPartyDied();
        CrashPoint.reached("barrier-K2");
        if (isFilling(stamp)) {
            runAction(stamp);
        }
        CrashPoint.reached("barrier-K3");
        BarrierPhase before;
        do {
            before = phase();
            if (!before.isFilling(stamp)) {
                throw broken();
            }
        } while (!cas(before, before.next(true)));
        CrashPoint.reached("barrier-K4");
        room.wakeSleepers();
    }

    private void runAction(int stamp) throws InterruptedException, BrokenBarrierException {
        try {
            Task task = action();
            if (task != null) {
                task.run();
            }
        } catch (InterruptedException interrupted) {
            breakPass(stamp);
            throw interrupted;
        } catch (Throwable thrown) {
            breakPass(stamp);
            BrokenBarrierException broken = new BrokenBarrierException("the barrier's action threw " + thrown);
            broken.initCause(thrown);
            throw broken;
        }
    }

    private synchronized @Nullable Task action() throws Exception {
        int bytes = (int) Words.longPlain(memory, base + BarrierLayout.ACTION_BYTES);
        if (action == null && bytes > 0) {
            byte[] encoded = new byte[bytes];
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, base + BarrierLayout.action(parties), encoded, 0, bytes);
            action = TaskCodec.read(encoded, ClassLoader.getSystemClassLoader());
        }
        return action;
    }

    /** Waits until a pass has ended, one way or the other; ends it if this thread gives up. */
    private void awaitEnd(int stamp, Deadline deadline) throws InterruptedException, BrokenBarrierException {
        try {
            boolean ended = room.await(Thread.currentThread().threadId(), () -> !isFilling(stamp), deadline);
            if (!ended && breakPass(stamp)) {
                throw new BrokenBarrierException("a party waited too long at the barrier: this one");
            }
        } catch (InterruptedException interrupted) {
            if (breakPass(stamp)) {
                throw interrupted;
            }
            Thread.currentThread().interrupt(); // too late: the pass had ended before
        }
    }

    /** Breaks the present pass if one is dead who has come, or should. */
    private void breakIfPartyDied() {
        BarrierPhase now = phase();
        int stamp = now.stamp();
        Deaths deaths = new Deaths(home.registry());
        boolean expectsTheSame = now.wentOnBefore();
        int previous = BarrierPhase.previous(stamp);
        for (int i = 0; i < parties; i++) {
            long present = party(stamp, i);
            long earlier = party(previous, i);
            boolean died = stampOf(present) == stamp && deaths.isDead((int) present);
            boolean crashed = expectsTheSame && stampOf(earlier) == previous && deaths.hasCrashed((int) earlier);
            if (died || crashed) {
                breakPass(stamp);
                return;
            }
        }
    }

    /** Breaks a pass; false if it has ended, or was broken already. */
    private boolean breakPass(int stamp) {
        BarrierPhase before;
        do {
            before = phase();
            if (!before.isFilling(stamp)) {
                return false;
            }
        } while (!cas(before, before.broken()));
        CrashPoint.reached("barrier-K5");
        room.wakeSleepers();
        return true;
    }

    private boolean isFilling(int stamp) {
        return phase().isFilling(stamp);
    }

    private BarrierPhase phase() {
        return new BarrierPhase(Words.longVolatile(memory, phase));
    }

    private boolean cas(BarrierPhase before, BarrierPhase after) {
        return Words.casLong(memory, phase, before.word(), after.word());
    }

    private long party(int stamp, int index) {
        return Words.longVolatile(memory, cell(stamp, index));
    }

    private long cell(int stamp, int index) {
        return base + BarrierLayout.cell(stamp, parties, index);
    }

    private static BrokenBarrierException broken() {
        return new BrokenBarrierException("the barrier is broken, or was reset");
    }

    private static int stampOf(long party) {
        return (int) (party >>> BarrierLayout.STAMP_SHIFT);
    }
}
