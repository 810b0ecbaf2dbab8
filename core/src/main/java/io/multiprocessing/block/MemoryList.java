package io.multiprocessing.block;

import io.multiprocessing.Context;
import io.multiprocessing.SegmentException;
import io.multiprocessing.ShareableList;
import io.multiprocessing.SharedMemory;
import io.multiprocessing.codec.Handle;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A list in a block. It keeps nothing but the block, and where the elements lie there. */
@SuppressWarnings("serial") // its fields never go into a stream: writeReplace puts the handle there
public final class MemoryList extends AbstractList<@Nullable Object>
        implements ShareableList, Handle.Source, Serializable {
    private static final int SHOWN_ELEMENTS = 100;

    private final Block memory;
    private final Rooms rooms;
    private final Slots slots;

    private MemoryList(Block memory, Rooms rooms) {
        this.memory = memory;
        this.rooms = rooms;
        this.slots = new Slots(rooms, memory.name());
    }

    /**
     * Makes a list, whose block gets its name when the list is in it.
     *
     * @param name null for one that nobody has yet
     * @throws IllegalArgumentException if a list can't hold one of the elements
     */
    public static MemoryList create(Blocks blocks, @Nullable String name, Collection<?> values) {
        List<Element> elements = new ArrayList<>(values.size());
        for (Object value : values) {
            elements.add(Element.of(value));
        }
        Rooms rooms = Rooms.of(elements);
        Slots slots = new Slots(rooms, String.valueOf(name));
        Block made = blocks.create(name, rooms.bytes(), memory -> {
            rooms.write(memory);
            for (int i = 0; i < elements.size(); i++) {
                slots.write(memory, i, elements.get(i));
            }
        });
        return new MemoryList(made, rooms);
    }

    /**
     * Attaches to a list.
     *
     * @throws java.util.NoSuchElementException if nothing bears the name
     * @throws SegmentException if there is no list in the block, or a damaged one
     */
    public static MemoryList attach(Blocks blocks, String name) {
        Block block = blocks.attach(name);
        try {
            return in(block);
        } catch (RuntimeException noList) {
            block.close();
            throw noList;
        }
    }

    /**
     * The list in a block.
     *
     * @throws SegmentException if there is none, or a damaged one
     */
    public static MemoryList in(Block block) {
        return new MemoryList(block, Rooms.in(block.segment(), block.name()));
    }

    @Override
    public SharedMemory memory() {
        return memory;
    }

    @Override
    public Context context() {
        return memory.context();
    }

    @Override
    public int size() {
        return rooms.count();
    }

    @Override
    public @Nullable Object get(int index) {
        Objects.checkIndex(index, rooms.count());
        return slots.read(memory.segment(), index);
    }

    @Override
    public @Nullable Object set(int index, @Nullable Object value) {
        Objects.checkIndex(index, rooms.count());
        MemorySegment segment = memory.segment();
        Object before = readable(segment, index);
        slots.write(segment, index, Element.of(value));
        return before;
    }

    /** What is damaged can be set. */
    private @Nullable Object readable(MemorySegment segment, int index) {
        try {
            return slots.read(segment, index);
        } catch (SegmentException unreadable) {
            return null;
        }
    }

    @Override
    public String format() {
        MemorySegment segment = memory.segment();
        StringBuilder formats = new StringBuilder();
        for (int i = 0; i < rooms.count(); i++) {
            formats.append(slots.formatText(segment, i));
        }
        return formats.toString();
    }

    @Override
    public int count(@Nullable Object value) {
        int count = 0;
        for (int i = next(0, value); i >= 0; i = next(i + 1, value)) {
            count++;
        }
        return count;
    }

    @Override
    public int indexOf(@Nullable Object value) {
        return next(0, value);
    }

    @Override
    public int lastIndexOf(@Nullable Object value) {
        for (int i = rooms.count() - 1; i >= 0; i--) {
            if (next(i, i + 1, value) == i) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean contains(@Nullable Object value) {
        return next(0, value) >= 0;
    }

    private int next(int from, @Nullable Object value) {
        return next(from, rooms.count(), value);
    }

    /** The first index in a range at which that is which would be got if the value had been set; -1 if there is none. */
    private int next(int from, int to, @Nullable Object value) {
        Object wanted;
        try {
            wanted = Element.of(value).value();
        } catch (IllegalArgumentException ofNoSuchType) {
            return -1;
        }
        for (int i = from; i < to; i++) {
            if (Objects.deepEquals(wanted, get(i))) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() {
        memory.close();
    }

    @Override
    public Handle handle() {
        return memory.handleOfList();
    }

    @Serial
    private Object writeReplace() {
        return handle();
    }

    @Serial
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a shared object travels as a handle");
    }

    /** As a list; and a list of the same block is equal in any case, though bytes in it are equal to no others. */
    @Override
    public boolean equals(@Nullable Object other) {
        return (other instanceof MemoryList that && memory.equals(that.memory)) || super.equals(other);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (Object element : this) {
            hash = 31 * hash + (element instanceof byte[] bytes ? Arrays.hashCode(bytes) : Objects.hashCode(element));
        }
        return hash;
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        try {
            MemorySegment segment = memory.segment();
            for (int i = 0; i < Math.min(rooms.count(), SHOWN_ELEMENTS); i++) {
                text.add(shown(segment, i));
            }
        } catch (IllegalStateException closed) {
            return "ShareableList[closed]";
        }
        if (rooms.count() > SHOWN_ELEMENTS) {
            text.add("… " + rooms.count() + " elements");
        }
        return "ShareableList[" + memory.name() + ", " + text + "]";
    }

    private String shown(MemorySegment segment, int index) {
        try {
            Object element = slots.read(segment, index);
            return element instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(element);
        } catch (SegmentException unreadable) {
            return "unreadable";
        }
    }
}
