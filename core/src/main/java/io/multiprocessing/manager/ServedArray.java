package io.multiprocessing.manager;

import io.multiprocessing.Typecode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An array of a typecode, of a fixed length: each method is atomic, also those of many elements. */
final class ServedArray implements Served {
    private final Typecode<?> typecode;
    private final Referent lock;
    private final Object[] elements;

    /** @param lock for several operations that must stay together */
    ServedArray(Typecode<?> typecode, Collection<?> initial, Referent lock) {
        this.typecode = typecode;
        this.lock = lock;
        this.elements = converted(initial).toArray();
    }

    /** An array of zeros. */
    static ServedArray ofLength(Typecode<?> typecode, int length, Referent lock) {
        if (length < 0) {
            throw new IllegalArgumentException("the length of an array can't be " + length);
        }
        Object[] zeros = new Object[length];
        Arrays.fill(zeros, zero(typecode));
        return new ServedArray(typecode, Arrays.asList(zeros), lock);
    }

    @Override
    public synchronized @Nullable Object call(Call call) {
        return switch (call.method()) {
            case "get" -> elements[checked(call.integer(0))];
            case "set", "getAndSet" -> {
                int index = checked(call.integer(0));
                Object before = elements[index];
                elements[index] = typecode.convert(call.value(1));
                yield before;
            }
            case "compareAndSet" -> {
                int index = checked(call.integer(0));
                Object expected = typecode.convert(call.value(1));
                Object replacement = typecode.convert(call.value(2));
                boolean isExpected = elements[index].equals(expected);
                elements[index] = isExpected ? replacement : elements[index];
                yield isExpected;
            }
            case "fill" -> {
                Objects.checkFromToIndex(call.integer(0), call.integer(1), elements.length);
                Arrays.fill(elements, call.integer(0), call.integer(1), typecode.convert(call.value(2)));
                yield null;
            }
            case "range" -> {
                Objects.checkFromToIndex(call.integer(0), call.integer(1), elements.length);
                yield new ArrayList<>(Arrays.asList(elements).subList(call.integer(0), call.integer(1)));
            }
            case "setAll" -> {
                List<Object> converted = converted(call.collection(1));
                Objects.checkFromIndexSize(call.integer(0), converted.size(), elements.length);
                System.arraycopy(converted.toArray(), 0, elements, call.integer(0), converted.size());
                yield null;
            }
            case "length" -> elements.length;
            case "typecode" -> typecode.code();
            case "lock" -> lock;
            default -> throw call.unknownMethod(Kind.ARRAY.typeName());
        };
    }

    private int checked(int index) {
        return Objects.checkIndex(index, elements.length);
    }

    private List<Object> converted(Collection<?> given) {
        List<Object> converted = new ArrayList<>(given.size());
        for (Object element : given) {
            try {
                converted.add(typecode.convert(element));
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException(
                        "element " + converted.size() + ": " + refused.getMessage(), refused);
            }
        }
        return converted;
    }

    private static Object zero(Typecode<?> typecode) {
        return switch (typecode.code()) {
            case 'c' -> '\0';
            case 'u' -> "\0";
            default -> typecode.convert(0);
        };
    }
}
