package io.multiprocessing.sqlite;

import static io.multiprocessing.sqlite.Sql.execute;
import static io.multiprocessing.sqlite.Sql.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Prepared statements of a transaction, which are kept for the next one that prepares the same. */
class KeptStatementsTest extends DatabaseSuite {
    @Test
    void aStatementIsKeptForTheNextTransaction_withoutWhatWasSet() throws Exception {
        database.inTransaction(connection -> execute(connection, "CREATE TABLE t (x DEFAULT 7, y)"));
        String sql = "INSERT INTO t VALUES (?, ?)";
        PreparedStatement first = database.inTransaction(connection -> {
            PreparedStatement statement = connection.prepareStatement(sql);
            statement.setInt(1, 1);
            statement.setInt(2, 2);
            statement.executeUpdate();
            statement.close();
            statement.close();
            return statement;
        });
        database.inTransaction(connection -> {
            try (PreparedStatement kept = connection.prepareStatement(sql);
                    PreparedStatement another = connection.prepareStatement(sql)) {
                assertThat(kept).isSameAs(first);
                assertThat(another).isNotSameAs(kept);
                another.setInt(1, 5);
                another.executeUpdate();
                return kept.executeUpdate();
            }
        });
        assertThat(number(path, "SELECT count(*) FROM t WHERE x IS NULL AND y IS NULL"))
                .as("nothing is left of the parameters")
                .isEqualTo(1);
        assertThat(number(path, "SELECT sum(x) FROM t")).isEqualTo(6);
    }

    @Test
    void aStatementGivesTheKeysItHasMade_ifItIsToldTo() throws Exception {
        database.inTransaction(connection -> execute(connection, "CREATE TABLE t (id INTEGER PRIMARY KEY, x)"));
        String sql = "INSERT INTO t (x) VALUES (1)";
        for (int key = 1; key <= 3; key++) {
            int expected = 2 * key;
            database.inTransaction(connection -> {
                try (PreparedStatement insert = connection.prepareStatement(sql)) {
                    insert.executeUpdate();
                    assertThat(insert.getGeneratedKeys().next()).isFalse();
                }
                try (PreparedStatement insert = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
                    insert.executeUpdate();
                    ResultSet keys = insert.getGeneratedKeys();
                    assertThat(keys.next()).isTrue();
                    assertThat(keys.getInt(1)).isEqualTo(expected);
                }
                return null;
            });
        }
    }

    @Test
    void aStatementIsKept_afterItsTableHasChanged() throws Exception {
        database.inTransaction(connection -> execute(connection, "CREATE TABLE t (x)"));
        for (int round = 1; round <= 3; round++) {
            String column = "y" + round;
            database.inTransaction(connection -> {
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t (x) VALUES (1)")) {
                    return insert.executeUpdate();
                }
            });
            int columns = database.inTransaction(connection -> {
                execute(connection, "ALTER TABLE t ADD COLUMN " + column);
                try (PreparedStatement select = connection.prepareStatement("SELECT * FROM t");
                        ResultSet row = select.executeQuery()) {
                    return row.getMetaData().getColumnCount();
                }
            });
            assertThat(columns).isEqualTo(1 + round);
        }
        assertThat(number(path, "SELECT count(*) FROM t")).isEqualTo(3);
    }

    @Test
    void manyDifferentStatementsMayBePrepared() throws Exception {
        database.inTransaction(connection -> execute(connection, "CREATE TABLE t (x)"));
        int rows = database.inTransaction(connection -> {
            int inserted = 0;
            for (int i = 0; i < 300; i++) {
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (" + i + ")")) {
                    inserted += insert.executeUpdate();
                }
            }
            return inserted;
        });
        assertThat(rows).isEqualTo(300);
        assertThat(number(path, "SELECT count(DISTINCT x) FROM t")).isEqualTo(300);
    }
}
