package io.multiprocessing.codec;

import java.io.NotSerializableException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Vector;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Lists and queues of the JDK: they arrive as the same class, and immutable if they were. After the tag come a byte that
 * says which class, the count, and the elements as values; a comparator comes before the count. A list of {@code
 * Stream.toList} with three elements or more arrives as one of {@code List.of} unless it holds a null: the JDK does not
 * show the difference.
 */
@SuppressWarnings("JdkObsolete") // users have them
final class ListForm extends Form {
    private static final int ARRAY_LIST = 0;
    private static final int IMMUTABLE = 1;
    private static final int TO_LIST = 2;
    private static final int EMPTY = 3;
    private static final int SINGLETON = 4;
    private static final int FIXED = 5;
    private static final int UNMODIFIABLE = 6;
    private static final int UNMODIFIABLE_COLLECTION = 7;
    private static final int SYNCHRONIZED = 8;
    private static final int LINKED_LIST = 9;
    private static final int ARRAY_DEQUE = 10;
    private static final int VECTOR = 11;
    private static final int PRIORITY_QUEUE = 12;
    private static final int COPY_ON_WRITE = 13;
    private static final int CONCURRENT_QUEUE = 14;
    private static final int CONCURRENT_DEQUE = 15;

    private static final List<Integer> THREE = List.of(1, 2, 3);

    private final int kind;

    private ListForm(int kind) {
        this.kind = kind;
    }

    static Form of(Class<?> type) {
        int kind = kind(type);
        return kind >= 0 ? new ListForm(kind) : Forms.isView(type) ? new ListForm(ARRAY_LIST) : Forms.serialized(type);
    }

    private static int kind(Class<?> type) {
        if (type == ArrayList.class) {
            return ARRAY_LIST;
        } else if (type == THREE.getClass()
                || type == List.of(1).getClass()
                || type == THREE.subList(0, 1).getClass()) {
            return IMMUTABLE;
        } else if (type == Collections.emptyList().getClass()) {
            return EMPTY;
        } else if (type == Collections.singletonList(1).getClass()) {
            return SINGLETON;
        } else if (type == Arrays.asList(1).getClass()) {
            return FIXED;
        } else if (type == LinkedList.class) {
            return LINKED_LIST;
        } else if (type == ArrayDeque.class) {
            return ARRAY_DEQUE;
        } else if (type == Vector.class) {
            return VECTOR;
        } else if (type == PriorityQueue.class) {
            return PRIORITY_QUEUE;
        } else if (type == CopyOnWriteArrayList.class) {
            return COPY_ON_WRITE;
        } else if (type == ConcurrentLinkedQueue.class) {
            return CONCURRENT_QUEUE;
        } else if (type == ConcurrentLinkedDeque.class) {
            return CONCURRENT_DEQUE;
        }
        List<Integer> linked = new LinkedList<>();
        if (type == Collections.unmodifiableList(THREE).getClass()
                || type == Collections.unmodifiableList(linked).getClass()) {
            return UNMODIFIABLE;
        } else if (type == Collections.unmodifiableCollection(THREE).getClass()) {
            return UNMODIFIABLE_COLLECTION;
        } else if (type == Collections.synchronizedList(THREE).getClass()
                || type == Collections.synchronizedList(linked).getClass()) {
            return SYNCHRONIZED;
        }
        return -1;
    }

    @Override
    void write(Object value, Encoder out) throws NotSerializableException {
        if (kind == EMPTY) {
            out.writeByte(Tag.LIST);
            out.writeByte(EMPTY);
            out.writeCount(0);
        } else if (!out.isReference(value)) {
            out.writeByte(Tag.LIST);
            if (kind == ARRAY_LIST && value instanceof ArrayList<?> list) {
                out.writeByte(ARRAY_LIST);
                writeInPlace(list, out);
            } else if (kind == IMMUTABLE) {
                List<?> list = (List<?>) value;
                out.writeByte(isOfStream(list) ? TO_LIST : IMMUTABLE);
                int begun = out.begin();
                writeInPlace(list, out);
                out.end(begun);
            } else {
                out.writeByte(kind);
                int begun = kind == SINGLETON ? out.begin() : -1;
                if (kind == PRIORITY_QUEUE) {
                    writeComparator(((PriorityQueue<?>) value).comparator(), out);
                }
                // A snapshot: the collection may be one that others change meanwhile.
                @Nullable Object[] elements = ((Collection<?>) value).toArray();
                out.writeCount(elements.length);
                ObjectArrayForm.writeElements(elements, out);
                out.end(begun);
            }
        }
    }

