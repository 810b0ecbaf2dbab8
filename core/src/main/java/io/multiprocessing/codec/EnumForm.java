package io.multiprocessing.codec;

import io.multiprocessing.UnreadableMessageException;

/** Enum constants, by their names: a constant that was added elsewhere does no harm. */
final class EnumForm extends Form {
    private final NamedType type;

    private EnumForm(NamedType type) {
        this.type = type;
    }

    /** @param type of a constant, which is a class below the enum where the constant has a body */
    static EnumForm of(Class<?> type) {
        return new EnumForm(NamedType.of(type.isEnum() ? type : type.getSuperclass()));
    }

    @Override
    void write(Object value, Encoder out) {
        out.writeByte(Tag.ENUM);
        out.writeType(type);
        out.writeText(((Enum<?>) value).name());
    }

    static Object read(Decoder in) {
        return constant(readType(in), in.readText());
    }

    static Class<?> readType(Decoder in) {
        Class<?> type = in.readType().type();
        if (!type.isEnum()) {
            throw new UnreadableMessageException("the message takes " + type + " for an enum");
        }
        return type;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the class is one of an enum
    static Enum<?> constant(Class<?> type, String name) {
        try {
            return Enum.valueOf((Class) type, name);
        } catch (IllegalArgumentException missing) {
            throw new UnreadableMessageException(
                    "the message was written by another version of " + type + ": there is no " + name, missing);
        }
    }
}
