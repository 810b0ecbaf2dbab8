package io.multiprocessing.manager;

import java.util.List;
import java.util.ListIterator;
import java.util.NoSuchElementException;

/** Iterates over a list, many elements at a time; like Python's it goes by index, whatever changes meanwhile. */
@SuppressWarnings("unchecked") // what comes from elsewhere is what the user says it is
final class ListBatches<E> implements ListIterator<E> {
    private static final int FIRST = 64;
    private static final int MOST = 4096;
    private static final int NONE = -1;

    private final List<E> list;
    private final Core core;
    private List<E> batch = List.of();
    private int batchIndex;
    private int wanted = FIRST;
    private int next;
    private int returned = NONE;

    ListBatches(List<E> list, Core core, int index) {
        this.list = list;
        this.core = core;
        this.next = index;
    }

    @Override
    public boolean hasNext() {
        return isInBatch(next) || load(next, next);
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        returned = next++;
        return batch.get(returned - batchIndex);
    }

    @Override
    public boolean hasPrevious() {
        return next > 0;
    }

    @Override
    public E previous() {
        int index = next - 1;
        if (index < 0 || !(isInBatch(index) || load(Math.max(0, next - wanted), index))) {
            throw new NoSuchElementException();
        }
        next = index;
        returned = index;
        return batch.get(index - batchIndex);
    }

    @Override
    public int nextIndex() {
        return next;
    }

    @Override
    public int previousIndex() {
        return next - 1;
    }

    @Override
    public void remove() {
        list.remove(taken());
        next = returned;
        returned = NONE;
        batch = List.of();
    }

    @Override
    public void set(E element) {
        list.set(taken(), element);
        if (isInBatch(returned)) {
            batch.set(returned - batchIndex, element);
        }
    }

    @Override
    public void add(E element) {
        list.add(next++, element);
        returned = NONE;
        batch = List.of();
    }

    private int taken() {
        if (returned == NONE) {
            throw new IllegalStateException("neither next nor previous has been called since the last remove or add");
        }
        return returned;
    }

    private boolean isInBatch(int index) {
        return index >= batchIndex && index < batchIndex + batch.size();
    }

    private boolean load(int from, int index) {
        batch = (List<E>) core.value("range", from, from + wanted);
        batchIndex = from;
        wanted = Math.min(2 * wanted, MOST);
        return isInBatch(index);
    }
}
