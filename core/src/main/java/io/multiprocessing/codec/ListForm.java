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
 * says which class, the count, and the elements as values, or, if 64 is added to that byte, as {@link PackedNumbers}; a
 * comparator comes before the count. A list of {@code Stream.toList} with three elements or more arrives as one of {@code
 * List.of} unless it holds a null: the JDK does not show the difference.
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
    private static final int PACKED = 64;

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
                writeInPlace(ARRAY_LIST, list, out);
            } else if (kind == IMMUTABLE) {
                List<?> list = (List<?>) value;
                int begun = out.begin();
                writeInPlace(isOfStream(list) ? TO_LIST : IMMUTABLE, list, out);
                out.end(begun);
            } else {
                writeSnapshot((Collection<?>) value, out);
            }
        }
    }

    private static void writeInPlace(int kind, List<?> list, Encoder out) throws NotSerializableException {
        PackedNumbers numbers = PackedNumbers.of(list);
        out.writeByte(numbers == null ? kind : kind | PACKED);
        if (numbers == null) {
            writeElements(list, out);
        } else {
            numbers.write(out);
        }
    }

    private static void writeElements(List<?> list, Encoder out) throws NotSerializableException {
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

    /** Of a collection that others may change meanwhile. */
    private void writeSnapshot(Collection<?> collection, Encoder out) throws NotSerializableException {
        @Nullable Object[] elements = collection.toArray();
        PackedNumbers numbers = PackedNumbers.of(elements);
        out.writeByte(numbers == null ? kind : kind | PACKED);
        int begun = kind == SINGLETON ? out.begin() : -1;
        if (kind == PRIORITY_QUEUE) {
            writeComparator(((PriorityQueue<?>) collection).comparator(), out);
        }
        if (numbers == null) {
            out.writeCount(elements.length);
            ObjectArrayForm.writeElements(elements, out);
        } else {
            numbers.write(out);
        }
        out.end(begun);
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
        int mark = in.readByte();
        int kind = mark & ~PACKED;
        int number = kind == EMPTY ? -1 : in.reserve();
        Comparator<Object> comparator = kind == PRIORITY_QUEUE ? readComparator(in) : null;
        Elements elements = (mark & PACKED) == 0 ? Elements.begin(in) : Elements.readPacked(in);
        int count = elements.count();
        return switch (kind) {
            case ARRAY_LIST -> fill(new ArrayList<>(count), number, elements);
            case IMMUTABLE, TO_LIST, SINGLETON -> readClosed(kind, number, elements);
            case EMPTY -> Collections.emptyList();
            case FIXED -> {
                @Nullable Object[] array = new Object[count];
                List<@Nullable Object> list = Arrays.asList(array);
                in.remember(number, list);
                elements.readTo(array);
                yield list;
            }
            case UNMODIFIABLE -> {
                List<@Nullable Object> backing = new ArrayList<>(count);
                yield fill(Collections.unmodifiableList(backing), backing, number, elements);
            }
            case UNMODIFIABLE_COLLECTION -> {
                List<@Nullable Object> backing = new ArrayList<>(count);
                yield fill(Collections.unmodifiableCollection(backing), backing, number, elements);
            }
            case SYNCHRONIZED -> {
                List<@Nullable Object> backing = new ArrayList<>(count);
                yield fill(Collections.synchronizedList(backing), backing, number, elements);
            }
            case LINKED_LIST -> fill(new LinkedList<>(), number, elements);
            case ARRAY_DEQUE -> fill(new ArrayDeque<>(count), number, elements);
            case VECTOR -> fill(new Vector<>(count), number, elements);
            case PRIORITY_QUEUE -> fill(new PriorityQueue<>(Math.max(1, count), comparator), number, elements);
            case COPY_ON_WRITE -> {
                List<@Nullable Object> list = new CopyOnWriteArrayList<>();
                in.remember(number, list);
                @Nullable Object[] array = new Object[count];
                elements.readTo(array);
                list.addAll(Arrays.asList(array));
                yield list;
            }
            case CONCURRENT_QUEUE -> fill(new ConcurrentLinkedQueue<>(), number, elements);
            case CONCURRENT_DEQUE -> fill(new ConcurrentLinkedDeque<>(), number, elements);
            default -> throw Decoder.unknown("kind of list", kind & 0xff);
        };
    }

    /** Lists that can be made only when all their elements are there. */
    private static Object readClosed(int kind, int number, Elements elements) {
        @Nullable Object[] array = new Object[elements.count()];
        elements.readTo(array);
        Object list = kind == IMMUTABLE
                ? List.of(array)
                : kind == SINGLETON
                        ? Collections.singletonList(array[0])
                        : Arrays.stream(array).toList();
        elements.in().remember(number, list);
        return list;
    }

    private static Object fill(Collection<@Nullable Object> collection, int number, Elements elements) {
        return fill(collection, collection, number, elements);
    }

    /** Reads the elements of a collection that may itself be one of them. */
    private static Object fill(Object collection, Collection<@Nullable Object> backing, int number, Elements elements) {
        elements.in().remember(number, collection);
        elements.addTo(backing);
        return collection;
    }

    /**
     * The elements that are to be read.
     *
     * @param numbers all of them, if they are packed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Elements(int count, @Nullable Object @Nullable [] numbers, Decoder in) {
        static Elements begin(Decoder in) {
            int count = in.readCount();
            in.claim(count);
            return new Elements(count, null, in);
        }

        static Elements readPacked(Decoder in) {
            @Nullable Object[] numbers = PackedNumbers.read(in);
            return new Elements(numbers.length, numbers, in);
        }

        void readTo(@Nullable Object[] array) {
            if (numbers == null) {
                ObjectArrayForm.readElements(array, in);
            } else {
                System.arraycopy(numbers, 0, array, 0, array.length);
            }
        }

        void addTo(Collection<@Nullable Object> collection) {
            if (numbers == null) {
                for (int i = 0; i < count; i++) {
                    collection.add(in.readOwed());
                }
            } else {
                collection.addAll(Arrays.asList(numbers));
            }
        }
    }
}
