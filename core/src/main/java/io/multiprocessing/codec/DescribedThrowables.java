package io.multiprocessing.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions of the JDK that are nothing but a class, a message, a trace and a cause, as {@link IllegalStateException}
 * is: they are made from their description, which is much faster than Java serialization.
 */
final class DescribedThrowables {
    private static final String PROBE = "probe";

    private static final ClassValue<Boolean> SUFFICES = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return type.getClassLoader() == null
                    && Throwable.class.isAssignableFrom(type)
                    && Modifier.isPublic(type.getModifiers())
                    && !Modifier.isAbstract(type.getModifiers())
                    && type.getModule().isExported(type.getPackageName())
                    && !hasFields(type)
                    && keepsMessage(type);
        }
    };

    private DescribedThrowables() {}

    static boolean suffices(Class<?> type) {
        return SUFFICES.get(type);
    }

    /** The exception, if its description suffices. */
    static @Nullable Throwable make(
            String typeName, @Nullable String message, StackTraceElement[] trace, @Nullable Throwable cause) {
        try {
            Class<?> type = Class.forName(typeName, false, null);
            if (!suffices(type)) {
                return null;
            }
            Throwable made = constructor(type).newInstance(message);
            made.setStackTrace(trace);
            if (cause != null) {
                made.initCause(cause);
            }
            return made;
        } catch (ReflectiveOperationException | IllegalStateException notAfterAll) {
            return null;
        }
    }

    private static boolean hasFields(Class<?> type) {
        for (Class<?> at = type; at != Throwable.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the constructor takes the message as it is. */
    private static boolean keepsMessage(Class<?> type) {
        try {
            return PROBE.equals(constructor(type).newInstance(PROBE).getMessage());
        } catch (ReflectiveOperationException hasNone) {
            return false;
        }
    }

    private static Constructor<? extends Throwable> constructor(Class<?> type) throws NoSuchMethodException {
        return type.asSubclass(Throwable.class).getConstructor(String.class);
    }
}
