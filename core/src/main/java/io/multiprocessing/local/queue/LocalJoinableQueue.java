package io.multiprocessing.local.queue;

import io.multiprocessing.JoinableQueue;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;

/** A queue that counts what has been dealt with; how, see {@link ByteQueue#done}. */
@SuppressWarnings("serial") // travels as a handle
final class LocalJoinableQueue<E> extends LocalQueue<E> implements JoinableQueue<E> {
    LocalJoinableQueue(Home home, Cell cell) {
        super(home, ObjectKind.JOINABLE_QUEUE, cell);
    }

    @Override
    public void taskDone() {
        used().done();
    }

    @Override
    public void join() throws InterruptedException {
        used().join(Deadline.NEVER);
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        return used().join(Deadline.after(timeout));
    }

    @Override
    public int unfinished() {
        return used().unfinished();
    }
}
