package io.multiprocessing.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.sqlite.SQLiteConnection;
import org.sqlite.core.DB;
import org.sqlite.jdbc4.JDBC4Connection;
import org.sqlite.jdbc4.JDBC4PreparedStatement;

/**
 * A connection that keeps prepared statements when they are closed, for the next time that the same text is prepared, as
 * Python's {@code sqlite3} does: to prepare a short one takes longer than to run it. Used by one thread at a time.
 *
 * <p>Only those without a result are kept. The driver asks a statement for its columns once, and a table may have others
 * the next time.
 */
final class KeptStatements extends JDBC4Connection {
    private static final int MOST = 64;

    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);

    KeptStatements(String url, String file, Properties settings) throws SQLException {
        super(url, file, settings);
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
        return found;
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
            pointer.safeRunInt(DB::reset);
            clearBatch();
            clearParameters();
            setQueryTimeout(0);
            isKept = true;
            owner.keep(this);
        }

        void end() throws SQLException {
            super.close();
        }
    }
}
