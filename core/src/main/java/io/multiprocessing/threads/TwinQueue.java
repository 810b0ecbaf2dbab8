package io.multiprocessing.threads;

import io.multiprocessing.Queue;
import io.multiprocessing.QueueEmptyException;
import io.multiprocessing.QueueFullException;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A queue of objects: encodes what is put before it touches the queue, and decodes what it got when it has let go. */
@SuppressWarnings("serial") // travels as a handle
class TwinQueue<E> extends TwinObject implements Queue<E> {
    private final Messages messages;
    private volatile boolean closed;

    TwinQueue(TwinContext context, long id, Messages messages) {
        super(context, id);
        this.messages = messages;
    }

    @Override
    public void put(E message) throws InterruptedException {
        put(message, Deadline.NEVER);
    }

    @Override
    public void put(E message, Duration timeout) throws InterruptedException {
        if (!put(message, Deadline.after(timeout))) {
            throw full();
        }
    }

    @Override
    public void putNow(E message) {
        if (!offer(message)) {
            throw full();
        }
    }

    @Override
    public boolean offer(E message) {
        return used().putNow(message);
    }

    @Override
    public boolean offer(E message, long timeout, TimeUnit unit) throws InterruptedException {
        return put(message, Deadline.after(timeout, unit));
    }

    @Override
    public void putAll(Collection<? extends E> all) throws InterruptedException {
        used().putAll(context, this::checkOpen, all);
    }

    @Override
    public E get() throws InterruptedException {
        return Objects.requireNonNull(get(Deadline.NEVER));
    }

    @Override
    public E get(Duration timeout) throws InterruptedException {
        E message = get(Deadline.after(timeout));
        if (message == null) {
            throw new QueueEmptyException("no message came within " + timeout);
        }
        return message;
    }

    @Override
    public @Nullable E poll() {
        Object kept = used().getNow();
        return kept == null ? null : decode(kept);
    }

    @Override
    public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return get(Deadline.after(timeout, unit));
    }

    @Override
    public @Nullable E peek() {
        List<E> first = copies(1);
        return first.isEmpty() ? null : first.getFirst();
    }

    @Override
    public int drainTo(Collection<? super E> target, int most) {
        refuseItself(target);
        List<Object> drained = used().getSome(most);
        UnreadableMessageException unreadable = null;
        for (Object kept : drained) {
            try {
                target.add(decode(kept));
            } catch (UnreadableMessageException one) {
                unreadable = one;
            }
        }
        if (unreadable != null) {
            throw unreadable;
        }
        return drained.size();
    }

    @Override
    public void clear() {
        Messages used = used();
        if (used.size() > 0) {
            used.getSome(Integer.MAX_VALUE);
        }
    }

    @Override
    public int size() {
        return used().size();
    }

    @Override
    public int capacity() {
        return used().maxSize();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return used().await(context, this::checkOpen, Deadline.after(timeout));
    }

    @Override
    public List<E> snapshot() {
        return Collections.unmodifiableList(copies(Integer.MAX_VALUE));
    }

    @Override
    public void shutdown() {
        used().shutDown(false);
    }

    @Override
    public void shutdownNow() {
        used().shutDown(true);
    }

    @Override
    public boolean isShutDown() {
        return used().isShutDown();
    }

    @Override
    public void close() {
        closed = true;
        messages.wakeAll();
    }

    @Override
    final void checkOpen() {
        context.checkOpen();
        if (closed) {
            throw new IllegalStateException("this handle of the queue is closed");
        }
    }

    @Override
    String typeName() {
        return "Queue";
    }

    @Override
    public String toString() {
        if (context.isClosed() || closed) {
            return typeName() + "[closed]";
        }
        return typeName() + "[" + size()
                + (capacity() == Integer.MAX_VALUE ? "" : " of " + capacity())
                + " messages"
                + (isShutDown() ? ", shut down]" : "]");
    }

    /** The messages, which neither the context nor this handle's closing has ended. */
    final Messages used() {
        checkOpen();
        return messages;
    }

    private boolean put(E message, Deadline deadline) throws InterruptedException {
        return used().put(context, this::checkOpen, message, deadline);
    }

    private @Nullable E get(Deadline deadline) throws InterruptedException {
        Object kept = used().get(context, this::checkOpen, deadline);
        return kept == null ? null : decode(kept);
    }

    private List<E> copies(int most) {
        List<E> copies = new ArrayList<>();
        for (Object kept : used().copies(most)) {
            copies.add(decode(kept));
        }
        return copies;
    }

    @SuppressWarnings("unchecked") // as with all that comes from elsewhere, the user says what it is
    private E decode(Object kept) {
        return (E) messages.decode(kept, context);
    }

    private QueueFullException full() {
        return new QueueFullException("the queue is full: it has " + messages.size() + " messages"
                + (messages.maxSize() == Integer.MAX_VALUE
                        ? ", and may have " + messages.maxBytes() + " bytes of memory"
                        : ", and may have " + messages.maxSize()));
    }

    private void refuseItself(Object other) {
        if (equals(Objects.requireNonNull(other))) {
            throw new IllegalArgumentException("a queue can't be drained into itself");
        }
    }
}
