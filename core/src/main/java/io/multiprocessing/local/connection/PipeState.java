package io.multiprocessing.local.connection;

import io.multiprocessing.SegmentException;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CellId;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.Words;
import io.multiprocessing.local.sync.Mutex;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A pipe as one end in this process sees it: two ends, who holds them, and the ways between them.
 *
 * <p><b>How.</b> An end is held by processes. Each writes its number into a cell of the end when it gets to know the end,
 * and removes it when it closes it. A message that an end is sent in is a hold as well, of the sender: the receiver adds
 * its own and then removes that one, by the ticket that travels in the handle. So an end is held at every moment of its
 * way, and by somebody who lives.
 *
 * <p>An end is over when it has no holder, or none that lives, and then for good. Who lets go of the last hold says so; if
 * the last holder dies, those say so who wait at the other end, or send there. Death is proven by the registry, so nobody
 * is taken for dead because he is slow. When both ends are over the memory is given back.
 *
 * <p>Kill points: pipe-K9 the hold is removed, and it was the last: the other side finds that out. pipe-K10 an end has
 * arrived, and the hold of its message is not yet removed: it goes with the sender, or when the receiver's process has
 * ended if that was its child. pipe-K11 the end is over, nobody is woken: the sleepers look again after a slice. pipe-K12
 * both ends are over, the memory is there: it goes with the context.
 *
 * <p>Memory order: holds are stored volatile, under a lock. That an end is over is stored after everything that was sent
 * from there, so who sees it sees all of that.
 */
final class PipeState {
    private final Home home;
    private final Cell cell;
    private final Mutex lock;
    private final Holds[] ends;
    private final Way[] ways;

    PipeState(Home home, Cell cell) {
        this.home = home;
        this.cell = cell;
        this.lock = new Mutex(home, PipeLayout.lock(cell, PipeLayout.HOLDS_LOCK));
        this.ends = new Holds[] {new Holds(home.registry(), cell, 0), new Holds(home.registry(), cell, 1)};
        this.ways = new Way[] {new Way(home, cell, 0), new Way(home, cell, 1)};
    }

    /** Makes a pipe. */
    static Cell make(Home home, boolean duplex) {
        return home.store()
                .allocateSegment(home.store().newPartId(), ObjectKind.PIPE.number(), PipeLayout.bytes(duplex), made -> {
                    Words.setIntPlain(made.memory(), made.offset() + PipeLayout.CAPACITY, PipeLayout.RING_BYTES);
                    Words.setIntPlain(made.memory(), made.offset() + PipeLayout.DUPLEX, duplex ? 1 : 0);
                    for (int end = 0; end < 2; end++) {
                        home.store()
                                .embed(
                                        made,
                                        PipeLayout.end(end),
                                        ObjectKind.CONNECTION.number(),
                                        PipeLayout.END_BYTES - PipeLayout.CELL_HEADER_BYTES);
                        Words.setIntPlain(made.memory(), made.offset() + PipeLayout.end(end) + PipeLayout.INDEX, end);
                    }
                });
    }

    /**
     * The pipe of an end.
     *
     * @throws SegmentException if it is gone
     */
    static Cell find(Home home, CellId end) {
        Cell cell = home.store().findSegment(end.segment(), ObjectKind.PIPE.number());
        if (cell == null) {
            throw gone();
        }
        return cell;
    }

    static SegmentException gone() {
        return new SegmentException(
                "the end of a pipe that was sent is closed for good: who sent it has died, or it was received before and"
                        + " closed by all who had it");
    }

    /** The cell of an end. */
    Cell end(int index) {
        long offset = cell.offset() + PipeLayout.end(index) + PipeLayout.CELL_HEADER_BYTES;
        return new Cell(
                new CellId(cell.id().segment(), offset),
                cell.memory(),
                offset,
                PipeLayout.END_BYTES - PipeLayout.CELL_HEADER_BYTES);
    }

    /** Which end lies in a cell. */
    int indexOf(CellId end) {
        for (int index = 0; index < 2; index++) {
            if (end(index).id().equals(end)) {
                return index;
            }
        }
        throw new SegmentException("there is no end of a pipe at " + end);
    }

    boolean isDuplex() {
        return Words.intPlain(cell.memory(), cell.offset() + PipeLayout.DUPLEX) != 0;
    }

    /** The way of what is sent at an end; null if there is none. */
    @Nullable
    Way wayFrom(int end) {
        return end == 1 || isDuplex() ? ways[end] : null;
    }

    boolean isEnded(int end) {
        return ends[end].isEnded();
    }

    int countHolds(int end) {
        return ends[end].count();
    }

    /**
     * Adds a hold of this process.
     *
     * @return its number
     * @throws SegmentException if the end is over
     */
    int hold(int end) {
        return locked(() -> {
            if (ends[end].isEnded()) {
                throw gone();
            }
            return ends[end].add();
        });
    }

    /** Removes a hold, unless that was done before. */
    void release(int end, int number) {
        boolean over = locked(() -> {
            ends[end].remove(number);
            CrashPoint.reached("pipe-K9");
            return endIfAbandoned(end);
        });
        if (over) {
            wakeAll();
        }
    }

    /** Looks whether an end still has a holder that lives, and if not says that it is over. */
    void look(int end) {
        if (!ends[end].isEnded() && !ends[end].areLiving() && locked(() -> endIfAbandoned(end))) {
            wakeAll();
        }
    }

    /** Lets all who wait look again. */
    void wakeAll() {
        CrashPoint.reached("pipe-K11");
        for (Way way : ways) {
            way.wakeAll();
        }
    }

    private boolean endIfAbandoned(int end) {
        if (ends[end].isEnded() || ends[end].areLiving()) {
            return false;
        }
        ends[end].setEnded();
        if (!ends[1 - end].isEnded() && !ends[1 - end].areLiving()) {
            ends[1 - end].setEnded();
        }
        if (ends[1 - end].isEnded()) {
            CrashPoint.reached("pipe-K12");
            home.store().unlink(cell.id().segment());
        }
        return true;
    }

    private <T> T locked(Supplier<T> action) {
        lock.acquireUninterruptibly();
        try {
            return action.get();
        } finally {
            lock.release();
        }
    }
}
