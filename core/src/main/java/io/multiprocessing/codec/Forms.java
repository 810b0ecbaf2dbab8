package io.multiprocessing.codec;

import io.multiprocessing.spi.Sendable;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Finds how values of a class are written, once for each class. What is not known here goes by Java serialization, if
 * it can. No class of a kind that a process never sends is loaded.
 */
final class Forms {
    private static final ClassValue<Form> KNOWN = new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
            return find(type);
        }
    };

    private Forms() {}

    static Form of(Class<?> type) {
        return KNOWN.get(type);
    }

    private static Form find(Class<?> type) {
        if (type.isArray()) {
            Class<?> component = type.getComponentType();
            return component.isPrimitive() ? PrimitiveArrayForm.of(component) : new ObjectArrayForm(component);
        }
        if (type.isRecord()) {
            return RecordForm.of(type);
        }
        if (Enum.class.isAssignableFrom(type)) {
            return EnumForm.of(type);
        }
        if (Throwable.class.isAssignableFrom(type)) {
            return new ThrowableForm();
        }
        if (type == Class.class) {
            return new Classes();
        }
        boolean isOfJdk = type.getClassLoader() == null;
        if (isOfJdk && type.getPackageName().equals("java.time")) {
            return TimeForm.of(type);
        }
        if (isOfJdk && Collection.class.isAssignableFrom(type)) {
            return Set.class.isAssignableFrom(type) ? SetForm.of(type) : ListForm.of(type);
        }
        if (isOfJdk && Map.class.isAssignableFrom(type)) {
            return MapForm.of(type);
        }
        if (isOfJdk && Map.Entry.class.isAssignableFrom(type) && !Serializable.class.isAssignableFrom(type)) {
            return new EntryForm();
        }
        if (Sendable.class.isAssignableFrom(type)) {
            return new Replaced();
        }
        Form plain = PlainForm.of(type);
        if (plain != null) {
            return plain;
        }
        if ((type.isHidden() && Serializable.class.isAssignableFrom(type)) || type == MethodTask.class) {
            return new LambdaForm();
        }
        return serialized(type);
    }

    /**
     * Whether a class of the JDK is a view, as {@code subList} and {@code keySet} give them: it travels as a copy of what it
     * shows.
     */
    static boolean isView(Class<?> type) {
        return !Modifier.isPublic(type.getModifiers()) && !Serializable.class.isAssignableFrom(type);
    }

    /** By Java serialization, or not at all. */
    static Form serialized(Class<?> type) {
        return Serializable.class.isAssignableFrom(type) ? new Serialized() : new Refused();
    }

    private static final class Serialized extends Form {
        @Override
        void write(Object value, Encoder out) throws NotSerializableException {
            if (!out.isReference(value)) {
                out.writeSerialized(value);
            }
        }
    }

    private static final class Replaced extends Form {
        @Override
        void write(Object value, Encoder out) throws NotSerializableException {
            Object replacement = ((Sendable) value).writeReplace();
            if (replacement instanceof Handle handle) {
                out.writeHandle(handle);
            } else {
                out.write(replacement);
            }
        }
    }

    private static final class Refused extends Form {
        @Override
        void write(Object value, Encoder out) throws NotSerializableException {
            throw Unwritable.notSerializable(value.getClass());
        }
    }

    private static final class Classes extends Form {
        @Override
        void write(Object value, Encoder out) {
            out.writeByte(Tag.CLASS);
            out.writeType(NamedType.of((Class<?>) value));
        }
    }
}
