package io.multiprocessing.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.multiprocessing.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;

/**
 * A SQLite database set up for many processes: readers and the writer do not wait for each other (write-ahead log), a
 * writer has its lock from the beginning, and who finds the database busy waits.
 *
 * <p>{@snippet :
 * try (var database = SharedDatabase.open(Path.of("shop.db"))) {
 *     DurableDict<String, Integer> stock = database.durableDict("stock", String.class, Integer.class);
 *     stock.merge("apples", 5, Integer::sum);
 *     int rows = database.inTransaction(connection -> {
 *         try (var statement = connection.createStatement()) {
 *             return statement.executeUpdate("INSERT INTO sale VALUES ('apples', 5)");
 *         }
 *     });
 * }
 * }
 *
 * <p>Each process opens the database for itself, by its path. It may have tables of its user's own beside those of dicts
 * and queues, which are made when they are first asked for, and other programs may use it at the same time.
 *
 * <p>The file {@code PATH-consumers} beside it, by which it is known who lives, may be removed when nobody uses the database.
 *
 * <p>Thread and process safety: all methods may be called from any thread of any process. A call of SQLite occupies the
 * carrier of a virtual thread.
 *
 * <p>Crash effects: a transaction is there wholly or not at all, whenever a process is killed; nobody has to repair
 * anything. What was committed last may be lost when the machine stops, unless {@link Settings#powerSafe()} was asked for.
 *
 * <p>Source: Python's {@code sqlite3}; sqlite.org/wal.html.
 */
public final class SharedDatabase implements AutoCloseable {
    private final Path path;
    private final Settings settings;
    private final Sessions sessions;
    private final Transactions transactions;
    private final Consumers consumers;
    private final Map<String, Bell> bells = new ConcurrentHashMap<>();
    private @Nullable HikariDataSource dataSource;

    private SharedDatabase(Path path, Settings settings) {
        this.path = path;
        this.settings = settings;
        this.sessions = new Sessions(path, settings.busyTimeout, settings.isPowerSafe);
        this.transactions = new Transactions(path, settings.busyTimeout, sessions);
        this.consumers = new Consumers(path);
    }

    /** As {@code at(path).open()}. */
    public static SharedDatabase open(Path path) {
        return at(path).open();
    }

    /** Says how to open a database, before {@link Settings#open()} does. */
    public static Settings at(Path path) {
        return new Settings(path);
    }

    /** The database's file, as an absolute path. */
    public Path path() {
        return path;
    }

    /**
     * Does something in a transaction that writes: all of it is done or nothing. In it nobody else writes. What dicts and
     * queues of this database do in the same thread meanwhile belongs to it, and so does a transaction within.
     *
     * @param work must neither close nor commit the connection, and not keep it; it is run again if the database was busy
     * @return what the work gave
     * @throws DatabaseException if the database is busy for longer than {@link Settings#busyTimeout}, or the work threw
     *     an {@link SQLException}; nothing was done. What else the work throws is thrown, and nothing was done.
     * @throws InterruptedException if the calling thread is interrupted while it waits for its turn
     */
    @SuppressWarnings("NullAway") // what may be null is what the work may give
    public <T extends @Nullable Object> T inTransaction(Work<T> work) throws InterruptedException {
        return transactions.run(session -> work.run(session.connection()));
    }

    /**
     * Connections for programs that want a {@link DataSource}: pooled, and set up as all others here. Their transactions
     * wait for a busy database as SQLite does, at most {@link Settings#busyTimeout}. Closed with the database.
     */
    public synchronized DataSource dataSource() {
        sessions.checkOpen();
        if (dataSource == null) {
            dataSource = pool();
        }
        return dataSource;
    }

    /**
     * The dict of a name; it is created if it is not there.
     *
     * @param name 1 to 60 letters, digits or {@code _}, beginning with a letter
     * @param keyType what the keys are: this says how they are stored, so all processes must say the same
     * @param valueType what the values are, likewise
     * @throws IllegalArgumentException if the name is not of that form
     * @throws DatabaseException if the dict was made by a later version of this library
     */
    public <K, V> DurableDict<K, V> durableDict(String name, Class<K> keyType, Class<V> valueType) {
        make(Schema.DICT, Schema.check(name));
        return new SqliteDict<>(
                transactions,
                name,
                new Column<>(keyType, settings.maxValueBytes),
                new Column<>(valueType, settings.maxValueBytes));
    }

    /** As {@link #durableQueue(String, Class, int)}, without a limit. */
    public <E> DurableQueue<E> durableQueue(String name, Class<E> type) {
        return durableQueue(name, type, Integer.MAX_VALUE);
    }

