package io.multiprocessing.block;

import io.multiprocessing.SegmentException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a list in its block, without any lock, because CPython has none.
 *
 * <p>One that keeps its type is written by one store, if it has room for a word and no more. To change the type takes three
 * stores, of the content, the code and the format; so the format is taken away first, and put there last. Who reads finds
 * the old element, none or the new one; should it have been changed meanwhile, it is read again. A process that dies in
 * between leaves an element without a format, which is seen, and goes when the element is set again. (CPython writes the
 * format first. Whoever dies there leaves the bits of one type in the name of another.)
 *
 * <p>Memory order: the format is written with release and read with acquire, around the content.
 */
final class Slots {
    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle CODE = ValueLayout.JAVA_BYTE.varHandle();

    private final Rooms rooms;
    private final String name;

    /** @param name of the block, for people */
    Slots(Rooms rooms, String name) {
        this.rooms = rooms;
        this.name = name;
    }

    /**
     * Reads an element, which must be there.
     *
     * @throws SegmentException if it is damaged, or has no type
     */
    @Nullable
    Object read(MemorySegment memory, int index) {
        while (true) {
            long format = format(memory, index);
            byte code = (byte) CODE.getAcquire(memory, rooms.code(index));
            byte[] content = isWord(format) ? null : content(memory, index, format);
            long word = content == null ? (long) WORD.getAcquire(memory, rooms.offset(index)) : 0;
            VarHandle.acquireFence();
            if (format(memory, index) == format) {
                return content == null ? plain(index, format, code, word) : text(index, format, code, content);
            }
        }
    }

    /** The format of an element, as Python has it. */
    String formatText(MemorySegment memory, int index) {
        return Format.text(format(memory, index));
    }

    private long format(MemorySegment memory, int index) {
        return (long) WORD.getAcquire(memory, rooms.format(index));
    }

    private static boolean isWord(long format) {
        return format == Format.INT || format == Format.FLOAT || format == Format.BOOL || format == Format.NONE;
    }

    private @Nullable Object plain(int index, long format, byte code, long word) {
        if (format == Format.NONE && code == ListLayout.NONE_CODE) {
            return null;
        }
        if (code != ListLayout.PLAIN_CODE || format == Format.NONE) {
            throw unreadable(index, format, code);
        }
        if (format == Format.INT) {
            return word;
        }
        return format == Format.FLOAT ? (Object) Double.longBitsToDouble(word) : (Object) Bool.of(word);
    }

    private byte[] content(MemorySegment memory, int index, long format) {
        long bytes = Format.roomOf(format);
        if (bytes < 0 || bytes > rooms.room(index)) {
            throw unreadable(index, format, (byte) CODE.getAcquire(memory, rooms.code(index)));
        }
        return memory.asSlice(rooms.offset(index), bytes).toArray(ValueLayout.JAVA_BYTE);
    }

    private Object text(int index, long format, byte code, byte[] content) {
        byte[] kept = Zeros.cutOff(content);
        if (code == ListLayout.BYTES_CODE) {
            return kept;
        }
        if (code != ListLayout.STR_CODE) {
            throw unreadable(index, format, code);
        }
        String text = Utf8.decode(kept);
        if (text == null) {
            throw new SegmentException(
                    "element " + index + " of the ShareableList \"" + name
                            + "\" is a text and not UTF-8: it is damaged, or somebody writes it just now; a lock would keep him out");
        }
        return text;
    }

    private SegmentException unreadable(int index, long format, byte code) {
        String element = "element " + index + " of the ShareableList \"" + name + "\" ";
        return new SegmentException(
                format == Format.CHANGING
                        ? element + "has no type: who was changing it has died, or is about it; set it, or share a lock"
                        : element + "is damaged, or somebody writes it just now: its format is \"" + Format.text(format)
                                + "\", its code " + code);
    }

    /**
     * Writes an element.
     *
     * @throws IllegalArgumentException if it has no room there
     */
    void write(MemorySegment memory, int index, Element element) {
        long room = rooms.room(index);
        if (element.bytes() > room) {
            throw new IllegalArgumentException("element " + index + " of the ShareableList \"" + name
                    + "\" has room for " + room + " bytes, not for " + element.bytes()
                    + "; it is as large as it was made");
        }
        long format = element.format(room);
        if (format(memory, index) == format && (byte) CODE.getAcquire(memory, rooms.code(index)) == element.code()) {
            writeContent(memory, index, element);
            return;
        }
        WORD.setVolatile(memory, rooms.format(index), Format.CHANGING);
        writeContent(memory, index, element);
        CODE.setRelease(memory, rooms.code(index), element.code());
        WORD.setRelease(memory, rooms.format(index), format);
    }

    private void writeContent(MemorySegment memory, int index, Element element) {
        long offset = rooms.offset(index);
        long room = rooms.room(index);
        switch (element) {
            case Element.Word word -> WORD.setRelease(memory, offset, word.bits());
            case Element.Bytes bytes
            when room == ListLayout.WORD_BYTES -> WORD.setRelease(memory, offset, Format.word(bytes.content()));
            case Element.Bytes bytes -> {
                MemorySegment target = memory.asSlice(offset, room);
                target.copyFrom(MemorySegment.ofArray(bytes.content()));
                target.asSlice(bytes.content().length).fill((byte) 0);
            }
        }
    }
}
