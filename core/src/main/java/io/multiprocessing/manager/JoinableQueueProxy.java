package io.multiprocessing.manager;

import io.multiprocessing.JoinableQueue;
import java.time.Duration;

/** A joinable queue of a manager. */
@SuppressWarnings("serial") // it travels as a handle
final class JoinableQueueProxy<E> extends QueueProxy<E> implements JoinableQueue<E> {
    JoinableQueueProxy(Core core) {
        super(core);
    }

    @Override
    public void taskDone() {
        used().call("taskDone");
    }

    @Override
    public void join() throws InterruptedException {
        used().await("join", Patience.FOREVER);
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        return used().awaitFlag("join", Patience.nanos(timeout));
    }

    @Override
    public int unfinished() {
        return used().integer("unfinished");
    }
}
