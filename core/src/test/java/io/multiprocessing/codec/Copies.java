package io.multiprocessing.codec;

import java.io.NotSerializableException;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values that went through the codec, and whether they are what they were. */
final class Copies {
    private Copies() {}

    @SuppressWarnings("unchecked") // it arrives as what it was
    static <T extends @Nullable Object> T travelled(T value) throws NotSerializableException {
        return (T) ValueCodec.decode(ValueCodec.encode(value), Copies.class.getClassLoader());
    }

    /** Equal in class and content, also where the class does not define {@code equals}. */
    static boolean areSame(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        if (one.getClass() != other.getClass()) {
            return false;
        }
        if (one.getClass().isArray()) {
            return areSameArrays(one, other);
        } else if (one instanceof Throwable thrown) {
            Throwable copy = (Throwable) other;
            return areSame(thrown.getMessage(), copy.getMessage())
                    && Arrays.toString(thrown.getStackTrace()).equals(Arrays.toString(copy.getStackTrace()))
                    && areSame(thrown.getCause(), copy.getCause())
                    && areSameArrays(thrown.getSuppressed(), copy.getSuppressed());
        } else if (one instanceof Collection<?> && !(one instanceof Set<?>)) {
            return areSameInOrder((Collection<?>) one, (Collection<?>) other);
        } else if (one instanceof Map<?, ?> map) {
            Map<?, ?> copy = (Map<?, ?>) other;
            return map.keySet().equals(copy.keySet())
                    && map.keySet().stream().allMatch(key -> areSame(map.get(key), copy.get(key)));
        } else if (one instanceof Optional<?> optional) {
            return areSame(optional.orElse(null), ((Optional<?>) other).orElse(null));
        } else if (one instanceof Record) {
            return Arrays.stream(one.getClass().getRecordComponents()).allMatch(component -> {
                try {
                    component.getAccessor().setAccessible(true);
                    return areSame(
                            component.getAccessor().invoke(one),
                            component.getAccessor().invoke(other));
                } catch (ReflectiveOperationException impossible) {
                    throw new LinkageError(impossible.getMessage(), impossible);
                }
            });
        }
        return one.equals(other);
    }

    private static boolean areSameArrays(Object one, Object other) {
        int length = Array.getLength(one);
        if (length != Array.getLength(other)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!areSame(Array.get(one, i), Array.get(other, i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean areSameInOrder(Collection<?> one, Collection<?> other) {
        Iterator<?> copies = other.iterator();
        for (Object element : one) {
            if (!copies.hasNext() || !areSame(element, copies.next())) {
                return false;
            }
        }
        return !copies.hasNext();
    }
}
