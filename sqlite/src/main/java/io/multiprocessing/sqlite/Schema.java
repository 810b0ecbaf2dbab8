package io.multiprocessing.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The tables of one kind of object, by version. Step n, counted from 1, makes version n of version n−1; in its statements
 * {@code {name}} is the object's name. Which objects there are and of which version is in the table
 * {@code multiprocessing_objects}. A step and its number are one transaction.
 */
record Schema(String kind, List<List<String>> steps) {
    static final Schema DICT = new Schema(
            "dict",
            List.of(List.of(
                    "CREATE TABLE dict_{name} (key PRIMARY KEY NOT NULL, value NOT NULL, expires INTEGER)",
                    "CREATE INDEX dict_{name}_expires ON dict_{name} (expires) WHERE expires IS NOT NULL")));

    static final Schema QUEUE = new Schema(
            "queue",
            List.of(List.of("CREATE TABLE queue_{name}"
                    + " (id INTEGER PRIMARY KEY, value NOT NULL, consumer INTEGER, lease INTEGER)")));

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,59}");

    static String check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a name has 1 to 60 letters, digits or _, and begins with a letter, not \"" + name + "\"");
        }
        return name;
    }

    /** Makes the tables of an object, or brings them to this version, or finds them so. In a transaction. */
    void make(Session session, String name) throws SQLException {
        session.execute("CREATE TABLE IF NOT EXISTS multiprocessing_objects"
                + " (name TEXT PRIMARY KEY NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL)");
        int version = 0;
        PreparedStatement select =
                session.prepared("SELECT kind, version FROM multiprocessing_objects WHERE name = ? COLLATE NOCASE");
        select.setString(1, kind + "_" + name);
        try (ResultSet row = select.executeQuery()) {
            if (row.next()) {
                version = row.getInt(2);
            }
        }
        if (version > steps.size()) {
            throw new DatabaseException("the " + kind + " \"" + name + "\" has version " + version
                    + " of its table, and this library knows up to " + steps.size() + ": use a newer one");
        }
        if (version == steps.size()) {
            return;
        }
        for (List<String> step : steps.subList(version, steps.size())) {
            for (String statement : step) {
                try (PreparedStatement prepared =
                        session.connection().prepareStatement(statement.replace("{name}", name))) {
                    prepared.execute();
                }
            }
        }
        PreparedStatement insert = session.prepared(
                "INSERT OR REPLACE INTO multiprocessing_objects (name, kind, version) VALUES (?, ?, ?)");
        insert.setString(1, kind + "_" + name);
        insert.setString(2, kind);
        insert.setInt(3, steps.size());
        insert.executeUpdate();
    }
}
