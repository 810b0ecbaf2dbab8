package io.multiprocessing.block;

import io.multiprocessing.SegmentException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Where the elements of a list lie. What the block says of that is read once, when the list is attached, and checked against
 * the size of the block before anything is made of it; so whatever others write there later, no access leaves the element.
 */
final class Rooms {
    /** What an element needs at least: its place in the table, the least room, its format and its code. */
    private static final long LEAST_BYTES = 3 * ListLayout.WORD_BYTES + 1;

    private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

    private final int count;
    private final long[] bounds;

    private Rooms(long[] bounds) {
        this.count = bounds.length - 1;
        this.bounds = bounds;
    }

    /** As a new list of these elements is to have them. */
    static Rooms of(List<Element> elements) {
        long[] bounds = new long[elements.size() + 1];
        bounds[0] = dataOffset(elements.size() + 1L);
        for (int i = 0; i < elements.size(); i++) {
            bounds[i + 1] = bounds[i] + roomFor(elements.get(i));
        }
        return new Rooms(bounds);
    }

    private static long roomFor(Element element) {
        if (element instanceof Element.Word) {
            return ListLayout.WORD_BYTES;
        }
        long room = (element.bytes() / ListLayout.WORD_BYTES + 1) * ListLayout.WORD_BYTES;
        if (room > Format.MOST_ROOM) {
            throw new IllegalArgumentException("a ShareableList can't hold a text or bytes of " + element.bytes()
                    + " bytes; it can hold less than " + Format.MOST_ROOM);
        }
        return room;
    }

    /**
     * As a block has them.
     *
     * @throws SegmentException if no list lies there, or it is damaged
     */
    static Rooms in(MemorySegment memory, String name) {
        long size = memory.byteSize();
        long count = size < ListLayout.TABLE_OFFSET ? -1 : word(memory, ListLayout.COUNT_OFFSET);
        if (count < 0 || count > Math.min(MOST_ELEMENTS, (size - ListLayout.TABLE_OFFSET) / LEAST_BYTES)) {
            throw damaged(
                    name,
                    size < ListLayout.TABLE_OFFSET
                            ? "it has only " + size + " bytes"
                            : "it says that it has " + count + " elements, in " + size + " bytes");
        }
        boolean saysWidths = count > 0 && word(memory, ListLayout.TABLE_OFFSET) != 0;
        long[] bounds = new long[(int) count + 1];
        bounds[0] = dataOffset(saysWidths ? count : count + 1);
        long end = size - count * (ListLayout.WORD_BYTES + 1);
        for (int i = 0; i < count; i++) {
            long before = saysWidths ? 0 : word(memory, ListLayout.TABLE_OFFSET + ListLayout.WORD_BYTES * i);
            long after = word(memory, ListLayout.TABLE_OFFSET + ListLayout.WORD_BYTES * (saysWidths ? i : i + 1));
            long room = after - before;
            boolean isRoom = room >= ListLayout.WORD_BYTES
                    && room % ListLayout.WORD_BYTES == 0
                    && room <= end - bounds[i]
                    && (saysWidths || before == bounds[i] - bounds[0]);
            if (!isRoom) {
                throw damaged(name, "element " + i + " lies where it can't, from " + before + " to " + after);
            }
            bounds[i + 1] = bounds[i] + room;
        }
        return new Rooms(bounds);
    }

    private static SegmentException damaged(String name, String how) {
        return new SegmentException(
                "the block of shared memory \"" + name + "\" holds no ShareableList, or a damaged one: " + how);
    }

    private static long dataOffset(long wordsOfTable) {
        return ListLayout.TABLE_OFFSET + ListLayout.WORD_BYTES * wordsOfTable;
    }

    private static long word(MemorySegment memory, long offset) {
        return memory.get(ValueLayout.JAVA_LONG, offset);
    }

    int count() {
        return count;
    }

    /** How large a block has to be. */
    long bytes() {
        return code(count);
    }

    long offset(int index) {
        return bounds[index];
    }

    /** How many bytes the element has there. */
    long room(int index) {
        return bounds[index + 1] - bounds[index];
    }

    /** Where its format lies. */
    long format(int index) {
        return bounds[count] + ListLayout.WORD_BYTES * index;
    }

    /** Where its code lies. */
    long code(int index) {
        return format(count) + index;
    }

    /** Writes the count and the table. */
    void write(MemorySegment memory) {
        memory.set(ValueLayout.JAVA_LONG, ListLayout.COUNT_OFFSET, count);
        for (int i = 0; i <= count; i++) {
            memory.set(
                    ValueLayout.JAVA_LONG, ListLayout.TABLE_OFFSET + ListLayout.WORD_BYTES * i, bounds[i] - bounds[0]);
        }
    }
}
