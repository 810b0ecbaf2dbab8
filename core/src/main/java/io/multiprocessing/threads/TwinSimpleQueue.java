package io.multiprocessing.threads;

import io.multiprocessing.SimpleQueue;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.util.Objects;

/** A queue with the least there is. */
@SuppressWarnings("serial") // travels as a handle
final class TwinSimpleQueue<E> extends TwinObject implements SimpleQueue<E> {
    private final Messages messages;
    private volatile boolean closed;

    TwinSimpleQueue(TwinContext context, long id, Messages messages) {
        super(context, id);
        this.messages = messages;
    }

    @Override
    public void put(E message) throws InterruptedException {
        checkOpen();
        messages.put(context, this::checkOpen, message, Deadline.NEVER);
    }

    @Override
    @SuppressWarnings("unchecked") // as with all that comes from elsewhere, the user says what it is
    public E get() throws InterruptedException {
        checkOpen();
        Object kept = Objects.requireNonNull(messages.get(context, this::checkOpen, Deadline.NEVER));
        return (E) messages.decode(kept, context);
    }

    @Override
    public boolean isEmpty() {
        checkOpen();
        return messages.size() == 0;
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        checkOpen();
        return messages.await(context, this::checkOpen, Deadline.after(timeout));
    }

    @Override
    public void close() {
        closed = true;
        messages.wakeAll();
    }

    @Override
    void checkOpen() {
        context.checkOpen();
        if (closed) {
            throw new IllegalStateException("this handle of the queue is closed");
        }
    }

    @Override
    String typeName() {
        return "SimpleQueue";
    }

    @Override
    public String toString() {
        return "SimpleQueue[" + (context.isClosed() || closed ? "closed" : messages.size() + " messages") + "]";
    }
}
