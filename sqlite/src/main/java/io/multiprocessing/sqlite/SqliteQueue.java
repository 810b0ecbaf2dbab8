package io.multiprocessing.sqlite;

import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.spi.Deadline;
import java.time.Duration;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue in a table.
 *
 * <p>State of a message: its row.
 * <pre>
 * consumer  lease               what
 * NULL      NULL, or in the past  it is free
 * NULL      in the future         somebody without this library has it, until then
 * number    any                   that consumer has it, until it acknowledges, gives back, or is dead
 * no row                          it was taken or acknowledged
 * </pre>
 * What commits is SQLite's transaction, one for each change of state; a process that is killed in it has not changed the
 * state. So the kill points are between the transactions:
 * <pre>
 * durable-queue-K1  put is committed, nobody has been woken     the message is there; who waits finds it when it looks
 * durable-queue-K2  a message is delivered, not acknowledged    it is delivered again, when the consumer is found dead
 * durable-queue-K3  a message is acknowledged                   it is gone
 * durable-queue-K4  a message is taken                          it is gone
 * </pre>
 *
 * <p>Oldest is the lowest id: a new row gets one above all that are there. A message that is given back keeps its id and so
 * goes before all later ones.
 */
final class SqliteQueue<E> extends AbstractQueue<E> implements DurableQueue<E> {
    private static final long LOOK_FOR_DEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Transactions transactions;
    private final Consumers consumers;
    private final String name;
    private final MessageTable<E> table;
    private final int maxSize;
    private final Bell bell;
    private final AtomicLong lookedForDead = new AtomicLong(System.nanoTime() - LOOK_FOR_DEAD_NANOS);

    SqliteQueue(
            Transactions transactions, Consumers consumers, Bell bell, String name, Column<E> messages, int maxSize) {
        this.transactions = transactions;
        this.consumers = consumers;
        this.name = name;
        this.table = new MessageTable<>(name, messages);
        this.maxSize = maxSize;
        this.bell = bell;
    }

    @Override
    public String name() {
        return name;
    }

    // Putting

    @Override
    public void put(E message) throws InterruptedException {
        await(() -> offer(message) ? Boolean.TRUE : null, Deadline.NEVER);
    }

    @Override
    public boolean offer(E message, long timeout, TimeUnit unit) throws InterruptedException {
        return await(() -> offer(message) ? Boolean.TRUE : null, Deadline.after(timeout, unit)) != null;
    }

    @Override
    public boolean offer(E message) {
        Objects.requireNonNull(message);
        boolean isPut = transactions.writeCount(session -> {
                    boolean isFull = maxSize != Integer.MAX_VALUE && table.count(session, maxSize) >= maxSize;
                    return isFull ? 0 : table.insert(session, message);
                })
                > 0;
        if (isPut) {
            CrashPoint.reached("durable-queue-K1");
            transactions.afterCommit(bell::ring);
        }
        return isPut;
    }

    @Override
    public int remainingCapacity() {
        return maxSize == Integer.MAX_VALUE ? maxSize : Math.max(0, maxSize - size());
    }

    // Receiving

    @Override
    public Delivery<E> receive() throws InterruptedException {
        return Objects.requireNonNull(await(this::deliver, Deadline.NEVER));
    }

    @Override
    public Optional<Delivery<E>> receive(Duration timeout) throws InterruptedException {
        return Optional.ofNullable(await(this::deliver, Deadline.after(timeout)));
    }

    @Override
    public Optional<Delivery<E>> tryReceive() {
        return Optional.ofNullable(deliver());
    }

    private @Nullable Delivery<E> deliver() {
        if (!isAnyFree()) {
            return null;
        }
        long self = consumers.self();
        Delivery<E> delivery = transactions.write(session ->
                table.deliver(session, self).map(row -> new Received(row, self)).orElse(null));
        if (delivery != null) {
            CrashPoint.reached("durable-queue-K2");
        }
        return delivery;
    }

    // Taking

    @Override
    public E take() throws InterruptedException {
        return Objects.requireNonNull(await(this::poll, Deadline.NEVER));
    }

