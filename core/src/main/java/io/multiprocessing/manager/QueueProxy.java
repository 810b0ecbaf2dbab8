package io.multiprocessing.manager;

import io.multiprocessing.Queue;
import io.multiprocessing.QueueEmptyException;
import io.multiprocessing.QueueFullException;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A queue of a manager. */
@SuppressWarnings({"serial", "unchecked"
}) // it travels as a handle; what comes from elsewhere is what the user says it is
class QueueProxy<E> implements Queue<E>, ManagedProxy, Serializable {
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
    public boolean offer(E message) {
        return used().flag("put", required(message), 0L);
    }

    @Override
    public boolean offer(E message, long timeout, TimeUnit unit) throws InterruptedException {
        return used().awaitFlag("put", required(message), Patience.nanos(Duration.ofNanos(unit.toNanos(timeout))));
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
    public int capacity() {
        return used().integer("capacity");
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return used().awaitFlag("awaitReady", Patience.nanos(timeout));
    }

    @Override
    public List<E> snapshot() {
        return Collections.unmodifiableList((List<E>) used().value("snapshot"));
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

    private void refuseItself(Object other) {
        if (equals(Objects.requireNonNull(other))) {
            throw new IllegalArgumentException("a queue can't be drained into itself");
        }
    }

    private static Object required(@Nullable Object message) {
        return Objects.requireNonNull(message, "a queue has no nulls in it");
    }
}
