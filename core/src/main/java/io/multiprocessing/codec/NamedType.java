package io.multiprocessing.codec;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A class as messages name it. A <i>type</i> in a message is one byte: the number, from 1, of a class that the message
 * has named before; or 0, and then a hash of 4 bytes, the count of bytes of the name, and the name in UTF-8. The hash is
 * of the name, and for a record of its components too, so it finds the class fast and tells versions of a record apart.
 */
final class NamedType {
    private static final ClassValue<NamedType> KNOWN = new ClassValue<>() {
        @Override
        protected NamedType computeValue(Class<?> type) {
            return new NamedType(type);
        }
    };

    private final Class<?> type;
    private final byte[] name;
    private final int hash;
    private volatile @Nullable RecordShape shape;

    private NamedType(Class<?> type) {
        this.type = type;
        this.name = type.getName().getBytes(StandardCharsets.UTF_8);
        this.hash = hash(type);
    }

    static NamedType of(Class<?> type) {
        return KNOWN.get(type);
    }

    Class<?> type() {
        return type;
    }

    int hash() {
        return hash;
    }

    boolean isNamed(byte[] bytes, int from, int to) {
        return Arrays.equals(name, 0, name.length, bytes, from, to);
    }

    /** How instances of the record that this type is are taken apart and made. */
    RecordShape shape() {
        RecordShape known = shape;
        if (known == null) {
            known = new RecordShape(type);
            shape = known;
        }
        return known;
    }

    void write(Encoder out) {
        out.writeInt(hash);
        out.writeCount(name.length);
        out.writeBytes(name, 0, name.length);
    }

    private static int hash(Class<?> type) {
        int hash = type.getName().hashCode();
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                hash = 31 * hash + component.getName().hashCode();
                hash = 31 * hash + component.getType().getName().hashCode();
            }
        }
        return hash;
    }
}
