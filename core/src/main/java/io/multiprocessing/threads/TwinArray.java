package io.multiprocessing.threads;

import io.multiprocessing.Array;
import io.multiprocessing.Typecode;
import io.multiprocessing.codec.TypecodeCodec;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Elements of a typecode, as wide as C has them. */
@SuppressWarnings("serial") // travels as a handle
final class TwinArray<T> extends TwinArrayObject<T> implements Array<T> {
    private final Typecode<T> typecode;
    private final int width;

    TwinArray(TwinContext context, long id, Guard guard, Typecode<T> typecode, Elements elements) {
        super(context, id, guard, elements);
        this.typecode = typecode;
        this.width = typecode.bytes();
    }

    private TwinArray(TwinArray<T> array, int from, int to) {
        super(array, from, to);
        this.typecode = array.typecode;
        this.width = array.width;
    }

    @Override
    public Typecode<T> typecode() {
        return typecode;
    }

    @Override
    public T get(int index) {
        return decode(elements.bits(openOffset(index), width));
    }

    @Override
    public void set(int index, T value) {
        long offset = openOffset(index);
        elements.setBits(offset, width, encode(value));
    }

    @Override
    public T getAndSet(int index, T value) {
        long offset = openOffset(index);
        long bits = encode(value);
        while (true) {
            long before = elements.bits(offset, width);
            if (elements.casBits(offset, width, before, bits)) {
                return decode(before);
            }
        }
    }

    @Override
    public boolean compareAndSet(int index, T expected, T value) {
        long offset = openOffset(index);
        return elements.casBits(offset, width, encode(expected), encode(value));
    }

    @Override
    public void fill(int from, int to, T value) {
        long offset = openOffset(from, to - from);
        long bits = encode(value);
        for (int i = from; i < to; i++) {
            elements.setBits(offset, width, bits);
            offset += width;
        }
    }

    @Override
    public void setAll(int index, Iterable<? extends T> values) {
        List<T> converted = TypecodeCodec.convertAll(typecode, values);
        long offset = openOffset(index, converted.size());
        for (T value : converted) {
            elements.setBits(offset, width, encode(value));
            offset += width;
        }
    }

    @Override
    public String text() {
        String raw = rawText();
        int end = raw.indexOf('\0');
        return end < 0 ? raw : raw.substring(0, end);
    }

    @Override
    public String rawText() {
        requireText();
        MemorySegment range = segment();
        if (typecode == Typecode.CHAR) {
            return new String(range.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
        }
        StringBuilder text = new StringBuilder(length());
        for (int codePoint : range.toArray(ValueLayout.JAVA_INT)) {
            text.append(decode(codePoint));
        }
        return text.toString();
    }

    @Override
    public void setText(String text) {
        requireText();
        List<T> characters = TypecodeCodec.convertText(typecode, text);
        int room = length();
        if (characters.size() > room) {
            throw new IllegalArgumentException(
                    "a text of length " + characters.size() + " does not fit an array of length " + room);
        }
        setAll(0, characters);
        if (characters.size() < room) {
            elements.setBits(openOffset(characters.size()), width, 0);
        }
    }

    @Override
    public TwinArray<T> slice(int from, int to) {
        return new TwinArray<>(this, from, to);
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

    private T decode(long bits) {
        return TypecodeCodec.decode(typecode, bits);
    }

    @Override
    String typeName() {
        return "Array";
    }
}
