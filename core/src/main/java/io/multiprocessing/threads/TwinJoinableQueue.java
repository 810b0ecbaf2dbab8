package io.multiprocessing.threads;

import io.multiprocessing.JoinableQueue;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;

/** A queue that counts what has been dealt with. */
@SuppressWarnings("serial") // travels as a handle
final class TwinJoinableQueue<E> extends TwinQueue<E> implements JoinableQueue<E> {
    TwinJoinableQueue(TwinContext context, long id, Messages messages) {
        super(context, id, messages);
    }

    @Override
    public void taskDone() {
        used().done();
    }

    @Override
    public void join() throws InterruptedException {
        used().join(context, this::checkOpen, Deadline.NEVER);
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        return used().join(context, this::checkOpen, Deadline.after(timeout));
    }

    @Override
    public int unfinished() {
        return used().unfinished();
    }

    @Override
    String typeName() {
        return "JoinableQueue";
    }
}
