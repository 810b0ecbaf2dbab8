package io.multiprocessing.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A dict in a table. Each method is one statement that reads, or one transaction; SQLite commits it by one frame of its log,
 * and so a process that is killed at any point of it has changed all or nothing.
 */
final class SqliteDict<K, V> extends AbstractMap<K, V> implements DurableDict<K, V> {
    private static final String NO_NULLS = "a dict has no nulls in it";

    private final Transactions transactions;
    private final String name;
    private final Column<K> keys;
    private final Column<V> values;
    private final String select;
    private final String selectAll;
    private final String count;
    private final String upsert;
    private final String update;
    private final String delete;
    private final String deleteAll;
    private final String deleteExpired;

    SqliteDict(Transactions transactions, String name, Column<K> keys, Column<V> values) {
        this.transactions = transactions;
        this.name = name;
        this.keys = keys;
        this.values = values;
        String table = "dict_" + name;
        String isThere = "(expires IS NULL OR expires > ?)";
        select = "SELECT value FROM " + table + " WHERE key = ? AND " + isThere;
        selectAll = "SELECT key, value FROM " + table + " WHERE " + isThere + " ORDER BY rowid";
        count = "SELECT count(*) FROM " + table + " WHERE " + isThere;
        upsert = "INSERT INTO " + table + " (key, value, expires) VALUES (?, ?, ?)"
                + " ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires";
        update = "UPDATE " + table + " SET value = ? WHERE key = ?";
        delete = "DELETE FROM " + table + " WHERE key = ?";
        deleteAll = "DELETE FROM " + table;
        deleteExpired = "DELETE FROM " + table + " WHERE expires <= ?";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public @Nullable V get(Object key) {
        Objects.requireNonNull(key, NO_NULLS);
        return keys.isOfType(key) ? transactions.read(session -> find(session, key)) : null;
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public int size() {
        return transactions.readCount(session -> {
            PreparedStatement statement = session.prepared(count);
            statement.setLong(1, now());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public @Nullable V put(K key, V value) {
        Objects.requireNonNull(value, NO_NULLS);
        return transactions.write(session -> {
            V old = find(session, key);
            insert(session, key, value, null);
            return old;
        });
    }

    @Override
    public @Nullable V put(K key, V value, Duration lifetime) {
        Objects.requireNonNull(value, NO_NULLS);
        long expires = now() + lifetime.toMillis();
        return transactions.write(session -> {
            V old = find(session, key);
            insert(session, key, value, expires);
            deleteExpired(session);
            return old;
        });
    }

    @Override
    public void putAll(Map<? extends K, ? extends V> map) {
        transactions.write(session -> {
            for (Entry<? extends K, ? extends V> entry : map.entrySet()) {
                insert(session, entry.getKey(), entry.getValue(), null);
            }
            return null;
        });
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        Objects.requireNonNull(value, NO_NULLS);
        V present = get(key);
        return present != null
                ? present
                : transactions.write(session -> {
                    V old = find(session, key);
                    if (old == null) {
                        insert(session, key, value, null);
                    }
                    return old;
                });
    }

    @Override
    public @Nullable V remove(Object key) {
        return changeIfThere(key, old -> true, null);
    }

    @Override
    public boolean remove(Object key, Object value) {
        return changeIfThere(key, old -> isSame(old, value), null) != null;
    }

    @Override
    public @Nullable V replace(K key, V value) {
        return changeIfThere(key, old -> true, Objects.requireNonNull(value, NO_NULLS));
    }

    @Override
    public boolean replace(K key, V oldValue, V newValue) {
        Objects.requireNonNull(newValue, NO_NULLS);
        return changeIfThere(key, old -> isSame(old, oldValue), newValue) != null;
    }

    @Override
    public void clear() {
        transactions.writeCount(session -> session.prepared(deleteAll).executeUpdate());
    }

    @Override
    public @Nullable V computeIfAbsent(K key, Function<? super K, ? extends @Nullable V> function) {
        V present = get(key);
        return present != null ? present : change(key, old -> old != null ? old : function.apply(key));
    }

    @Override
    public @Nullable V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends @Nullable V> function) {
        return change(key, old -> old == null ? null : function.apply(key, old));
    }

    @Override
    public @Nullable V compute(K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        return change(key, old -> function.apply(key, old));
    }

    @Override
    public @Nullable V merge(K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
        Objects.requireNonNull(value, NO_NULLS);
        return change(key, old -> old == null ? value : function.apply(old, value));
    }

    @Override
    public Set<Entry<K, V>> entrySet() {
        Map<K, V> all = transactions.read(session -> {
            PreparedStatement statement = session.prepared(selectAll);
            statement.setLong(1, now());
            Map<K, V> entries = new LinkedHashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    entries.put(keys.value(row.getObject(1)), values.value(row.getObject(2)));
                }
            }
            return entries;
        });
        return Collections.unmodifiableMap(Objects.requireNonNull(all)).entrySet();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    private @Nullable V change(K key, Function<@Nullable V, @Nullable V> function) {
        return transactions.write(session -> {
            V old = find(session, key);
            V changed = function.apply(old);
            if (changed == null) {
                if (old != null) {
                    delete(session, key);
                }
            } else if (old == null) {
                insert(session, key, changed, null);
            } else {
                update(session, key, changed);
            }
            return changed;
        });
    }

    /** Gives the old value if it was changed, to a new one or by removing it. */
    private @Nullable V changeIfThere(Object key, Predicate<V> test, @Nullable V changed) {
        Objects.requireNonNull(key, NO_NULLS);
        if (!keys.isOfType(key)) {
            return null;
        }
        return transactions.write(session -> {
            V old = find(session, key);
            if (old == null || !test.test(old)) {
                return null;
            }
            if (changed == null) {
                delete(session, key);
            } else {
                update(session, key, changed);
            }
            return old;
        });
    }

    private static boolean isSame(Object one, @Nullable Object other) {
        return Objects.deepEquals(one, other);
    }

    private @Nullable V find(Session session, Object key) throws SQLException {
        PreparedStatement statement = session.prepared(select);
        keys.set(statement, 1, key);
        statement.setLong(2, now());
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? values.value(row.getObject(1)) : null;
        }
    }

    private void insert(Session session, K key, V value, @Nullable Long expires) throws SQLException {
        PreparedStatement statement = session.prepared(upsert);
        keys.set(statement, 1, key);
        values.set(statement, 2, value);
        if (expires == null) {
            statement.setNull(3, Types.INTEGER);
        } else {
            statement.setLong(3, expires);
        }
        statement.executeUpdate();
    }

    private void update(Session session, Object key, V value) throws SQLException {
        PreparedStatement statement = session.prepared(update);
        values.set(statement, 1, value);
        keys.set(statement, 2, key);
        statement.executeUpdate();
    }

    private void delete(Session session, Object key) throws SQLException {
        PreparedStatement statement = session.prepared(delete);
        keys.set(statement, 1, key);
        statement.executeUpdate();
    }

    private void deleteExpired(Session session) throws SQLException {
        PreparedStatement statement = session.prepared(deleteExpired);
        statement.setLong(1, now());
        statement.executeUpdate();
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
