package io.multiprocessing.codec;

import io.multiprocessing.UnreadableMessageException;
import java.lang.ref.SoftReference;
import java.nio.charset.StandardCharsets;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** The classes that messages have named to a class loader, found by their hash. Read without a lock. */
final class TypeTable {
    private static final int LONGEST_NAME = 64 << 10;
    private static final TypeTable OF_SYSTEM = new TypeTable(ClassLoader.getSystemClassLoader());
    private static final WeakHashMap<ClassLoader, SoftReference<TypeTable>> OF_OTHERS = new WeakHashMap<>();

    private final ClassLoader loader;
    private volatile @Nullable NamedType[] slots = new NamedType[64];
    private int count;

    private TypeTable(ClassLoader loader) {
        this.loader = loader;
    }

    @SuppressWarnings("ReferenceEquality") // a class loader is itself
    static TypeTable of(ClassLoader loader) {
        if (loader == OF_SYSTEM.loader) {
            return OF_SYSTEM;
        }
        synchronized (OF_OTHERS) {
            SoftReference<TypeTable> known = OF_OTHERS.get(loader);
            TypeTable table = known == null ? null : known.get();
            if (table == null) {
                table = new TypeTable(loader);
                OF_OTHERS.put(loader, new SoftReference<>(table));
            }
            return table;
        }
    }

    /** Reads a type that a message names for the first time. The class is loaded, but not initialized. */
    NamedType read(Decoder in) {
        int hash = in.readInt();
        int length = in.readCount();
        if (length > LONGEST_NAME) {
            throw new UnreadableMessageException("a class name of " + length + " bytes");
        }
        byte[] bytes = in.window(length);
        int from = in.position();
        in.skip(length);
        @Nullable NamedType[] table = slots;
        int mask = table.length - 1;
        for (int slot = hash & mask; table[slot] != null; slot = (slot + 1) & mask) {
            NamedType known = table[slot];
            if (known.hash() == hash && known.isNamed(bytes, from, from + length)) {
                return known;
            }
        }
        NamedType loaded = load(new String(bytes, from, length, StandardCharsets.UTF_8));
        if (loaded.hash() != hash) {
            throw new UnreadableMessageException(
                    loaded.type().isRecord()
                            ? "the message was written by another version of " + loaded.type()
                                    + ": its components differ"
                            : "the hash of " + loaded.type() + " is wrong");
        }
        add(loaded);
        return loaded;
    }

    private NamedType load(String name) {
        Class<?> primitive = Class.forPrimitiveName(name);
        if (primitive != null) {
            return NamedType.of(primitive);
        }
        try {
            return NamedType.of(Class.forName(name, false, loader));
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new UnreadableMessageException("the message needs a class that is not here: " + name, missing);
        }
    }

    private synchronized void add(NamedType type) {
        @Nullable NamedType[] before = slots;
        int size = 4 * (count + 1) > 2 * before.length ? 2 * before.length : before.length;
        @Nullable NamedType[] after = new NamedType[size];
        count = 0;
        for (NamedType known : before) {
            if (known != null && known != type) {
                put(known, after);
            }
        }
        put(type, after);
        slots = after;
    }

    private void put(NamedType type, @Nullable NamedType[] table) {
        int mask = table.length - 1;
        int slot = type.hash() & mask;
        while (table[slot] != null) {
            slot = (slot + 1) & mask;
        }
        table[slot] = type;
        count++;
    }
}
