package io.multiprocessing.manager;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method of an object: who calls, what, with which arguments. It knows nothing of how they came.
 *
 * @param caller who calls
 * @param isTrusted whether it may bring code of its own
 * @param method the method's name
 * @param arguments as many as were given, of any types: the accessors refuse what does not fit
 */
@SuppressWarnings("ArrayRecordComponent") // it is never compared
record Call(
        Caller caller,
        boolean isTrusted,
        String method,
        @Nullable Object[] arguments) {
    @Nullable
    Object nullable(int index) {
        if (index >= arguments.length) {
            throw new IllegalArgumentException(
                    method + " needs more than the " + arguments.length + " arguments that were given");
        }
        return referred(arguments[index]);
    }

    /** In the place of a proxy of this server the object itself: containers compare these by what they are. */
    private static @Nullable Object referred(@Nullable Object argument) {
        Core core = Proxies.coreOf(argument);
        return core == null || core.referent() == null ? argument : core.referent();
    }

    Object value(int index) {
        return Objects.requireNonNull(nullable(index), "there are no nulls in an object of a manager");
    }

    int integer(int index) {
        return fitting(index, Integer.class);
    }

    long number(int index) {
        return fitting(index, Long.class);
    }

    boolean flag(int index) {
        return fitting(index, Boolean.class);
    }

    String text(int index) {
        return fitting(index, String.class);
    }

    /** A collection, whose elements may be objects of this server. */
    List<?> collection(int index) {
        List<@Nullable Object> referred = new ArrayList<>();
        for (Object element : fitting(index, Collection.class)) {
            referred.add(referred(element));
        }
        return referred;
    }

    /** What is to be worked on, as it came. */
    List<?> inputs(int index) {
        return fitting(index, List.class);
    }

    /** A map, whose keys and values may be objects of this server. */
    Map<?, ?> map(int index) {
        Map<@Nullable Object, @Nullable Object> referred = new LinkedHashMap<>();
        for (Object entry : fitting(index, Map.class).entrySet()) {
            referred.put(referred(((Map.Entry<?, ?>) entry).getKey()), referred(((Map.Entry<?, ?>) entry).getValue()));
        }
        return referred;
    }

    <T> T fitting(int index, Class<T> type) {
        Object argument = nullable(index);
        if (!type.isInstance(argument)) {
            throw new IllegalArgumentException("argument " + index + " of " + method + " must be a "
                    + type.getSimpleName() + ", not "
                    + (argument == null ? "null" : "a " + argument.getClass().getName()));
        }
        return type.cast(argument);
    }

    IllegalArgumentException unknownMethod(String type) {
        return new IllegalArgumentException(
                "a " + type + " of a manager has no method \"" + method + "\" to be called");
    }
}
