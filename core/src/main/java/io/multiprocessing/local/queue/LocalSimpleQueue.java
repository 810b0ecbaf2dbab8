package io.multiprocessing.local.queue;

import io.multiprocessing.SimpleQueue;
import io.multiprocessing.codec.Encoder;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.LocalObject;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;

/** A queue with the least there is. */
@SuppressWarnings("serial") // travels as a handle
final class LocalSimpleQueue<E> extends LocalObject implements SimpleQueue<E> {
    private final ByteQueue queue;

    LocalSimpleQueue(Home home, Cell cell) {
        super(home, ObjectKind.SIMPLE_QUEUE, cell);
        this.queue = new ByteQueue(home, cell);
    }

    @Override
    public void put(E message) throws InterruptedException {
        check();
        boolean isPut = false;
        try (Encoder encoder = Encoder.borrow()) {
            try {
                isPut = queue.put(Messages.encode(message, encoder, queue.mostBytes()), Deadline.NEVER);
            } finally {
                if (!isPut) {
                    encoder.lost();
                }
            }
        }
    }

    @Override
    @SuppressWarnings("unchecked") // as with all that comes from elsewhere, the user says what it is
    public E get() throws InterruptedException {
        check();
        try (Message message = Message.borrow()) {
            queue.get(message, Deadline.NEVER);
            return (E) message.decode();
        }
    }

    @Override
    public boolean isEmpty() {
        check();
        return queue.size() == 0;
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        check();
        return queue.await(Deadline.after(timeout));
    }

    @Override
    public void close() {
        if (!home.isClosed()) {
            queue.close();
        }
    }

    @Override
    public boolean isBusy() {
        return queue.isBusy();
    }

    @Override
    public String toString() {
        return "SimpleQueue[" + (home.isClosed() || queue.isClosed() ? "closed" : queue.size() + " messages") + "]";
    }

    private void check() {
        home.checkOpen();
        queue.isUsed();
    }
}
