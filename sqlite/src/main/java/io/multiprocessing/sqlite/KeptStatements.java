package io.multiprocessing.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.Codes;
import org.sqlite.core.DB;
import org.sqlite.jdbc4.JDBC4Connection;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/**
 * A connection that keeps prepared statements when they are closed, for the next time that the same text is prepared, as
 * Python's {@code sqlite3} does: to prepare a short one takes longer than to run it. Used by one thread at a time.
 *
 * <p>Only those without a result are kept. The driver asks a statement for its columns once, and a table may have others
 * the next time.
 *
 * <p>Its transactions are begun and ended by {@link #run} alone. The driver is told that it does not commit by itself;
 * else it would look after each statement whether SQLite still does, by beginning and ending a transaction.
 */
final class KeptStatements extends JDBC4Connection {
    private static final int MOST = 64;

    private final Map<String, Kept> plain = new HashMap<>();
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    KeptStatements(String url, String file, Properties settings) throws SQLException {
        super(url, file, settings);
        getConnectionConfig().setAutoCommit(false);
    }

    /** Runs a statement without parameters and result, by no more calls of the driver than it takes. */
    void run(String sql) throws SQLException {
        checkOpen();
        Kept statement = plain.get(sql);
        if (statement == null) {
            statement = new Kept(this, sql);
            plain.put(sql, statement);
        }
        statement.run();
    }

    @Override
    public void commit() throws SQLException {
        throw endsByItself();
    }

    @Override
    public void rollback() throws SQLException {
        throw endsByItself();
    }

    @Override
    public void setAutoCommit(boolean newAutoCommit) throws SQLException {
        throw endsByItself();
    }

    private static SQLException endsByItself() {
        return new SQLException("a transaction of a SharedDatabase is committed when its work returns,"
                + " and rolled back when it throws");
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        checkOpen();
        checkCursor(type, concurrency, holdability);
        Kept found = kept.remove(sql);
        if (found == null) {
            return new Kept(this, sql);
        }
        found.isKept = false;
        found.givesKeys = false;
        return found;
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int generatedKeys) throws SQLException {
        return generatedKeys == Statement.RETURN_GENERATED_KEYS ? givingKeys(sql) : prepareStatement(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
        return givingKeys(sql);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
        return givingKeys(sql);
    }

    private PreparedStatement givingKeys(String sql) throws SQLException {
        PreparedStatement statement = prepareStatement(sql);
        ((Kept) statement).givesKeys = true;
        return statement;
    }

    private void keep(Kept statement) throws SQLException {
        Kept other = kept.put(statement.text, statement);
        if (other != null) {
            other.end();
        }
        if (kept.size() > MOST) {
            var oldest = kept.values().iterator();
            Kept unused = oldest.next();
            oldest.remove();
            unused.end();
        }
    }

    private static final class Kept extends JDBC4PreparedStatement {
        private final KeptStatements owner;
        private final String text;
        private boolean isKept;
        private boolean givesKeys;

        Kept(KeptStatements owner, String text) throws SQLException {
            super((SQLiteConnection) owner, text);
            this.owner = owner;
            this.text = text;
        }

        @Override
        public void close() throws SQLException {
            if (isKept) {
                return;
            }
            if (columnCount > 0 || pointer.isClosed() || owner.isClosed()) {
                end();
                return;
            }
            clearGeneratedKeys();
            clearBatch();
            clearParameters();
            setQueryTimeout(0);
            isKept = true;
            owner.keep(this);
        }

        /** The driver asks for the key of each row that is inserted, by a statement of its own; we, for who wants it. */
        @Override
        public void updateGeneratedKeys() throws SQLException {
            if (givesKeys) {
                super.updateGeneratedKeys();
            }
        }

        void run() throws SQLException {
            try {
                int code = pointer.safeRunInt(DB::step);
                if (code != Codes.SQLITE_DONE) {
                    owner.getDatabase().throwex(code);
                }
            } finally {
                pointer.safeRunInt(DB::reset);
            }
        }

        void end() throws SQLException {
            super.close();
        }
    }
}
