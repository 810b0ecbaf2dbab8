package io.multiprocessing.local.memory;

import io.multiprocessing.Typecode;
import io.multiprocessing.Value;
import io.multiprocessing.codec.TypecodeCodec;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;

/** A value of a typecode, as a long. */
@SuppressWarnings("serial") // travels as a handle
final class LocalValue<T> extends ValueObject implements Value<T> {
    private final Typecode<T> typecode;

    LocalValue(Home home, Cell cell, Typecode<T> typecode) {
        super(home, ObjectKind.VALUE, cell);
        this.typecode = typecode;
    }

    @Override
    public Typecode<T> typecode() {
        return typecode;
    }

    @Override
    public T get() {
        return decode(Words.longVolatile(memory, openOffset()));
    }

    @Override
    public void set(T value) {
        long bits = encode(value);
        Words.setLongVolatile(memory, openOffset(), bits);
    }

    @Override
    public T getAndSet(T value) {
        long bits = encode(value);
        return decode(Words.getAndSetLong(memory, openOffset(), bits));
    }

    @Override
    public boolean compareAndSet(T expected, T value) {
        long expectedBits = encode(expected);
        long bits = encode(value);
        return Words.casLong(memory, openOffset(), expectedBits, bits);
    }

    private long encode(Object value) {
        return TypecodeCodec.encode(typecode, value);
    }

    private T decode(long bits) {
        return TypecodeCodec.decode(typecode, bits);
    }

    @Override
    Object boxed() {
        return typecode.code() + ", " + get();
    }

    @Override
    String typeName() {
        return "Value";
    }
}