    @Override
    public @Nullable E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return await(this::poll, Deadline.after(timeout, unit));
    }

    @Override
    public @Nullable E poll() {
        if (!isAnyFree()) {
            return null;
        }
        MessageTable.Row taken =
                transactions.write(session -> table.take(session).orElse(null));
        if (taken == null) {
            return null;
        }
        CrashPoint.reached("durable-queue-K4");
        removed();
        return table.message(taken);
    }

    @Override
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same object is meant
    public int drainTo(Collection<? super E> target, int most) {
        if (target == this) {
            throw new IllegalArgumentException("a queue can't be drained to itself");
        }
        if (most <= 0 || !isAnyFree()) {
            return 0;
        }
        List<MessageTable.Row> taken = Objects.requireNonNull(transactions.<List<MessageTable.Row>>write(session -> {
            List<MessageTable.Row> rows = table.free(session, most);
            table.delete(session, rows);
            return rows;
        }));
        if (!taken.isEmpty()) {
            removed();
        }
        taken.forEach(row -> target.add(table.message(row)));
        return taken.size();
    }

    @Override
    public boolean remove(@Nullable Object message) {
        boolean isRemoved = transactions.writeCount(session -> {
                    for (MessageTable.Row row : table.free(session, Integer.MAX_VALUE)) {
                        if (table.message(row).equals(message)) {
                            table.delete(session, List.of(row));
                            return 1;
                        }
                    }
                    return 0;
                })
                > 0;
        if (isRemoved) {
            removed();
        }
        return isRemoved;
    }

    // Looking

    @Override
    public @Nullable E peek() {
        List<E> first = snapshot(1);
        return first.isEmpty() ? null : first.getFirst();
    }

    @Override
    public int size() {
        return transactions.readCount(session -> table.count(session, Integer.MAX_VALUE));
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public Iterator<E> iterator() {
        return List.copyOf(snapshot(Integer.MAX_VALUE)).iterator();
    }

    @Override
    public String toString() {
        return "DurableQueue[" + name + ", " + size() + " messages in " + transactions + "]";
    }

    private List<E> snapshot(int most) {
        return Objects.requireNonNull(transactions.<List<MessageTable.Row>>read(session -> table.free(session, most)))
                .stream()
                .map(table::message)
                .toList();
    }

    /** Whether it is worth a transaction; looks now and then whether somebody has died who has messages. */
    private boolean isAnyFree() {
        long now = System.nanoTime();
        long looked = lookedForDead.get();
        if (now - looked >= LOOK_FOR_DEAD_NANOS && lookedForDead.compareAndSet(looked, now)) {
            giveBackOfDead();
        }
        return transactions.readCount(session -> table.isAnyFree(session) ? 1 : 0) > 0;
    }

    private void giveBackOfDead() {
        List<Long> holders = Objects.requireNonNull(transactions.<List<Long>>read(table::consumers));
        for (long holder : holders) {
            if (consumers.isDead(holder)) {
                transactions.writeCount(session -> table.giveBackAllOf(session, holder));
                transactions.afterCommit(bell::ring);
            }
        }
    }

    private void removed() {
        if (maxSize != Integer.MAX_VALUE) {
            transactions.afterCommit(bell::ring);
        }
    }

    // Waiting

    private <T> @Nullable T await(Attempt<T> attempt, Deadline deadline) throws InterruptedException {
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long rings = bell.rings();
            T result = attempt.attempt();
            if (result != null) {
                return result;
            }
            long left = deadline.nanosLeft();
            if (left <= 0) {
                return null;
            }
            if (transactions.isInOne()) {
                throw new IllegalStateException("to wait for the queue \"" + name
                        + "\" within a transaction would be for ever: nobody else can write meanwhile");
            }
            bell.await(rings, Math.min(left, bell.lookNanos()));
            transactions.checkOpen();
        }
    }

    /** Something to be tried until it gives a result. */
    private interface Attempt<T> {
        @Nullable
        T attempt();
    }

    /** A message that is delivered. */
    private final class Received implements Delivery<E> {
        private final MessageTable.Row row;
        private final long self;
        private final ReentrantLock lock = new ReentrantLock();
        private volatile boolean isAcknowledged;
        private volatile boolean isGivenBack;

        Received(MessageTable.Row row, long self) {
            this.row = row;
            this.self = self;
        }

        @Override
        public E message() {
            return table.message(row);
        }

        @Override
        public void acknowledge() {
            lock.lock();
            try {
                if (isAcknowledged) {
                    return;
                }
                if (isGivenBack
                        || transactions.writeCount(session -> table.acknowledge(session, row.id(), self)) == 0) {
                    throw new IllegalStateException("message " + row.id() + " of the queue \"" + name
                            + "\" is not with this process any more: it was given back");
                }
                isAcknowledged = true;
                transactions.onRollback(() -> isAcknowledged = false);
            } finally {
                lock.unlock();
            }
            CrashPoint.reached("durable-queue-K3");
            removed();
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (isAcknowledged || isGivenBack) {
                    return;
                }
                transactions.writeCount(session -> table.giveBack(session, row.id(), self));
                isGivenBack = true;
                transactions.onRollback(() -> isGivenBack = false);
            } finally {
                lock.unlock();
            }
            transactions.afterCommit(bell::ring);
        }

        @Override
        public String toString() {
            return "Delivery[" + row.id() + " of " + name
                    + (isAcknowledged ? ", acknowledged" : isGivenBack ? ", given back" : "") + "]";
        }
    }
}
