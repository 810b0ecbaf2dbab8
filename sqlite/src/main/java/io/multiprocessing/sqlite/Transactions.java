package io.multiprocessing.sqlite;

import io.multiprocessing.spi.Uninterrupted;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one opening of a database.
 *
 * <p>Only one at a time can write. Threads that use this opening take turns by a lock of the JVM, and who has the turn tries
 * to begin: SQLite's own lock keeps all others out, of this library or not. SQLite does not wait here, we do:
 * {@link BusyWait}.
 */
final class Transactions {
    private final Path path;
    private final Duration busyTimeout;
    private final Sessions sessions;
    private final ReentrantLock turn = new ReentrantLock();

    @SuppressWarnings("ThreadLocalUsage") // of this opening: another one has transactions of its own
    private final ThreadLocal<@Nullable Transaction> current = new ThreadLocal<>();

    Transactions(Path path, Duration busyTimeout, Sessions sessions) {
        this.path = path;
        this.busyTimeout = busyTimeout;
        this.sessions = sessions;
    }

    /**
     * Does something in a transaction that writes, or in the one that this thread is in.
     *
     * @throws InterruptedException if the thread is interrupted before the transaction has begun
     */
    <T> @Nullable T run(Session.Work<T> work) throws InterruptedException {
        Transaction outer = current.get();
        if (outer != null) {
            return within(outer, work);
        }
        if (!turn.tryLock(busyTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new DatabaseException("the database " + path
                    + " is busy: other threads of this process have been writing all the time, for " + busyTimeout);
        }
        var transaction = new Transaction();
        @Nullable T result;
        try {
            result = patiently(() -> attempt(work, transaction));
        } finally {
            turn.unlock();
        }
        transaction.afterCommit.forEach(Runnable::run);
        return result;
    }

    /** As {@link #run}, but keeps an interrupt for later. */
    <T> @Nullable T write(Session.Work<T> work) {
        return Uninterrupted.get(() -> Optional.ofNullable(run(work))).orElse(null);
    }

    /** Reads, in the transaction that this thread is in, or in one of its own. */
    <T> @Nullable T read(Session.Work<T> work) {
        Transaction outer = current.get();
        if (outer != null) {
            return within(outer, work);
        }
        return Uninterrupted.get(() -> Optional.ofNullable(patiently(() -> {
                    Session session = sessions.take();
                    try {
                        return work.run(session);
                    } finally {
                        sessions.give(session);
                    }
                })))
                .orElse(null);
    }

    int writeCount(Session.Count count) {
        return Objects.requireNonNull(write(count::run));
    }

    int readCount(Session.Count count) {
        return Objects.requireNonNull(read(count::run));
    }

    /** Runs something when what this thread has written is committed: now, or after its transaction. */
    void afterCommit(Runnable action) {
        Transaction outer = current.get();
        if (outer == null) {
            action.run();
        } else {
            outer.afterCommit.add(action);
        }
    }

    /** Runs something if the transaction that this thread is in comes to nothing. */
    void onRollback(Runnable action) {
        Transaction outer = current.get();
        if (outer != null) {
            outer.onRollback.add(action);
        }
    }

    boolean isInOne() {
        return current.get() != null;
    }

    void checkOpen() {
        sessions.checkOpen();
    }

    /** To change to the write-ahead log nobody else may be there, and SQLite does not wait for that. */
    void useWriteAheadLog() {
        try {
            patiently(() -> {
                sessions.useWriteAheadLog();
                return null;
            });
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while opening the database " + path);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private <T> @Nullable T within(Transaction outer, Session.Work<T> work) {
        try {
            return work.run(outer.session);
        } catch (SQLException failure) {
            throw Failures.told(path, failure);
        }
    }

    private <T> @Nullable T attempt(Session.Work<T> work, Transaction transaction) throws SQLException {
        Session session = sessions.take();
        transaction.begin(session);
        try {
            session.execute("BEGIN IMMEDIATE");
            return committed(work, transaction);
        } finally {
            current.remove();
            sessions.give(session);
        }
    }

    private <T> @Nullable T committed(Session.Work<T> work, Transaction transaction) throws SQLException {
        Session session = transaction.session;
        boolean isCommitted = false;
        try {
            current.set(transaction);
            @Nullable T result = work.run(session);
            session.execute("COMMIT");
            isCommitted = true;
            return result;
        } finally {
            if (!isCommitted) {
                rollBack(session);
                transaction.onRollback.forEach(Runnable::run);
            }
        }
    }

    private static void rollBack(Session session) {
        try {
            session.execute("ROLLBACK");
        } catch (SQLException rolledBackAlready) {
            // SQLite does so by itself when the disk is full, or fails.
        }
    }

    /** Tries until the database is not busy. */
    private <T> @Nullable T patiently(Attempt<T> attempt) throws InterruptedException {
        @Nullable BusyWait wait = null;
        while (true) {
            try {
                return attempt.run();
            } catch (SQLException failure) {
                if (wait == null) {
                    wait = new BusyWait(busyTimeout);
                }
                if (!Failures.isBusy(failure) || !wait.pause()) {
                    throw Failures.told(path, failure);
                }
            }
        }
    }

    private interface Attempt<T> {
        @Nullable
        T run() throws SQLException;
    }

    /** A transaction of this thread. */
    private static final class Transaction {
        @SuppressWarnings("NullAway.Init") // set before anybody sees it
        private Session session;

        private final List<Runnable> afterCommit = new ArrayList<>(1);
        private final List<Runnable> onRollback = new ArrayList<>(1);

        /** Begins, perhaps again: what an attempt that came to nothing has left is forgotten. */
        void begin(Session with) {
            session = with;
            afterCommit.clear();
            onRollback.clear();
        }
    }
}
