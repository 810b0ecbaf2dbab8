package io.multiprocessing.manager;

import io.multiprocessing.Typecode;
import org.jspecify.annotations.Nullable;

/** A value of a typecode: each method is atomic. */
final class ServedValue implements Served {
    private final Typecode<?> typecode;
    private final Referent lock;
    private Object value;

    /** @param lock for several operations that must stay together */
    ServedValue(Typecode<?> typecode, Object initial, Referent lock) {
        this.typecode = typecode;
        this.lock = lock;
        this.value = converted(initial);
    }

    @Override
    public synchronized @Nullable Object call(Call call) {
        return switch (call.method()) {
            case "get" -> value;
            case "set" -> {
                value = converted(call.value(0));
                yield null;
            }
            case "getAndSet" -> {
                Object before = value;
                value = converted(call.value(0));
                yield before;
            }
            case "compareAndSet" -> {
                Object expected = converted(call.value(0));
                Object replacement = converted(call.value(1));
                boolean isExpected = value.equals(expected);
                value = isExpected ? replacement : value;
                yield isExpected;
            }
            case "typecode" -> typecode.code();
            case "lock" -> lock;
            default -> throw call.unknownMethod(Kind.VALUE.typeName());
        };
    }

    private Object converted(Object given) {
        return typecode.convert(given);
    }
}
