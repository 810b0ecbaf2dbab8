package io.multiprocessing.threads;

import io.multiprocessing.Typecode;
import io.multiprocessing.Value;
import io.multiprocessing.codec.TypecodeCodec;
import java.util.concurrent.atomic.AtomicLong;

/** A value of a typecode, as a long. */
@SuppressWarnings("serial") // travels as a handle
final class TwinValue<T> extends GuardedObject implements Value<T> {
    private final Typecode<T> typecode;
    private final AtomicLong word;

    TwinValue(TwinContext context, long id, Guard guard, Typecode<T> typecode, AtomicLong word) {
        super(context, id, guard);
        this.typecode = typecode;
        this.word = word;
    }

    @Override
    public Typecode<T> typecode() {
        return typecode;
    }

    @Override
    public T get() {
        checkOpen();
        return TypecodeCodec.decode(typecode, word.get());
    }

    @Override
    public void set(T value) {
        long bits = TypecodeCodec.encode(typecode, value);
        checkOpen();
        word.set(bits);
    }

    @Override
    public T getAndSet(T value) {
        long bits = TypecodeCodec.encode(typecode, value);
        checkOpen();
        return TypecodeCodec.decode(typecode, word.getAndSet(bits));
    }

    @Override
    public boolean compareAndSet(T expected, T value) {
        long expectedBits = TypecodeCodec.encode(typecode, expected);
        long bits = TypecodeCodec.encode(typecode, value);
        checkOpen();
        return word.compareAndSet(expectedBits, bits);
    }

    @Override
    String typeName() {
        return "Value";
    }

    @Override
    public String toString() {
        return "Value[" + (context.isClosed() ? "closed" : typecode.code() + ", " + get()) + "]";
    }
}
