package io.multiprocessing.sqlite;

import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.spi.Deadline;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.AbstractQueue;
import java.util.ArrayList;
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
    private final Column<E> messages;
    private final int maxSize;
    private final Bell bell;
    private final AtomicLong lookedForDead = new AtomicLong(System.nanoTime() - LOOK_FOR_DEAD_NANOS);
    private final String insert;
    private final String findFree;
    private final String deliver;
    private final String take;
    private final String acknowledge;
    private final String giveBack;
    private final String selectConsumers;
    private final String giveBackAll;
    private final String selectFree;
    private final String delete;
    private final String count;

    SqliteQueue(
            Transactions transactions, Consumers consumers, Bell bell, String name, Column<E> messages, int maxSize) {
        this.transactions = transactions;
        this.consumers = consumers;
        this.name = name;
        this.messages = messages;
        this.maxSize = maxSize;
        this.bell = bell;
        String table = "queue_" + name;
        String isFree = "consumer IS NULL AND (lease IS NULL OR lease <= ?)";
        findFree = "SELECT id FROM " + table + " WHERE " + isFree + " ORDER BY id LIMIT 1";
        insert = "INSERT INTO " + table + " (value) VALUES (?)";
        deliver = "UPDATE " + table + " SET consumer = ?, lease = NULL WHERE id = (SELECT id FROM " + table + " WHERE "
                + isFree + " ORDER BY id LIMIT 1) RETURNING id, value";
        take = "DELETE FROM " + table + " WHERE id = (" + findFree + ") RETURNING value";
        acknowledge = "DELETE FROM " + table + " WHERE id = ? AND consumer = ?";
        giveBack = "UPDATE " + table + " SET consumer = NULL WHERE id = ? AND consumer = ?";
        selectConsumers = "SELECT DISTINCT consumer FROM " + table + " WHERE consumer IS NOT NULL";
        giveBackAll = "UPDATE " + table + " SET consumer = NULL WHERE consumer = ?";
        selectFree = "SELECT id, value FROM " + table + " WHERE " + isFree + " ORDER BY id LIMIT ?";
        delete = "DELETE FROM " + table + " WHERE id = ?";
        count = "SELECT count(*) FROM (SELECT 1 FROM " + table + " LIMIT ?)";
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
                    if (maxSize != Integer.MAX_VALUE && count(session, maxSize) >= maxSize) {
                        return 0;
                    }
                    PreparedStatement statement = session.prepared(insert);
                    messages.set(statement, 1, message);
                    return statement.executeUpdate();
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
        Delivery<E> delivery = transactions.write(session -> {
            PreparedStatement statement = session.prepared(deliver);
            statement.setLong(1, self);
            statement.setLong(2, System.currentTimeMillis());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Received(row.getLong(1), self, row.getObject(2)) : null;
            }
        });
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
        Object stored = transactions.write(session -> {
            PreparedStatement statement = session.prepared(take);
            statement.setLong(1, System.currentTimeMillis());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getObject(1) : null;
            }
        });
        if (stored == null) {
            return null;
        }
        CrashPoint.reached("durable-queue-K4");
        removed();
        return messages.value(stored); // after the commit: one that can't be read is not in the way of the others
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
        List<Object> taken = Objects.requireNonNull(transactions.<List<Object>>write(session -> {
            List<Object> stored = new ArrayList<>();
            List<Long> ids = new ArrayList<>();
            PreparedStatement statement = session.prepared(selectFree);
            statement.setLong(1, System.currentTimeMillis());
            statement.setLong(2, most);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong(1));
                    stored.add(row.getObject(2));
                }
            }
            PreparedStatement remove = session.prepared(delete);
            for (long id : ids) {
                remove.setLong(1, id);
                remove.executeUpdate();
            }
            return stored;
        }));
        if (!taken.isEmpty()) {
            removed();
        }
        taken.forEach(stored -> target.add(messages.value(stored)));
        return taken.size();
    }

    // Looking

    @Override
    public @Nullable E peek() {
        List<E> first = snapshot(1);
        return first.isEmpty() ? null : first.getFirst();
    }

    @Override
    public int size() {
        return transactions.readCount(session -> count(session, Integer.MAX_VALUE));
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
        return Objects.requireNonNull(transactions.<List<E>>read(session -> {
            PreparedStatement statement = session.prepared(selectFree);
            statement.setLong(1, System.currentTimeMillis());
            statement.setLong(2, most);
            List<E> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(messages.value(row.getObject(2)));
                }
            }
            return found;
        }));
    }

    private int count(Session session, int most) throws SQLException {
        PreparedStatement statement = session.prepared(count);
        statement.setLong(1, most);
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Whether it is worth a transaction; looks now and then whether somebody has died who has messages. */
    private boolean isAnyFree() {
        long now = System.nanoTime();
        long looked = lookedForDead.get();
        if (now - looked >= LOOK_FOR_DEAD_NANOS && lookedForDead.compareAndSet(looked, now)) {
            giveBackOfDead();
        }
        return transactions.readCount(session -> {
                    PreparedStatement statement = session.prepared(findFree);
                    statement.setLong(1, System.currentTimeMillis());
                    try (ResultSet row = statement.executeQuery()) {
                        return row.next() ? 1 : 0;
                    }
                })
                > 0;
    }

    private void giveBackOfDead() {
        List<Long> holders = Objects.requireNonNull(transactions.<List<Long>>read(session -> {
            List<Long> found = new ArrayList<>();
            try (ResultSet row = session.prepared(selectConsumers).executeQuery()) {
                while (row.next()) {
                    found.add(row.getLong(1));
                }
            }
            return found;
        }));
        for (long holder : holders) {
            if (consumers.isDead(holder)) {
                transactions.writeCount(session -> {
                    PreparedStatement statement = session.prepared(giveBackAll);
                    statement.setLong(1, holder);
                    return statement.executeUpdate();
                });
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
        private final long id;
        private final long self;
        private final Object stored;
        private final ReentrantLock lock = new ReentrantLock();
        private volatile boolean isAcknowledged;
        private volatile boolean isGivenBack;

        Received(long id, long self, Object stored) {
            this.id = id;
            this.self = self;
            this.stored = stored;
        }

        @Override
        public E message() {
            return messages.value(stored);
        }

        @Override
        public void acknowledge() {
            lock.lock();
            try {
                if (isAcknowledged) {
                    return;
                }
                if (isGivenBack || change(acknowledge) == 0) {
                    throw new IllegalStateException("message " + id + " of the queue \"" + name
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
                change(giveBack);
                isGivenBack = true;
                transactions.onRollback(() -> isGivenBack = false);
            } finally {
                lock.unlock();
            }
            transactions.afterCommit(bell::ring);
        }

        private int change(String sql) {
            return transactions.writeCount(session -> {
                PreparedStatement statement = session.prepared(sql);
                statement.setLong(1, id);
                statement.setLong(2, self);
                return statement.executeUpdate();
            });
        }

        @Override
        public String toString() {
            return "Delivery[" + id + " of " + name
                    + (isAcknowledged ? ", acknowledged" : isGivenBack ? ", given back" : "") + "]";
        }
    }
}
