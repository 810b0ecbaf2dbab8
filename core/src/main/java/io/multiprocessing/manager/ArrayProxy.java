package io.multiprocessing.manager;

import io.multiprocessing.Array;
import io.multiprocessing.Lock;
import io.multiprocessing.Typecode;
import io.multiprocessing.codec.Handle;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An array of a manager, or a slice of it; what is done with many elements is one call, and atomic. */
@SuppressWarnings({"serial", "unchecked"}) // it travels as a handle; its type is that of the typecode
final class ArrayProxy<T> extends ObjectProxy implements Array<T> {
    private static final int SHOWN = 100;

    private final int from;
    private final int length;
    private @Nullable Typecode<T> typecode;

    private ArrayProxy(Core core, int from, int length) {
        super(core);
        this.from = from;
        this.length = length;
    }

    /** @param slice 0 for the whole array, or what {@link #handle} has made of a slice */
    static ArrayProxy<Object> of(Core core, long slice) {
        return slice == 0
                ? new ArrayProxy<>(core, 0, core.integer("length"))
                : new ArrayProxy<>(core, (int) (slice >>> Integer.SIZE), ~(int) slice);
    }

    @Override
    public Handle handle() {
        return core().handle(((long) from << Integer.SIZE) | (~length & 0xFFFF_FFFFL));
    }

    @Override
    public Typecode<T> typecode() {
        Typecode<T> known = typecode;
        if (known == null) {
            known = (Typecode<T>) Typecode.of((Character) core().value("typecode"));
            typecode = known;
        }
        return known;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public T get(int index) {
        return (T) core().value("get", at(index));
    }

    @Override
    public void set(int index, T value) {
        core().call("set", at(index), Objects.requireNonNull(value));
    }

    @Override
    public T getAndSet(int index, T value) {
        return (T) core().value("getAndSet", at(index), Objects.requireNonNull(value));
    }

    @Override
    public boolean compareAndSet(int index, T expected, T value) {
        return core().flag("compareAndSet", at(index), Objects.requireNonNull(expected), Objects.requireNonNull(value));
    }

    @Override
    public void fill(int begin, int end, T value) {
        Objects.checkFromToIndex(begin, end, length);
        core().call("fill", from + begin, from + end, Objects.requireNonNull(value));
    }

    @Override
    public List<T> toList(int begin, int end) {
        Objects.checkFromToIndex(begin, end, length);
        return (List<T>) core().value("range", from + begin, from + end);
    }

    @Override
    public void setAll(int index, Iterable<? extends T> elements) {
        List<T> all = new ArrayList<>();
        elements.forEach(all::add);
        Objects.checkFromIndexSize(index, all.size(), length);
        core().call("setAll", from + index, all);
    }

    @Override
    public Array<T> slice(int begin, int end) {
        Objects.checkFromToIndex(begin, end, length);
        return new ArrayProxy<>(core(), from + begin, end - begin);
    }

    /** The elements as they are at one moment, in order. */
    @Override
    public Iterator<T> iterator() {
        return toList().iterator();
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
        var text = new StringBuilder();
        toList().forEach(text::append);
        return text.toString();
    }

    @Override
    public void setText(String text) {
        requireText();
        List<Object> elements = new ArrayList<>();
        text.codePoints().mapToObj(Character::toString).forEach(elements::add);
        if (elements.size() > length) {
            throw new IllegalArgumentException(
                    "a text of " + elements.size() + " elements is too long for an array of " + length);
        }
        if (elements.size() < length) {
            elements.add("\0");
        }
        core().call("setAll", from, elements);
    }

    @Override
    public MemorySegment segment() {
        throw new UnsupportedOperationException(
                "an array of a manager lies in the manager's process; make a shared one, context.array(...), for that");
    }

    @Override
    public Lock lock() {
        return (Lock) core().value("lock");
    }

    /** Does nothing: the array goes with the last proxy. */
    @Override
    public void close() {}

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof ArrayProxy<?> that && from == that.from && length == that.length;
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    @Override
    public String toString() {
        return length <= SHOWN
                ? toList().toString()
                : toList(0, SHOWN).toString().replaceFirst("]$", ", ... " + length + " elements]");
    }

    private int at(int index) {
        return from + Objects.checkIndex(index, length);
    }

    private void requireText() {
        char code = typecode().code();
        if (code != 'c' && code != 'u') {
            throw new UnsupportedOperationException("only arrays of the typecodes 'c' and 'u' are texts, not " + code);
        }
    }
}