    /**
     * The queue of a name; it is created if it is not there.
     *
     * @param name 1 to 60 letters, digits or {@code _}, beginning with a letter
     * @param type what the messages are: this says how they are stored, so all processes must say the same
     * @param maxSize how many messages there may be for this process to put another one
     * @throws IllegalArgumentException if the name is not of that form, or {@code maxSize} less than 1
     * @throws DatabaseException if the queue was made by a later version of this library
     */
    public <E> DurableQueue<E> durableQueue(String name, Class<E> type, int maxSize) {
        if (maxSize < 1) {
            throw new IllegalArgumentException("a queue must hold at least 1 message, not " + maxSize);
        }
        make(Schema.QUEUE, Schema.check(name));
        return new SqliteQueue<>(
                transactions, consumers, bell(name), name, new Column<>(type, settings.maxValueBytes), maxSize);
    }

    /** Gives up this process's connections. What it has received and not acknowledged is delivered again. */
    @Override
    public synchronized void close() {
        sessions.close();
        consumers.close();
        bells.values().forEach(bell -> {
            if (bell instanceof Bell.Inner) {
                bell.ring(); // who waits finds the database closed
            }
        });
        if (dataSource != null) {
            dataSource.close();
        }
    }

    @Override
    public String toString() {
        return "SharedDatabase[" + path + "]";
    }

    Transactions transactions() {
        return transactions;
    }

    private Bell bell(String queue) {
        return bells.computeIfAbsent(queue, name -> {
            Context mp = settings.mp;
            if (mp == null) {
                return new Bell.Inner();
            }
            UUID file = UUID.nameUUIDFromBytes(path.toString().getBytes(StandardCharsets.UTF_8));
            return new Bell.OfContext(mp, "sqlite-" + file.toString().substring(0, 23) + "." + name);
        });
    }

    private void make(Schema schema, String name) {
        transactions.write(session -> {
            schema.make(session, name);
            return null;
        });
    }

    private HikariDataSource pool() {
        var source = new SQLiteDataSource(sessions.config());
        source.setUrl(sessions.url());
        var config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("multiprocessing-" + path.getFileName());
        config.setMaximumPoolSize(settings.poolSize);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    /**
     * What is done in a transaction.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Connection connection) throws SQLException;
    }

    /** How a database is to be opened. */
    public static final class Settings {
        private static final int DEFAULT_MAX_VALUE_BYTES = 100 << 20;
        private static final int MOST_VALUE_BYTES = 1_000_000_000;

        private final Path path;
        private Duration busyTimeout = Duration.ofSeconds(10);
        private boolean isPowerSafe;
        private int maxValueBytes = DEFAULT_MAX_VALUE_BYTES;
        private int poolSize = 8;
        private @Nullable Context mp;

        private Settings(Path path) {
            this.path = path;
        }

        /**
         * How long a transaction waits for others at most; 10 seconds if it is not said.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Settings busyTimeout(Duration newTimeout) {
            if (!newTimeout.isPositive()) {
                throw new IllegalArgumentException("the busy timeout must be positive, not " + newTimeout);
            }
            busyTimeout = newTimeout;
            return this;
        }

        /** Has every commit on the disk before it returns, so that it also survives a power cut; it is much slower. */
        public Settings powerSafe() {
            isPowerSafe = true;
            return this;
        }

        /**
         * How large a key, a value or a message may be at most; 100 MiB if it is not said.
         *
         * @throws IllegalArgumentException if it is less than 1, or more than 1,000,000,000, SQLite's own limit
         */
        public Settings maxValueBytes(int bytes) {
            if (bytes < 1 || bytes > MOST_VALUE_BYTES) {
                throw new IllegalArgumentException(
                        "a value may have 1 to " + MOST_VALUE_BYTES + " bytes at most, not " + bytes);
            }
            maxValueBytes = bytes;
            return this;
        }

        /**
         * How many connections {@link SharedDatabase#dataSource} has at most; 8 if it is not said.
         *
         * @throws IllegalArgumentException if it is less than 1
         */
        public Settings poolSize(int connections) {
            if (connections < 1) {
                throw new IllegalArgumentException("a pool must have at least 1 connection, not " + connections);
            }
            poolSize = connections;
            return this;
        }

        /** Those who wait at a queue are woken by the processes that open the database with the same context. */
        public Settings context(Context context) {
            mp = context;
            return this;
        }

        /**
         * Opens the database; its file is created if it is not there.
         *
         * @throws IllegalArgumentException if the path is a directory
         * @throws DatabaseException if it can't be opened or created, is read-only, damaged, or no SQLite database
         */
        public SharedDatabase open() {
            if (Files.isDirectory(path)) {
                throw new IllegalArgumentException("a folder is no database: " + path + "; name a file in it");
            }
            var database = new SharedDatabase(real(path.toAbsolutePath().normalize()), this);
            boolean isOpen = false;
            try {
                database.transactions.useWriteAheadLog();
                isOpen = true;
                return database;
            } finally {
                if (!isOpen) {
                    database.close();
                }
            }
        }

        private static Path real(Path path) {
            try {
                return path.toRealPath();
            } catch (IOException notThere) {
                return path;
            }
        }
    }
}
