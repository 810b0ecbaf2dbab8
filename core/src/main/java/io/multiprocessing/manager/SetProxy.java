package io.multiprocessing.manager;

import java.io.Serial;
import java.io.Serializable;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** A set of a manager; what is done with a whole collection is one call, and atomic. */
@SuppressWarnings({"serial", "unchecked"
}) // it travels as a handle; what comes from elsewhere is what the user says it is
final class SetProxy<E> extends AbstractSet<E> implements ManagedProxy, Serializable {
    private final Core core;

    SetProxy(Core core) {
        this.core = core;
    }

    @Override
    public Core core() {
        return core;
    }

    @Override
    public boolean add(E element) {
        return core.flag("add", required(element));
    }

    @Override
    public boolean remove(Object element) {
        return core.call("remove", required(element)) != null;
    }

    @Override
    public boolean contains(Object element) {
        return core.flag("containsKey", required(element));
    }

    @Override
    public int size() {
        return core.integer("size");
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public void clear() {
        core.call("clear");
    }

    @Override
    public boolean addAll(Collection<? extends E> elements) {
        return core.flag("addAll", new ArrayList<>(elements));
    }

    @Override
    public boolean removeAll(Collection<?> elements) {
        return core.flag("removeAll", new ArrayList<>(elements));
    }

    @Override
    public boolean retainAll(Collection<?> elements) {
        return core.flag("retainAll", new ArrayList<>(elements));
    }

    @Override
    public boolean containsAll(Collection<?> elements) {
        return core.flag("containsAll", new ArrayList<>(elements));
    }

    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        return removeAll(copy().stream().filter(filter).toList());
    }

    @Override
    public Iterator<E> iterator() {
        return new Batches<>(core, "keysAfter", this::remove) {
            @Override
            E element(Object key, List<?> values, int index) {
                return (E) key;
            }
        };
    }

    @Override
    public Object[] toArray() {
        return copy().toArray();
    }

    @Override
    public <T> T[] toArray(T[] array) {
        return copy().toArray(array);
    }

    private Set<E> copy() {
        return new LinkedHashSet<>((List<E>) core.value("keys"));
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof SetProxy<?> that && core.equals(that.core))
                || (other instanceof Set<?> set && copy().equals(set));
    }

    @Override
    public int hashCode() {
        return copy().hashCode();
    }

    @Override
    public String toString() {
        return copy().toString();
    }

    @Serial
    private Object writeReplace() {
        return handle();
    }

    private static Object required(Object given) {
        return Objects.requireNonNull(given, "a set of a manager has no nulls in it");
    }
}
