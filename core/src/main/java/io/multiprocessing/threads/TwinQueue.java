package io.multiprocessing.threads;

import io.multiprocessing.Queue;
import io.multiprocessing.QueueEmptyException;
import io.multiprocessing.QueueFullException;
import io.multiprocessing.UnreadableMessageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Predicate;
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
        return used().putNow(messages.encode(message));
    }

    @Override
    public boolean offer(E message, long timeout, TimeUnit unit) throws InterruptedException {
        return put(message, after(timeout, unit));
    }

    @Override
    public boolean add(E message) {
        putNow(message);
        return true;
    }

    @Override
    public void putAll(Collection<? extends E> all) throws InterruptedException {
        Messages used = used();
        List<Object> encoded = new ArrayList<>(all.size());
        for (E message : all) {
            encoded.add(used.encode(message));
        }
        for (Object kept : encoded) {
            used.put(context, this::checkOpen, kept, Deadline.NEVER);
        }
    }

    @Override
    public boolean addAll(Collection<? extends E> all) {
        refuseItself(all);
        boolean changed = false;
        for (E message : all) {
            changed |= add(message);
        }
        return changed;
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
    public E getNow() {
        E message = poll();
        if (message == null) {
            throw new QueueEmptyException("the queue is empty");
        }
        return message;
    }

    @Override
    public E remove() {
        return getNow();
    }

    @Override
    public @Nullable E poll() {
        Object kept = used().getNow();
        return kept == null ? null : decode(kept);
    }

    @Override
    public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return get(after(timeout, unit));
    }

    @Override
    public @Nullable E peek() {
        List<E> first = copies(1);
        return first.isEmpty() ? null : first.getFirst();
    }

    @Override
    public E element() {
        E message = peek();
        if (message == null) {
            throw new QueueEmptyException("the queue is empty");
        }
        return message;
    }

    @Override
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
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
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public boolean isFull() {
        return size() >= messages.maxSize();
    }

    @Override
    public int capacity() {
        return used().maxSize();
    }

    @Override
    public int remainingCapacity() {
        int most = capacity();
        return most == Integer.MAX_VALUE ? most : Math.max(most - size(), 0);
    }

    @Override
    public List<E> snapshot() {
        return Collections.unmodifiableList(copies(Integer.MAX_VALUE));
    }

    @Override
    public Iterator<E> iterator() {
        return snapshot().iterator();
    }

    @Override
    public Object[] toArray() {
        return snapshot().toArray();
    }

    @Override
    public <T> T[] toArray(T[] array) {
        return snapshot().toArray(array);
    }

    @Override
    public <T> T[] toArray(IntFunction<T[]> generator) {
        return snapshot().toArray(generator);
    }

    @Override
    public boolean contains(@Nullable Object message) {
        throw noLookingInside();
    }

    @Override
    public boolean containsAll(Collection<?> messages) {
        throw noLookingInside();
    }

    @Override
    public boolean remove(@Nullable Object message) {
        throw noLookingInside();
    }

    @Override
    public boolean removeAll(Collection<?> messages) {
        throw noLookingInside();
    }

    @Override
    public boolean retainAll(Collection<?> messages) {
        throw noLookingInside();
    }

    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        throw noLookingInside();
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
        Object kept = used().encode(message);
        return messages.put(context, this::checkOpen, kept, deadline);
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

    private void refuseItself(Collection<?> other) {
        Objects.requireNonNull(other);
        if (other instanceof TwinObject object && equals(object)) {
            throw new IllegalArgumentException("a queue can't be drained into itself");
        }
    }

    private static Deadline after(long timeout, TimeUnit unit) {
        return Deadline.after(Duration.ofNanos(unit.toNanos(timeout)));
    }

    private static UnsupportedOperationException noLookingInside() {
        return new UnsupportedOperationException(
                "a queue between processes does not look for a message; take a snapshot()");
    }
}
