package io.multiprocessing.local.memory;

import io.multiprocessing.Array;
import io.multiprocessing.Typecode;
import io.multiprocessing.codec.TypecodeCodec;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Elements of a typecode, as wide as C has them. */
@SuppressWarnings("serial") // travels as a handle
final class LocalArray<T> extends ArrayObject<T> implements Array<T> {
    private final Typecode<T> typecode;

    LocalArray(Home home, Cell cell, Typecode<T> typecode) {
        super(home, ObjectKind.ARRAY, cell, typecode.bytes());
        this.typecode = typecode;
    }

    @Override
    public Typecode<T> typecode() {
        return typecode;
    }

    @Override
    public T get(int index) {
        return TypecodeCodec.decode(typecode, bits(openOffset(index)));
    }

    @Override
    public void set(int index, T value) {
        long offset = openOffset(index);
        setBits(offset, encode(value));
    }

    @Override
    public T getAndSet(int index, T value) {
        long offset = openOffset(index);
        long bits = encode(value);
        while (true) {
            long before = bits(offset);
            if (casBits(offset, before, bits)) {
                return TypecodeCodec.decode(typecode, before);
            }
        }
    }

    @Override
    public boolean compareAndSet(int index, T expected, T value) {
        long offset = openOffset(index);
        return casBits(offset, encode(expected), encode(value));
    }

    @Override
    public void fill(int from, int to, T value) {
        long offset = openOffset(from, to - from);
        long bits = encode(value);
        for (int i = from; i < to; i++) {
            setBits(offset, bits);
            offset += typecode.bytes();
        }
    }

    @Override
    public void setAll(int index, Iterable<? extends T> elements) {
        List<T> converted = TypecodeCodec.convertAll(typecode, elements);
        long offset = openOffset(index, converted.size());
        for (T element : converted) {
            setBits(offset, encode(element));
            offset += typecode.bytes();
        }
    }

    @Override
    public String text() {
        return text(0, length());
    }

    @Override
    public String rawText() {
        return rawText(0, length());
    }

    @Override
    public void setText(String text) {
        setText(text, 0, length());
    }

    @Override
    public Array<T> slice(int from, int to) {
        return new Slice<>(this, from, to);
    }

    private String text(int from, int to) {
        String raw = rawText(from, to);
        int end = raw.indexOf('\0');
        return end < 0 ? raw : raw.substring(0, end);
    }

    private String rawText(int from, int to) {
        requireText();
        MemorySegment range = openRange(from, to);
        if (typecode == Typecode.CHAR) {
            return new String(range.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
        }
        StringBuilder text = new StringBuilder(to - from);
        for (int codePoint : range.toArray(ValueLayout.JAVA_INT)) {
            text.append(TypecodeCodec.decode(typecode, codePoint));
        }
        return text.toString();
    }

    private void setText(String text, int from, int to) {
        requireText();
        List<T> elements = TypecodeCodec.convertText(typecode, text);
        int room = to - from;
        if (elements.size() > room) {
            throw new IllegalArgumentException(
                    "a text of length " + elements.size() + " does not fit an array of length " + room);
        }
        setAll(from, elements);
        if (elements.size() < room) {
            setBits(openOffset(from + elements.size()), 0);
        }
    }

    private void requireText() {
        if (!TypecodeCodec.isText(typecode)) {
            throw new UnsupportedOperationException(
                    "an array of typecode " + typecode + " is no text; arrays of 'c' and 'u' are");
        }
    }

    private long encode(Object value) {
        return TypecodeCodec.encode(typecode, value);
    }

    private long bits(long offset) {
        return switch (typecode.bytes()) {
            case Byte.BYTES -> NarrowWords.byteVolatile(memory, offset);
            case Short.BYTES -> NarrowWords.shortVolatile(memory, offset);
            case Integer.BYTES -> Words.intVolatile(memory, offset);
            default -> Words.longVolatile(memory, offset);
        };
    }

    private void setBits(long offset, long bits) {
        switch (typecode.bytes()) {
            case Byte.BYTES -> NarrowWords.setByteVolatile(memory, offset, (byte) bits);
            case Short.BYTES -> NarrowWords.setShortVolatile(memory, offset, (short) bits);
            case Integer.BYTES -> Words.setIntVolatile(memory, offset, (int) bits);
            default -> Words.setLongVolatile(memory, offset, bits);
        }
    }

    private boolean casBits(long offset, long expected, long bits) {
        return switch (typecode.bytes()) {
            case Byte.BYTES -> NarrowWords.casByte(memory, offset, (byte) expected, (byte) bits);
            case Short.BYTES -> NarrowWords.casShort(memory, offset, (short) expected, (short) bits);
            case Integer.BYTES -> Words.casInt(memory, offset, (int) expected, (int) bits);
            default -> Words.casLong(memory, offset, expected, bits);
        };
    }

    @Override
    String typeName() {
        return "Array";
    }

    @SuppressWarnings("serial") // travels as its array and its bounds
    private static final class Slice<T> extends ArraySlice<LocalArray<T>, T> implements Array<T> {
        Slice(LocalArray<T> array, int from, int to) {
            super(array, from, to);
        }

        @Override
        public Typecode<T> typecode() {
            return array.typecode();
        }

        @Override
        public T get(int index) {
            return array.get(inArray(index));
        }

        @Override
        public void set(int index, T value) {
            array.set(inArray(index), value);
        }

        @Override
        public T getAndSet(int index, T value) {
            return array.getAndSet(inArray(index), value);
        }

        @Override
        public boolean compareAndSet(int index, T expected, T value) {
            return array.compareAndSet(inArray(index), expected, value);
        }

        @Override
        public void fill(int start, int end, T value) {
            array.fill(rangeInArray(start, end), from + end, value);
        }

        @Override
        public void setAll(int index, Iterable<? extends T> elements) {
            List<T> converted = TypecodeCodec.convertAll(typecode(), elements);
            array.setAll(inArray(index, converted.size()), converted);
        }

        @Override
        public String text() {
            return array.text(from, from + length());
        }

        @Override
        public String rawText() {
            return array.rawText(from, from + length());
        }

        @Override
        public void setText(String text) {
            array.setText(text, from, from + length());
        }

        @Override
        public Array<T> slice(int start, int end) {
            return array.slice(rangeInArray(start, end), from + end);
        }
    }
}
