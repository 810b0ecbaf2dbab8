package io.multiprocessing.codec;

import io.multiprocessing.UnreadableMessageException;
import java.io.NotSerializableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Date;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of the JDK that hold nothing mutable. After the tag, a byte says which. */
final class PlainForm extends Form {
    private static final int BIG_INTEGER = 0;
    private static final int BIG_DECIMAL = 1;
    private static final int ID = 2;
    private static final int OPTIONAL = 3;
    private static final int OPTIONAL_INT = 4;
    private static final int OPTIONAL_LONG = 5;
    private static final int OPTIONAL_DOUBLE = 6;
    private static final int ADDRESS = 7;
    private static final int DATE = 8;
    private static final int PATH = 9;

    private static final Class<?>[] TYPES = {
        BigInteger.class,
        BigDecimal.class,
        UUID.class,
        Optional.class,
        OptionalInt.class,
        OptionalLong.class,
        OptionalDouble.class,
        URI.class,
        Date.class
    };

    private final int kind;

    private PlainForm(int kind) {
        this.kind = kind;
    }

    /** The form of a class, if it is one of these. */
    static @Nullable Form of(Class<?> type) {
        for (int kind = 0; kind < TYPES.length; kind++) {
            if (TYPES[kind] == type) {
                return new PlainForm(kind);
            }
        }
        return Path.class.isAssignableFrom(type) ? new PlainForm(PATH) : null;
    }

    @Override
    @SuppressWarnings({"JavaUtilDate", "ReferenceEquality"}) // users have dates; a file system is itself
    void write(Object value, Encoder out) throws NotSerializableException {
        out.writeByte(Tag.PLAIN);
        out.writeByte(kind);
        switch (kind) {
            case BIG_INTEGER -> writeInteger((BigInteger) value, out);
            case BIG_DECIMAL -> {
                out.writeInt(((BigDecimal) value).scale());
                writeInteger(((BigDecimal) value).unscaledValue(), out);
            }
            case ID -> {
                out.writeLong(((UUID) value).getMostSignificantBits());
                out.writeLong(((UUID) value).getLeastSignificantBits());
            }
            case OPTIONAL -> out.writeValue(((Optional<?>) value).orElse(null));
            case OPTIONAL_INT -> {
                OptionalInt optional = (OptionalInt) value;
                out.writeValue(optional.isPresent() ? optional.getAsInt() : null);
            }
            case OPTIONAL_LONG -> {
                OptionalLong optional = (OptionalLong) value;
                out.writeValue(optional.isPresent() ? optional.getAsLong() : null);
            }
            case OPTIONAL_DOUBLE -> {
                OptionalDouble optional = (OptionalDouble) value;
                out.writeValue(optional.isPresent() ? optional.getAsDouble() : null);
            }
            case ADDRESS -> out.writeText(value.toString());
            case DATE -> out.writeLong(((Date) value).getTime());
            default -> {
                if (((Path) value).getFileSystem() != FileSystems.getDefault()) {
                    throw Unwritable.because(value, " is not of the default file system");
                }
                out.writeText(value.toString());
            }
        }
    }

    @SuppressWarnings("JavaUtilDate") // users have them
    static Object read(Decoder in) {
        int kind = in.readByte();
        return switch (kind) {
            case BIG_INTEGER -> readInteger(in);
            case BIG_DECIMAL -> {
                int scale = in.readInt();
                yield new BigDecimal(readInteger(in), scale);
            }
            case ID -> new UUID(in.readLong(), in.readLong());
            case OPTIONAL -> Optional.ofNullable(in.readValue());
            case OPTIONAL_INT ->
                in.readValue() instanceof Integer present ? OptionalInt.of(present) : OptionalInt.empty();
            case OPTIONAL_LONG ->
                in.readValue() instanceof Long present ? OptionalLong.of(present) : OptionalLong.empty();
            case OPTIONAL_DOUBLE ->
                in.readValue() instanceof Double present ? OptionalDouble.of(present) : OptionalDouble.empty();
            case ADDRESS -> URI.create(in.readText());
            case DATE -> new Date(in.readLong());
            case PATH -> Path.of(in.readText());
            default -> throw Decoder.unknown("kind of plain value", kind & 0xff);
        };
    }

    private static void writeInteger(BigInteger value, Encoder out) {
        byte[] bytes = value.toByteArray();
        out.writeCount(bytes.length);
        out.writeBytes(bytes, 0, bytes.length);
    }

    private static BigInteger readInteger(Decoder in) {
        int count = in.readCount();
        if (count == 0) {
            throw new UnreadableMessageException("the message is damaged: an integer of no bytes");
        }
        return new BigInteger(in.readBytes(count));
    }
}