    private static void writeInPlace(List<?> list, Encoder out) throws NotSerializableException {
        int count = list.size();
        out.writeCount(count);
        for (int i = 0; i < count; i++) {
            try {
                out.writeValue(list.get(i));
            } catch (Unwritable refused) {
                throw refused.at("[" + i + "]");
            }
        }
    }

    /** Whether the list came from {@code Stream.toList}, as far as it shows: {@code List.of} has no nulls, and is smaller. */
    private static boolean isOfStream(List<?> list) {
        if ((list.size() == 1 || list.size() == 2) && list.getClass() == THREE.getClass()) {
            return true;
        }
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) == null) {
                return true;
            }
        }
        return false;
    }

    static void writeComparator(@Nullable Comparator<?> comparator, Encoder out) throws NotSerializableException {
        try {
            out.writeValue(comparator);
        } catch (Unwritable refused) {
            throw refused.at(".comparator");
        }
    }

    @SuppressWarnings("unchecked") // whether it can compare what is there, it says itself
    static @Nullable Comparator<Object> readComparator(Decoder in) {
        return (Comparator<Object>) in.readValue();
    }

    static Object read(Decoder in) {
        int kind = in.readByte();
        int number = kind == EMPTY ? -1 : in.reserve();
        Comparator<Object> comparator = kind == PRIORITY_QUEUE ? readComparator(in) : null;
        int count = in.readCount();
        in.claim(count);
        return switch (kind) {
            case ARRAY_LIST -> fill(new ArrayList<>(count), count, number, in);
            case IMMUTABLE, TO_LIST, SINGLETON -> readClosed(kind, count, number, in);
            case EMPTY -> Collections.emptyList();
            case FIXED -> {
                @Nullable Object[] elements = new Object[count];
                List<@Nullable Object> list = Arrays.asList(elements);
                in.remember(number, list);
                ObjectArrayForm.readElements(elements, in);
                yield list;
            }
            case UNMODIFIABLE -> {
                List<@Nullable Object> backing = new ArrayList<>(count);
                yield fill(Collections.unmodifiableList(backing), backing, count, number, in);
            }
            case UNMODIFIABLE_COLLECTION -> {
                List<@Nullable Object> backing = new ArrayList<>(count);
                yield fill(Collections.unmodifiableCollection(backing), backing, count, number, in);
            }
            case SYNCHRONIZED -> {
                List<@Nullable Object> backing = new ArrayList<>(count);
                yield fill(Collections.synchronizedList(backing), backing, count, number, in);
            }
            case LINKED_LIST -> fill(new LinkedList<>(), count, number, in);
            case ARRAY_DEQUE -> fill(new ArrayDeque<>(count), count, number, in);
            case VECTOR -> fill(new Vector<>(count), count, number, in);
            case PRIORITY_QUEUE -> fill(new PriorityQueue<>(Math.max(1, count), comparator), count, number, in);
            case COPY_ON_WRITE -> {
                List<@Nullable Object> list = new CopyOnWriteArrayList<>();
                in.remember(number, list);
                @Nullable Object[] elements = new Object[count];
                ObjectArrayForm.readElements(elements, in);
                list.addAll(Arrays.asList(elements));
                yield list;
            }
            case CONCURRENT_QUEUE -> fill(new ConcurrentLinkedQueue<>(), count, number, in);
            case CONCURRENT_DEQUE -> fill(new ConcurrentLinkedDeque<>(), count, number, in);
            default -> throw Decoder.unknown("kind of list", kind & 0xff);
        };
    }

    /** Lists that can be made only when all their elements are there. */
    private static Object readClosed(int kind, int count, int number, Decoder in) {
        @Nullable Object[] elements = new Object[count];
        ObjectArrayForm.readElements(elements, in);
        Object list = kind == IMMUTABLE
                ? List.of(elements)
                : kind == SINGLETON
                        ? Collections.singletonList(elements[0])
                        : Arrays.stream(elements).toList();
        in.remember(number, list);
        return list;
    }

    private static Object fill(Collection<@Nullable Object> collection, int count, int number, Decoder in) {
        return fill(collection, collection, count, number, in);
    }

    /** Reads the elements of a collection that may itself be one of them. */
    private static Object fill(
            Object collection, Collection<@Nullable Object> backing, int count, int number, Decoder in) {
        in.remember(number, collection);
        for (int i = 0; i < count; i++) {
            backing.add(in.readOwed());
        }
        return collection;
    }
}
