package io.multiprocessing.manager;

import io.multiprocessing.Queue;
import io.multiprocessing.QueueEmptyException;
import io.multiprocessing.QueueFullException;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A queue of a manager. */
@SuppressWarnings({"serial", "unchecked"
}) // it travels as a handle; what comes from elsewhere is what the user says it is
class QueueProxy<E> extends AbstractCollection<E> implements Queue<E>, ManagedProxy, Serializable {
    private final Core core;
    private volatile boolean isClosed;

    QueueProxy(Core core) {
        this.core = core;
    }

    @Override
    public final Core core() {
        return core;
    }

    @Override
    public void put(E message) throws InterruptedException {
        used().await("put", required(message), Patience.FOREVER);
    }

    @Override
    public void put(E message, Duration timeout) throws InterruptedException {
        if (!used().awaitFlag("put", required(message), Patience.nanos(timeout))) {
            throw new QueueFullException("the queue is full, and was for " + timeout);
        }
    }

    @Override
    public void putNow(E message) {
        if (!offer(message)) {
            throw new QueueFullException("the queue is full");
        }
    }

    @Override
    public boolean offer(E message) {
        return used().flag("put", required(message), 0L);
    }

    @Override
    public boolean offer(E message, long timeout, TimeUnit unit) throws InterruptedException {
        return used().awaitFlag("put", required(message), Patience.nanos(Duration.ofNanos(unit.toNanos(timeout))));
    }

    @Override
    public boolean add(E message) {
        putNow(message);
        return true;
    }

    @Override
    public void putAll(Collection<? extends E> messages) throws InterruptedException {
        List<E> left = new ArrayList<>(messages);
        left.forEach(QueueProxy::required);
        while (!left.isEmpty()) {
            int put = (Integer) Objects.requireNonNull(used().await("putSome", left, Patience.FOREVER));
            left = new ArrayList<>(left.subList(put, left.size()));
        }
    }

    @Override
    public boolean addAll(Collection<? extends E> messages) {
        refuseItself(messages);
        return super.addAll(messages);
    }

    @Override
    public E get() throws InterruptedException {
        return (E) Objects.requireNonNull(used().await("get", Patience.FOREVER));
    }

    @Override
    public E get(Duration timeout) throws InterruptedException {
        Object message = used().await("get", Patience.nanos(timeout));
        if (message == null) {
            throw new QueueEmptyException("no message came within " + timeout);
        }
        return (E) message;
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
        return (E) used().call("get", 0L);
    }

    @Override
    public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return (E) used().await("get", Patience.nanos(Duration.ofNanos(unit.toNanos(timeout))));
    }

    @Override
    public @Nullable E peek() {
        return (E) used().call("peek");
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
        if (most <= 0) {
            return 0;
        }
        List<E> taken = (List<E>) used().value("getSome", most);
        target.addAll(taken);
        return taken.size();
    }

    @Override
    public void clear() {
        used().call("clear");
    }

    @Override
    public int size() {
        return used().integer("size");
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public boolean isFull() {
        return size() >= capacity();
    }

    @Override
    public int capacity() {
        return used().integer("capacity");
    }

    @Override
    public int remainingCapacity() {
        int most = capacity();
        return most == Integer.MAX_VALUE ? most : Math.max(most - size(), 0);
    }

    @Override
    public List<E> snapshot() {
        return Collections.unmodifiableList((List<E>) used().value("snapshot"));
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
        used().call("shutdown", false);
    }

    @Override
    public void shutdownNow() {
        used().call("shutdown", true);
    }

    @Override
    public boolean isShutDown() {
        return used().flag("isShutDown");
    }

    @Override
    public void close() {
        isClosed = true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QueueProxy<?> that && core.equals(that.core);
    }

    @Override
    public int hashCode() {
        return core.hashCode();
    }

    @Override
    public String toString() {
        String name = core.kind() == Kind.QUEUE ? "Queue" : "JoinableQueue";
        if (isClosed) {
            return name + "[closed]";
        }
        int capacity = capacity();
        return name + "[" + size() + (capacity == Integer.MAX_VALUE ? "" : " of " + capacity) + " messages"
                + (isShutDown() ? ", shut down]" : "]");
    }

    /** @throws IllegalStateException if this handle is closed */
    final Core used() {
        if (isClosed) {
            throw new IllegalStateException("this handle of the queue is closed");
        }
        return core;
    }

    @Serial
    protected final Object writeReplace() {
        return handle();
    }

    private void refuseItself(Collection<?> other) {
        if (Objects.requireNonNull(other) instanceof QueueProxy<?> that && core.equals(that.core)) {
            throw new IllegalArgumentException("a queue can't be drained into itself");
        }
    }

    private static Object required(@Nullable Object message) {
        return Objects.requireNonNull(message, "a queue has no nulls in it");
    }

    private static UnsupportedOperationException noLookingInside() {
        return new UnsupportedOperationException(
                "a queue between processes does not look for a message; take a snapshot()");
    }
}
