package io.multiprocessing.codec;

import io.multiprocessing.UnreadableMessageException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.UndeclaredThrowableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The components of a record: how they are had, and how the record is made of them. */
final class RecordShape {
    private static final Set<Class<?>> PLAIN_TYPES = Set.of(
            Boolean.class,
            Byte.class,
            Short.class,
            Character.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            String.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class);

    private final Class<?> type;
    private final String[] names;
    private final Method[] accessors;
    private final Constructor<?> constructor;
    private final boolean isOpen;
    private final boolean isPlain;

    RecordShape(Class<?> type) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        names = new String[components.length];
        accessors = new Method[components.length];
        Class<?>[] types = new Class<?>[components.length];
        boolean plain = true;
        boolean open = true;
        for (int i = 0; i < components.length; i++) {
            names[i] = components[i].getName();
            types[i] = components[i].getType();
            accessors[i] = components[i].getAccessor();
            open &= accessors[i].trySetAccessible();
            plain &= types[i].isPrimitive() || types[i].isEnum() || PLAIN_TYPES.contains(types[i]);
        }
        try {
            constructor = type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
        isOpen = constructor.trySetAccessible() && open;
        isPlain = plain;
    }

    int size() {
        return names.length;
    }

    String name(int index) {
        return names[index];
    }

    /** Whether no component can refer to something that has identity. */
    boolean isPlain() {
        return isPlain;
    }

    /** Whether reflection may call the record's methods. */
    boolean isOpen() {
        return isOpen;
    }

    /** What the user has to do where it may not. */
    String remedy() {
        String reader = RecordShape.class.getModule().isNamed()
                ? RecordShape.class.getModule().getName()
                : "the unnamed module";
        return "add \"opens " + type.getPackageName()
                + (RecordShape.class.getModule().isNamed() ? " to " + reader : "") + ";\" to module "
                + type.getModule().getName() + ", or let the record implement Serializable";
    }

    /** Whether the record wants to be something else in a stream of Java serialization. */
    boolean isReplaced() {
        return hasMethod("writeReplace") || hasMethod("readResolve");
    }

    @Nullable
    Object get(Object value, int index) {
        try {
            return accessors[index].invoke(value);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof RuntimeException exception) {
                throw exception;
            } else if (thrown.getCause() instanceof Error error) {
                throw error;
            }
            throw new UndeclaredThrowableException(thrown.getCause());
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Object make(@Nullable Object[] components) {
        try {
            return constructor.newInstance(components);
        } catch (InvocationTargetException refused) {
            Throwable cause = Objects.requireNonNullElse(refused.getCause(), refused);
            if (cause instanceof Error error) {
                throw error;
            }
            throw new UnreadableMessageException(
                    "the constructor of " + type.getName() + " refused the message's components: " + cause, cause);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private boolean hasMethod(String name) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == 0) {
                return true;
            }
        }
        return false;
    }
}
