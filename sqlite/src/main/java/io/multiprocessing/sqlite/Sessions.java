package io.multiprocessing.sqlite;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** The sessions of one opening of a database: as many as are needed at once, up to a limit. */
final class Sessions {
    private static final int MOST = 8;

    private final Path path;
    private final SQLiteConfig config;
    private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore permits = new Semaphore(MOST);
    private volatile boolean isClosed;

    Sessions(Path path, Duration busyTimeout, boolean isPowerSafe) {
        this.path = path;
        this.config = config(busyTimeout, isPowerSafe);
    }

    /** How every connection is set up. */
    static SQLiteConfig config(Duration busyTimeout, boolean isPowerSafe) {
        Driver.prepare();
        var config = new SQLiteConfig();
        config.setBusyTimeout((int) Math.min(Integer.MAX_VALUE, busyTimeout.toMillis()));
        config.setSynchronous(isPowerSafe ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.NORMAL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        return config;
    }

    String url() {
        return "jdbc:sqlite:" + path;
    }

    SQLiteConfig config() {
        return config;
    }

    /** Makes the database one in which readers and a writer do not wait for each other. That lasts. */
    void useWriteAheadLog() throws SQLException {
        Session session = take();
        try (Statement statement = session.connection().createStatement();
                ResultSet mode = statement.executeQuery("PRAGMA journal_mode=WAL")) {
            if (!mode.next() || !mode.getString(1).equals("wal")) {
                throw new DatabaseException("the database " + path
                        + " can't have a write-ahead log: it is read-only, or its file system can't share memory");
            }
        } finally {
            give(session);
        }
    }

    Session take() throws SQLException {
        permits.acquireUninterruptibly();
        boolean isTaken = false;
        try {
            checkOpen();
            Session session = idle.pollFirst();
            if (session == null) {
                session = new Session(connect());
            }
            isTaken = true;
            return session;
        } finally {
            if (!isTaken) {
                permits.release();
            }
        }
    }

    /** Takes a session back; one that may be in an odd state is closed. */
    void give(Session session) {
        if (isClosed || !isUsable(session)) {
            session.close();
        } else {
            idle.offerFirst(session);
            if (isClosed) {
                closeIdle();
            }
        }
        permits.release();
    }

    void checkOpen() {
        if (isClosed) {
            throw new IllegalStateException("the database " + path + " is closed in this process");
        }
    }

    void close() {
        isClosed = true;
        closeIdle();
    }

    private void closeIdle() {
        for (@Nullable Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
            session.close();
        }
    }

    /** It does not wait when the database is busy: we do, {@link BusyWait}. */
    private KeptStatements connect() throws SQLException {
        var connection = new KeptStatements(url(), path.toString(), config.toProperties());
        connection.setBusyTimeout(0);
        return connection;
    }

    private static boolean isUsable(Session session) {
        try {
            return !session.connection().isClosed();
        } catch (SQLException broken) {
            return false;
        }
    }
}
