package io.multiprocessing.codec;

import java.io.NotSerializableException;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Maps of the JDK: they arrive as the same class, and immutable if they were. After the tag come a byte that says which
 * class, the count, and each key and its value. Before the count of a sorted map comes its comparator; before that of a
 * map with enum constants as keys their type, and the keys are names then.
 */
final class MapForm extends Form {
    private static final int HASH = 0;
    private static final int LINKED = 1;
    private static final int IMMUTABLE = 2;
    private static final int EMPTY = 3;
    private static final int SINGLETON = 4;
    private static final int UNMODIFIABLE = 5;
    private static final int SYNCHRONIZED = 6;
    private static final int TREE = 7;
    private static final int SKIP_LIST = 8;
    private static final int CONCURRENT = 9;
    private static final int ENUM = 10;

    private final int kind;

    private MapForm(int kind) {
        this.kind = kind;
    }

    static Form of(Class<?> type) {
        int kind = kind(type);
        return kind >= 0 ? new MapForm(kind) : Forms.isView(type) ? new MapForm(LINKED) : Forms.serialized(type);
    }

    private static int kind(Class<?> type) {
        Map<Integer, Integer> two = Map.of(1, 1, 2, 2);
        if (type == HashMap.class) {
            return HASH;
        } else if (type == LinkedHashMap.class) {
            return LINKED;
        } else if (type == two.getClass() || type == Map.of(1, 1).getClass()) {
            return IMMUTABLE;
        } else if (type == Collections.emptyMap().getClass()) {
            return EMPTY;
        } else if (type == Collections.singletonMap(1, 1).getClass()) {
            return SINGLETON;
        } else if (type == Collections.unmodifiableMap(two).getClass()) {
            return UNMODIFIABLE;
        } else if (type == Collections.synchronizedMap(two).getClass()) {
            return SYNCHRONIZED;
        } else if (type == TreeMap.class) {
            return TREE;
        } else if (type == ConcurrentSkipListMap.class) {
            return SKIP_LIST;
        } else if (type == ConcurrentHashMap.class) {
            return CONCURRENT;
        }
        return type == EnumMap.class ? ENUM : -1;
    }

    @Override
    void write(Object value, Encoder out) throws NotSerializableException {
        if (kind == EMPTY) {
            out.writeByte(Tag.MAP);
            out.writeByte(EMPTY);
            out.writeCount(0);
            return;
        }
        if (out.isReference(value)) {
            return;
        }
        // A snapshot: the map may be one that others change meanwhile.
        Object[] entries = ((Map<?, ?>) value).entrySet().toArray();
        if (kind == ENUM && entries.length == 0) {
            out.writeSerialized(value); // it does not tell its type
            return;
        }
        int begun = kind == IMMUTABLE || kind == SINGLETON ? out.begin() : -1;
        out.writeByte(Tag.MAP);
        out.writeByte(kind);
        if (kind == TREE || kind == SKIP_LIST) {
            ListForm.writeComparator(((SortedMap<?, ?>) value).comparator(), out);
        } else if (kind == ENUM) {
            Enum<?> key = (Enum<?>) ((Map.Entry<?, ?>) entries[0]).getKey();
            out.writeType(NamedType.of(key.getDeclaringClass()));
        }
        out.writeCount(entries.length);
        for (Object entry : entries) {
            writeEntry((Map.Entry<?, ?>) entry, out);
        }
        out.end(begun);
    }

    private void writeEntry(Map.Entry<?, ?> entry, Encoder out) throws NotSerializableException {
        Object key = entry.getKey();
        try {
            if (kind == ENUM) {
                out.writeText(((Enum<?>) key).name());
            } else {
                out.writeKey(key);
            }
        } catch (Unwritable refused) {
            throw refused.at("[a key]");
        }
        try {
            out.writeValue(entry.getValue());
        } catch (Unwritable refused) {
            boolean isShort = key instanceof String || key instanceof Number || key instanceof Enum<?>;
            throw refused.at(isShort ? "[" + key + "]" : "[the value of a key]");
        }
    }

    static Object read(Decoder in) {
        int kind = in.readByte();
        int number = kind == EMPTY ? -1 : in.reserve();
        var comparator = kind == TREE || kind == SKIP_LIST ? ListForm.readComparator(in) : null;
        Class<?> keys = kind == ENUM ? EnumForm.readType(in) : null;
        int count = in.readCount();
        in.claim(2L * count);
        if (kind == IMMUTABLE || kind == SINGLETON) {
            return readClosed(kind, count, number, in);
        } else if (kind == EMPTY) {
            return Collections.emptyMap();
        }
        Map<@Nullable Object, @Nullable Object> backing = backing(kind, count, comparator, keys);
        Map<@Nullable Object, @Nullable Object> map = kind == UNMODIFIABLE
                ? Collections.unmodifiableMap(backing)
                : kind == SYNCHRONIZED ? Collections.synchronizedMap(backing) : backing;
        in.remember(number, map);
        for (int i = 0; i < count; i++) {
            backing.put(readKey(keys, in), in.readOwed());
        }
        return map;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the class is one of an enum
    private static Map<@Nullable Object, @Nullable Object> backing(
            int kind, int count, @Nullable Comparator<Object> comparator, @Nullable Class<?> keys) {
        return switch (kind) {
            case HASH -> HashMap.newHashMap(count);
            case LINKED, UNMODIFIABLE, SYNCHRONIZED -> LinkedHashMap.newLinkedHashMap(count);
            case TREE -> new TreeMap<>(comparator);
            case SKIP_LIST -> new ConcurrentSkipListMap<>(comparator);
            case CONCURRENT -> new ConcurrentHashMap<>(count);
            case ENUM -> new EnumMap((Class) keys);
            default -> throw Decoder.unknown("kind of map", kind & 0xff);
        };
    }

    private static @Nullable Object readKey(@Nullable Class<?> enumKeys, Decoder in) {
        if (enumKeys == null) {
            return in.readKey();
        }
        in.pay();
        return EnumForm.constant(enumKeys, in.readText());
    }

    /** Maps that can be made only when all their entries are there. */
    private static Object readClosed(int kind, int count, int number, Decoder in) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // no generic arrays in Java
        Map.Entry<Object, Object>[] entries = new Map.Entry[count];
        Object map = Map.of();
        for (int i = 0; i < count; i++) {
            Object key = in.readKey();
            Object value = in.readOwed();
            if (kind == SINGLETON) {
                map = Collections.singletonMap(key, value);
            } else {
                entries[i] = Map.entry(key, value);
            }
        }
        if (kind == IMMUTABLE) {
            map = Map.ofEntries(entries);
        }
        in.remember(number, map);
        return map;
    }
}
