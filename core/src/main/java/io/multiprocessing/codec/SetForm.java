package io.multiprocessing.codec;

import java.io.NotSerializableException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/**
 * Sets of the JDK: they arrive as the same class, and immutable if they were. After the tag come a byte that says which
 * class, the count, and the elements as keys. Before the count of a sorted set comes its comparator; before that of a set
 * of enum constants their type, and then their names.
 */
final class SetForm extends Form {
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
    private static final int COPY_ON_WRITE = 10;
    private static final int ENUM = 11;

    private final int kind;

    private SetForm(int kind) {
        this.kind = kind;
    }

    static Form of(Class<?> type) {
        int kind = kind(type);
        return kind >= 0 ? new SetForm(kind) : Forms.isView(type) ? new SetForm(LINKED) : Forms.serialized(type);
    }

    private static int kind(Class<?> type) {
        Set<Integer> three = Set.of(1, 2, 3);
        if (type == HashSet.class) {
            return HASH;
        } else if (type == LinkedHashSet.class) {
            return LINKED;
        } else if (type == three.getClass() || type == Set.of(1).getClass()) {
            return IMMUTABLE;
        } else if (type == Collections.emptySet().getClass()) {
            return EMPTY;
        } else if (type == Collections.singleton(1).getClass()) {
            return SINGLETON;
        } else if (type == Collections.unmodifiableSet(three).getClass()) {
            return UNMODIFIABLE;
        } else if (type == Collections.synchronizedSet(three).getClass()) {
            return SYNCHRONIZED;
        } else if (type == TreeSet.class) {
            return TREE;
        } else if (type == ConcurrentSkipListSet.class) {
            return SKIP_LIST;
        } else if (type == ConcurrentHashMap.KeySetView.class) {
            return CONCURRENT;
        } else if (type == CopyOnWriteArraySet.class) {
            return COPY_ON_WRITE;
        }
        return EnumSet.class.isAssignableFrom(type) ? ENUM : -1;
    }

    @Override
    void write(Object value, Encoder out) throws NotSerializableException {
        if (kind == EMPTY) {
            out.writeByte(Tag.SET);
            out.writeByte(EMPTY);
            out.writeCount(0);
        } else if (!out.isReference(value)) {
            @Nullable Object[] elements = ((Set<?>) value).toArray();
            if (kind == ENUM) {
                writeEnums(elements, value, out);
                return;
            }
            out.writeByte(Tag.SET);
            out.writeByte(kind);
            if (kind == TREE || kind == SKIP_LIST) {
                ListForm.writeComparator(((SortedSet<?>) value).comparator(), out);
            }
            out.writeCount(elements.length);
            for (Object element : elements) {
                try {
                    out.writeKey(element);
                } catch (Unwritable refused) {
                    throw refused.at("[an element]");
                }
            }
        }
    }

    private static void writeEnums(@Nullable Object[] elements, Object value, Encoder out)
            throws NotSerializableException {
        if (elements.length == 0) {
            out.writeSerialized(value); // it does not tell its type
            return;
        }
        out.writeByte(Tag.SET);
        out.writeByte(ENUM);
        out.writeType(NamedType.of(((Enum<?>) elements[0]).getDeclaringClass()));
        out.writeCount(elements.length);
        for (Object element : elements) {
            out.writeText(((Enum<?>) element).name());
        }
    }

    static Object read(Decoder in) {
        int kind = in.readByte();
        int number = kind == EMPTY ? -1 : in.reserve();
        if (kind == ENUM) {
            return readEnums(number, in);
        }
        var comparator = kind == TREE || kind == SKIP_LIST ? ListForm.readComparator(in) : null;
        int count = in.readCount();
        in.claim(count);
        Object set = switch (kind) {
            case HASH -> fill(HashSet.newHashSet(count), count, in);
            case LINKED -> fill(LinkedHashSet.newLinkedHashSet(count), count, in);
            case IMMUTABLE -> Set.of(elements(count, in));
            case EMPTY -> Collections.emptySet();
            case SINGLETON -> Collections.singleton(elements(count, in)[0]);
            case UNMODIFIABLE -> Collections.unmodifiableSet(fill(LinkedHashSet.newLinkedHashSet(count), count, in));
            case SYNCHRONIZED -> Collections.synchronizedSet(fill(LinkedHashSet.newLinkedHashSet(count), count, in));
            case TREE -> fill(new TreeSet<>(comparator), count, in);
            case SKIP_LIST -> fill(new ConcurrentSkipListSet<>(comparator), count, in);
            case CONCURRENT -> fill(ConcurrentHashMap.newKeySet(), count, in);
            case COPY_ON_WRITE -> new CopyOnWriteArraySet<>(fill(new LinkedHashSet<>(), count, in));
            default -> throw Decoder.unknown("kind of set", kind & 0xff);
        };
        in.remember(number, set);
        return set;
    }

    private static <C extends Collection<Object>> C fill(C set, int count, Decoder in) {
        for (int i = 0; i < count; i++) {
            set.add(in.readKey());
        }
        return set;
    }

    private static Object[] elements(int count, Decoder in) {
        Object[] elements = new Object[count];
        for (int i = 0; i < count; i++) {
            elements[i] = in.readKey();
        }
        return elements;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the class is one of an enum
    private static Object readEnums(int number, Decoder in) {
        Class<?> type = EnumForm.readType(in);
        int count = in.readCount();
        in.requireRemaining(count);
        EnumSet set = EnumSet.noneOf((Class) type);
        for (int i = 0; i < count; i++) {
            set.add(EnumForm.constant(type, in.readText()));
        }
        in.remember(number, set);
        return set;
    }
}
