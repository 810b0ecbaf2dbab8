package io.multiprocessing.manager;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Iterates over what a dict or set holds, many at a time; it sees some of what changes meanwhile, and never fails. */
abstract class Batches<E> implements Iterator<E> {
    private static final int FIRST = 64;
    private static final int MOST = 4096;

    private final Core core;
    private final String method;
    private final Consumer<Object> remover;
    private List<?> keys = List.of();
    private List<?> values = List.of();
    private int next;
    private int wanted = FIRST;
    private long last;
    private boolean isLastBatch;
    private @Nullable Object returned;

    Batches(Core core, String method, Consumer<Object> remover) {
        this.core = core;
        this.method = method;
        this.remover = remover;
    }

    abstract E element(Object key, List<?> values, int index);

    @Override
    public boolean hasNext() {
        if (next == keys.size() && !isLastBatch) {
            Object[] batch = (Object[]) core.value(method, last, wanted);
            last = (Long) batch[0];
            keys = (List<?>) batch[1];
            values = (List<?>) batch[2];
            next = 0;
            isLastBatch = keys.size() < wanted;
            wanted = Math.min(2 * wanted, MOST);
        }
        return next < keys.size();
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Object key = keys.get(next);
        returned = key;
        return element(key, values, next++);
    }

    @Override
    public void remove() {
        Object key = returned;
        if (key == null) {
            throw new IllegalStateException("next has not been called since the last remove");
        }
        returned = null;
        remover.accept(key);
    }
}
