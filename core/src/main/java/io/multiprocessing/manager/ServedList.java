package io.multiprocessing.manager;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A list: each method is atomic. It counts its changes, so that a client can replace the elements that it knows: that is
 * how it sorts by an order of its own.
 */
final class ServedList implements Served {
    private final ArrayList<Object> elements = new ArrayList<>();
    private long changes;

    ServedList(Collection<?> initial) {
        initial.forEach(Objects::requireNonNull);
        elements.addAll(initial);
    }

    @Override
    public synchronized @Nullable Object call(Call call) {
        return switch (call.method()) {
            case "get" -> elements.get(call.integer(0));
            case "range" -> range(call.integer(0), call.integer(1));
            case "size" -> elements.size();
            case "contains" -> elements.contains(call.value(0));
            case "containsAll" -> elements.containsAll(call.collection(0));
            case "indexOf" -> elements.indexOf(call.value(0));
            case "lastIndexOf" -> elements.lastIndexOf(call.value(0));
            case "copy" -> new Object[] {changes, new ArrayList<>(elements)};
            default -> {
                Object result = change(call);
                changes++;
                yield result;
            }
        };
    }

    private @Nullable Object change(Call call) {
        switch (call.method()) {
            case "add" -> elements.add(call.value(0));
            case "addAt" -> elements.add(call.integer(0), call.value(1));
            case "clear" -> elements.clear();
            case "removeRange" -> checkedRange(call.integer(0), call.integer(1)).clear();
            case "sort" -> sort();
            default -> {
                return changeAndTell(call);
            }
        }
        return null;
    }

    private Object changeAndTell(Call call) {
        return switch (call.method()) {
            case "set" -> elements.set(call.integer(0), call.value(1));
            case "removeAt" -> elements.remove(call.integer(0));
            case "remove" -> elements.remove(call.value(0));
            case "addAll" -> addAll(elements.size(), call.collection(0));
            case "addAllAt" -> addAll(call.integer(0), call.collection(1));
            case "removeAll" -> elements.removeAll(call.collection(0));
            case "retainAll" -> elements.retainAll(call.collection(0));
            case "swap" -> swap(call.number(0), call.collection(1));
            default -> throw call.unknownMethod(Kind.LIST.typeName());
        };
    }

    private boolean addAll(int index, Collection<?> added) {
        added.forEach(Objects::requireNonNull);
        return elements.addAll(index, added);
    }

    /** As many elements as there are of those asked for. */
    private List<Object> range(int from, int to) {
        int end = Math.min(to, elements.size());
        return from >= end ? List.of() : new ArrayList<>(elements.subList(from, end));
    }

    private List<Object> checkedRange(int from, int to) {
        Objects.checkFromToIndex(from, to, elements.size());
        return elements.subList(from, to);
    }

    /** Sorts a copy: if two elements can't be compared nothing is changed. */
    private void sort() {
        List<Object> sorted = new ArrayList<>(elements);
        sorted.sort(null);
        elements.clear();
        elements.addAll(sorted);
    }

    /** Sets all elements if nothing was changed since. */
    private boolean swap(long known, Collection<?> replacement) {
        if (changes != known) {
            return false;
        }
        replacement.forEach(Objects::requireNonNull);
        elements.clear();
        elements.addAll(replacement);
        return true;
    }
}
