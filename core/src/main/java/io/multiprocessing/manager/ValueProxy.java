package io.multiprocessing.manager;

import io.multiprocessing.Lock;
import io.multiprocessing.Typecode;
import io.multiprocessing.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A value of a manager. */
@SuppressWarnings({"serial", "unchecked"}) // it travels as a handle; its type is that of the typecode
final class ValueProxy<T> extends ObjectProxy implements Value<T> {
    private @Nullable Typecode<T> typecode;

    ValueProxy(Core core) {
        super(core);
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
    public T get() {
        return (T) core().value("get");
    }

    @Override
    public void set(T value) {
        core().call("set", Objects.requireNonNull(value));
    }

    @Override
    public T getAndSet(T value) {
        return (T) core().value("getAndSet", Objects.requireNonNull(value));
    }

    @Override
    public boolean compareAndSet(T expected, T value) {
        return core().flag("compareAndSet", Objects.requireNonNull(expected), Objects.requireNonNull(value));
    }

    @Override
    public Lock lock() {
        return (Lock) core().value("lock");
    }

    @Override
    public String toString() {
        return "Value[" + typecode().code() + ", " + get() + "]";
    }
}
