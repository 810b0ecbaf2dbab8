package io.multiprocessing.codec;

import io.multiprocessing.Context;
import io.multiprocessing.Pool;
import java.io.NotSerializableException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Says what can't be written, why, and where it lies in the value that was to be written. */
final class Unwritable extends NotSerializableException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_PATH = 200;

    private final String culprit;
    private final String reason;
    private String path = "";

    private Unwritable(String culprit, String reason, @Nullable Throwable cause) {
        super(culprit);
        this.culprit = culprit;
        this.reason = reason;
        if (cause != null) {
            initCause(cause);
        }
    }

    static Unwritable notSerializable(Class<?> type) {
        return new Unwritable(type.getName(), whyNot(type), null);
    }

    private static String whyNot(Class<?> type) {
        if (Pool.class.isAssignableFrom(type)) {
            return " is a pool, which can't leave its process, for a task could wait for itself; it may have one of its own";
        }
        if (Context.class.isAssignableFrom(type)) {
            return " is a context, which can't leave its process; each shared object that is sent knows it, by context()";
        }
        return type.isHidden()
                ? " is a lambda whose type is not Serializable"
                : " is neither Serializable nor a record";
    }

    static Unwritable because(Object value, String reason) {
        return new Unwritable(value.getClass().getName(), reason, null);
    }

    static Unwritable because(Object value, String reason, Throwable cause) {
        return new Unwritable(value.getClass().getName(), reason, cause);
    }

    /** @param culprit name of a class of which something in the value is */
    static Unwritable inside(Object value, String culprit, Throwable cause) {
        return new Unwritable(culprit, " is not Serializable", cause).at(CulpritPath.find(value, culprit));
    }

    static Unwritable tooDeep() {
        return new Unwritable("a value", " is nested too deep, more than " + Encoder.MAXIMUM_DEPTH + " levels", null);
    }

    /** The name of the class that is to blame. */
    static String culprit(NotSerializableException refused, Object value) {
        if (refused instanceof Unwritable unwritable) {
            return unwritable.culprit;
        }
        return value.getClass().getName();
    }

    /** Adds the place where the value lies in the one around it, as {@code [3]} or {@code .name}. */
    Unwritable at(String place) {
        if (path.length() < LONGEST_PATH) {
            path = place + path;
        } else if (!path.startsWith("…")) {
            path = "…" + path;
        }
        return this;
    }

    @Override
    public String getMessage() {
        return path.isEmpty() ? culprit + reason : culprit + ", at " + path + "," + reason;
    }
}
