package io.multiprocessing;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/** The elements of a shared array as a list. */
final class ElementList<E> extends AbstractList<E> implements RandomAccess {
    private final int size;
    private final IntFunction<E> getter;
    private final Setter<E> setter;

    ElementList(int size, IntFunction<E> getter, Setter<E> setter) {
        this.size = size;
        this.getter = getter;
        this.setter = setter;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public E get(int index) {
        return getter.apply(index);
    }

    @Override
    public E set(int index, E element) {
        return setter.getAndSet(index, Objects.requireNonNull(element, "element"));
    }

    interface Setter<E> {
        E getAndSet(int index, E element);
    }
}
