package io.multiprocessing.manager;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A dict, a set (whose elements are the keys) or a namespace (whose names are): each method is atomic. Keys come in the
 * order in which they were first put.
 *
 * <p>Each entry has a number, by which whoever iterates asks for the next ones: nothing of an iteration is kept here, and
 * it goes on whatever is changed meanwhile. And each value has a stamp that no other value of this object has had, by
 * which a client replaces a value that it knows: that is how functions are computed in the client, atomically.
 */
final class ServedDict implements Served {
    /** The stamp of what is not there. */
    static final long ABSENT = 0;

    private final String type;
    private final Map<Object, Entry> entries = new HashMap<>();
    private final TreeMap<Long, Entry> order = new TreeMap<>();
    private long lastNumber;

    ServedDict(Kind kind) {
        this.type = kind.typeName();
    }

    /** A dict that holds a copy of a map. */
    ServedDict(Kind kind, Map<?, ?> initial) {
        this(kind);
        putAll(initial);
    }

    /** A set that holds the elements of a collection. */
    ServedDict(Kind kind, Collection<?> initial) {
        this(kind);
        addAll(initial);
    }

    @Override
    public synchronized @Nullable Object call(Call call) {
        return switch (call.method()) {
            case "get" -> valueOf(entries.get(call.value(0)));
            case "put" -> put(call.value(0), call.value(1));
            case "putIfAbsent" -> putIfAbsent(call.value(0), call.value(1));
            case "remove" -> valueOf(remove(call.value(0)));
            case "removeIfEqual" -> removeIfEqual(call.value(0), call.value(1));
            case "replace" -> entries.containsKey(call.value(0)) ? put(call.value(0), call.value(1)) : null;
            case "replaceIfEqual" -> replaceIfEqual(call.value(0), call.value(1), call.value(2));
            case "containsKey" -> entries.containsKey(call.value(0));
            case "containsValue" -> {
                Object value = call.value(0);
                yield entries.values().stream().anyMatch(entry -> entry.value.equals(value));
            }
            case "containsAll" -> call.collection(0).stream().allMatch(entries::containsKey);
            case "size" -> entries.size();
            case "clear" -> clear();
            case "putAll" -> putAll(call.map(0));
            case "add" -> putIfAbsent(call.value(0), true) == null;
            case "addAll" -> addAll(call.collection(0));
            case "removeAll" -> removeAll(call.collection(0));
            case "retainAll" -> retainAll(call.collection(0));
            case "stamped" -> stamped(entries.get(call.value(0)));
            case "swap" -> swap(call.value(0), call.number(1), call.nullable(2));
            case "keysAfter" -> batch(call.number(0), call.integer(1), false);
            case "entriesAfter" -> batch(call.number(0), call.integer(1), true);
            case "copy" -> copy();
            case "keys" -> List.copyOf(copy().keySet());
            default -> throw call.unknownMethod(type);
        };
    }

    private @Nullable Object put(Object key, Object value) {
        Entry entry = entries.get(key);
        if (entry == null) {
            entry = new Entry(++lastNumber, key, value);
            entries.put(key, entry);
            order.put(entry.number, entry);
            return null;
        }
        Object before = entry.value;
        entry.value = value;
        entry.stamp = ++lastNumber;
        return before;
    }

    private @Nullable Object putIfAbsent(Object key, Object value) {
        Entry entry = entries.get(key);
        return entry == null ? put(key, value) : entry.value;
    }

    private @Nullable Entry remove(Object key) {
        Entry entry = entries.remove(key);
        if (entry != null) {
            order.remove(entry.number);
        }
        return entry;
    }

    private boolean removeIfEqual(Object key, Object value) {
        return value.equals(valueOf(entries.get(key))) && remove(key) != null;
    }

    private boolean replaceIfEqual(Object key, Object expected, Object value) {
        if (!expected.equals(valueOf(entries.get(key)))) {
            return false;
        }
        put(key, value);
        return true;
    }

    private @Nullable Object clear() {
        entries.clear();
        order.clear();
        return null;
    }

    private @Nullable Object putAll(Map<?, ?> other) {
        other.forEach((key, value) -> {
            Objects.requireNonNull(key);
            Objects.requireNonNull(value);
        });
        other.forEach(this::put);
        return null;
    }

    private boolean addAll(Collection<?> elements) {
        elements.forEach(Objects::requireNonNull);
        int before = entries.size();
        for (Object element : elements) {
            putIfAbsent(element, true);
        }
        return entries.size() > before;
    }

    private boolean removeAll(Collection<?> elements) {
        int before = entries.size();
        elements.forEach(this::remove);
        return entries.size() < before;
    }

    private boolean retainAll(Collection<?> elements) {
        Predicate<Object> isKept = new HashMap<>(asKeys(elements))::containsKey;
        return removeAll(entries.keySet().stream().filter(isKept.negate()).toList());
    }

    private static Map<Object, Boolean> asKeys(Collection<?> elements) {
        Map<Object, Boolean> keys = new HashMap<>();
        elements.forEach(element -> keys.put(element, true));
        return keys;
    }

    private static @Nullable Object[] stamped(@Nullable Entry entry) {
        return entry == null
                ? new @Nullable Object[] {ABSENT, null}
                : new @Nullable Object[] {entry.stamp, entry.value};
    }

    /** Sets or, to null, removes a value if its stamp is still that one. */
    private boolean swap(Object key, long stamp, @Nullable Object value) {
        Entry entry = entries.get(key);
        if ((entry == null ? ABSENT : entry.stamp) != stamp) {
            return false;
        }
        if (value != null) {
            put(key, value);
        } else {
            remove(key);
        }
        return true;
    }

    /** The number of the last one given, the keys and, if wanted, the values; fewer than asked for at the end. */
    private Object[] batch(long after, int most, boolean withValues) {
        List<Object> keys = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        long last = after;
        for (Entry entry : order.tailMap(after, false).values()) {
            if (keys.size() >= most) {
                break;
            }
            last = entry.number;
            keys.add(entry.key);
            if (withValues) {
                values.add(entry.value);
            }
        }
        return new Object[] {last, keys, values};
    }

    private Map<Object, Object> copy() {
        Map<Object, Object> copy = new LinkedHashMap<>();
        order.values().forEach(entry -> copy.put(entry.key, entry.value));
        return copy;
    }

    private static @Nullable Object valueOf(@Nullable Entry entry) {
        return entry == null ? null : entry.value;
    }

    private static final class Entry {
        final long number;
        final Object key;
        Object value;
        long stamp;

        Entry(long number, Object key, Object value) {
            this.number = number;
            this.key = key;
            this.value = value;
            this.stamp = number;
        }
    }
}
