package io.multiprocessing.manager;

import java.io.Serial;
import java.io.Serializable;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A list of a manager; what is done with a whole collection is one call, and atomic. What takes a function runs it here,
 * and sets the list if nobody has changed it meanwhile, or tries again.
 */
@SuppressWarnings({"serial", "unchecked"
}) // it travels as a handle; what comes from elsewhere is what the user says it is
final class ListProxy<E> extends AbstractList<E> implements ManagedProxy, Serializable {
    private final Core core;

    ListProxy(Core core) {
        this.core = core;
    }

    @Override
    public Core core() {
        return core;
    }

    @Override
    public E get(int index) {
        return (E) core.value("get", index);
    }

    @Override
    public E set(int index, E element) {
        return (E) core.value("set", index, required(element));
    }

    @Override
    public boolean add(E element) {
        core.call("add", required(element));
        return true;
    }

    @Override
    public void add(int index, E element) {
        core.call("addAt", index, required(element));
    }

    @Override
    public E remove(int index) {
        return (E) core.value("removeAt", index);
    }

    @Override
    public boolean remove(Object element) {
        return core.flag("remove", required(element));
    }

    @Override
    public int indexOf(Object element) {
        return core.integer("indexOf", required(element));
    }

    @Override
    public int lastIndexOf(Object element) {
        return core.integer("lastIndexOf", required(element));
    }

    @Override
    public boolean contains(Object element) {
        return core.flag("contains", required(element));
    }

    @Override
    public boolean containsAll(Collection<?> elements) {
        return core.flag("containsAll", new ArrayList<>(elements));
    }

    @Override
    public int size() {
        return core.integer("size");
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
    public boolean addAll(int index, Collection<? extends E> elements) {
        return core.flag("addAllAt", index, new ArrayList<>(elements));
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
    protected void removeRange(int from, int to) {
        core.call("removeRange", from, to);
    }

    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        return change(elements -> elements.removeIf(filter));
    }

    @Override
    public void replaceAll(UnaryOperator<E> operator) {
        change(elements -> {
            elements.replaceAll(operator);
            return true;
        });
    }

    @Override
    public void sort(@Nullable Comparator<? super E> order) {
        if (order == null || order.equals(Comparator.naturalOrder())) {
            core.call("sort");
        } else {
            change(elements -> {
                elements.sort(order);
                return true;
            });
        }
    }

    @Override
    public Iterator<E> iterator() {
        return listIterator(0);
    }

    @Override
    public ListIterator<E> listIterator(int index) {
        if (index < 0 || (index > 0 && index > size())) {
            throw new IndexOutOfBoundsException("index " + index + " of a list of " + size());
        }
        return new ListBatches<>(this, core, index);
    }

    @Override
    public Object[] toArray() {
        return copy().toArray();
    }

    @Override
    public <T> T[] toArray(T[] array) {
        return copy().toArray(array);
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || (other instanceof ListProxy<?> that && core.equals(that.core))
                || (other instanceof List<?> list && copy().equals(list));
    }

    @Override
    public int hashCode() {
        return copy().hashCode();
    }

    @Override
    public String toString() {
        return copy().stream()
                .map(element -> core.equals(Proxies.coreOf(element)) ? "(this Collection)" : element.toString())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Serial
    private Object writeReplace() {
        return handle();
    }

    private List<E> copy() {
        return (List<E>) stamped()[1];
    }

    private Object[] stamped() {
        return (Object[]) core.value("copy");
    }

    private boolean change(Predicate<List<E>> changing) {
        while (true) {
            Object[] stamped = stamped();
            List<E> elements = (List<E>) stamped[1];
            if (!changing.test(elements)) {
                return false;
            }
            if (core.flag("swap", stamped[0], elements)) {
                return true;
            }
        }
    }

    private static Object required(@Nullable Object given) {
        return Objects.requireNonNull(given, "a list of a manager has no nulls in it");
    }
}
