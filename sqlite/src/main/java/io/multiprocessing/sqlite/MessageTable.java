package io.multiprocessing.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table of a queue: a message a row. Each method is a statement or two, in the transaction of the session that it is given;
 * what is free, the oldest first, is said in {@link SqliteQueue}.
 */
final class MessageTable<E> {
    private final Column<E> messages;
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

    MessageTable(String queue, Column<E> messages) {
        this.messages = messages;
        String table = "queue_" + queue;
        String isFree = "consumer IS NULL AND (lease IS NULL OR lease <= ?)";
        findFree = "SELECT id FROM " + table + " WHERE " + isFree + " ORDER BY id LIMIT 1";
        insert = "INSERT INTO " + table + " (value) VALUES (?)";
        deliver =
                "UPDATE " + table + " SET consumer = ?, lease = NULL WHERE id = (" + findFree + ") RETURNING id, value";
        take = "DELETE FROM " + table + " WHERE id = (" + findFree + ") RETURNING id, value";
        acknowledge = "DELETE FROM " + table + " WHERE id = ? AND consumer = ?";
        giveBack = "UPDATE " + table + " SET consumer = NULL WHERE id = ? AND consumer = ?";
        selectConsumers = "SELECT DISTINCT consumer FROM " + table + " WHERE consumer IS NOT NULL";
        giveBackAll = "UPDATE " + table + " SET consumer = NULL WHERE consumer = ?";
        selectFree = "SELECT id, value FROM " + table + " WHERE " + isFree + " ORDER BY id LIMIT ?";
        delete = "DELETE FROM " + table + " WHERE id = ?";
        count = "SELECT count(*) FROM (SELECT 1 FROM " + table + " LIMIT ?)";
    }

    /**
     * A message as it is stored.
     *
     * @param value as the driver gives it; {@link #message} makes a message of it
     */
    record Row(long id, Object value) {}

    /** To be called after the commit, so that a message that can't be read is not in the way of the others. */
    E message(Row row) {
        return messages.value(row.value);
    }

    int insert(Session session, E message) throws SQLException {
        PreparedStatement statement = session.prepared(insert);
        messages.set(statement, 1, message);
        return statement.executeUpdate();
    }

    boolean isAnyFree(Session session) throws SQLException {
        PreparedStatement statement = session.prepared(findFree);
        statement.setLong(1, System.currentTimeMillis());
        try (ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    /** Gives the oldest that is free to a consumer. */
    Optional<Row> deliver(Session session, long consumer) throws SQLException {
        PreparedStatement statement = session.prepared(deliver);
        statement.setLong(1, consumer);
        statement.setLong(2, System.currentTimeMillis());
        return only(statement);
    }

    /** Removes the oldest that is free. */
    Optional<Row> take(Session session) throws SQLException {
        PreparedStatement statement = session.prepared(take);
        statement.setLong(1, System.currentTimeMillis());
        return only(statement);
    }

    /** The oldest that are free. */
    List<Row> free(Session session, int most) throws SQLException {
        PreparedStatement statement = session.prepared(selectFree);
        statement.setLong(1, System.currentTimeMillis());
        statement.setLong(2, most);
        List<Row> found = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new Row(row.getLong(1), row.getObject(2)));
            }
        }
        return found;
    }

    void delete(Session session, List<Row> rows) throws SQLException {
        PreparedStatement statement = session.prepared(delete);
        for (Row row : rows) {
            statement.setLong(1, row.id);
            statement.executeUpdate();
        }
    }

    /** Removes a message that a consumer has; 0 if it has not. */
    int acknowledge(Session session, long id, long consumer) throws SQLException {
        return change(session, acknowledge, id, consumer);
    }

    /** Frees a message that a consumer has; 0 if it has not. */
    int giveBack(Session session, long id, long consumer) throws SQLException {
        return change(session, giveBack, id, consumer);
    }

    /** Who has messages. */
    List<Long> consumers(Session session) throws SQLException {
        List<Long> found = new ArrayList<>();
        try (ResultSet row = session.prepared(selectConsumers).executeQuery()) {
            while (row.next()) {
                found.add(row.getLong(1));
            }
        }
        return found;
    }

    int giveBackAllOf(Session session, long consumer) throws SQLException {
        PreparedStatement statement = session.prepared(giveBackAll);
        statement.setLong(1, consumer);
        return statement.executeUpdate();
    }

    /** How many there are, whoever has them; it counts no further than that many. */
    int count(Session session, int most) throws SQLException {
        PreparedStatement statement = session.prepared(count);
        statement.setLong(1, most);
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private static Optional<Row> only(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(new Row(row.getLong(1), row.getObject(2))) : Optional.empty();
        }
    }

    private static int change(Session session, String sql, long id, long consumer) throws SQLException {
        PreparedStatement statement = session.prepared(sql);
        statement.setLong(1, id);
        statement.setLong(2, consumer);
        return statement.executeUpdate();
    }
}
