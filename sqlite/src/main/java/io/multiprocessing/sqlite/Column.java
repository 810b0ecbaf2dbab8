package io.multiprocessing.sqlite;

import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.codec.ValueCodec;
import java.io.NotSerializableException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Objects;

/**
 * How values of a class lie in a column. Integers, texts, floating-point numbers and, where the class is {@code byte[]},
 * bytes are SQLite's own. All else is a BLOB as the library's codec writes it; so are the few values that SQLite can't hold
 * unchanged: a NaN, a text with half a surrogate pair.
 */
final class Column<T> {
    private final Class<T> type;
    private final int maxBytes;

    Column(Class<T> type, int maxBytes) {
        this.type = type;
        this.maxBytes = maxBytes;
    }

    boolean isOfType(Object value) {
        return type.isInstance(value);
    }

    void set(PreparedStatement statement, int index, Object value) throws SQLException {
        Objects.requireNonNull(value, "a null can't be stored");
        if (!type.isInstance(value)) {
            throw new ClassCastException(
                    "this takes " + type.getName() + ", not " + value.getClass().getName());
        }
        switch (value) {
            case Long number -> statement.setLong(index, number);
            case Integer number when isDeclared(Integer.class) -> statement.setInt(index, number);
            case Short number when isDeclared(Short.class) -> statement.setInt(index, number);
            case Byte number when isDeclared(Byte.class) -> statement.setInt(index, number);
            case Boolean truth when isDeclared(Boolean.class) -> statement.setInt(index, truth ? 1 : 0);
            case Float number when isDeclared(Float.class) && !number.isNaN() -> statement.setDouble(index, number);
            case Double number when !number.isNaN() -> statement.setDouble(index, number);
            case String text
            when isWhole(text) -> {
                check(text.length());
                statement.setString(index, text);
            }
            case byte[] bytes
            when isDeclared(byte[].class) -> {
                check(bytes.length);
                statement.setBytes(index, bytes);
            }
            default -> {
                byte[] bytes = encoded(value);
                check(bytes.length);
                statement.setBytes(index, bytes);
            }
        }
    }

    /** @param stored what a row has, as the driver gives it */
    T value(Object stored) {
        Object value = switch (stored) {
            case Number number when stored instanceof Long || stored instanceof Integer -> integer(number.longValue());
            case Double number when isDeclared(Float.class) -> number.floatValue();
            case byte[] bytes when !isDeclared(byte[].class) -> decoded(bytes);
            default -> stored;
        };
        if (!type.isInstance(value)) {
            throw new DatabaseException("a value is " + value + ", not of " + type.getName());
        }
        return type.cast(value);
    }

    private Object integer(long number) {
        if (isDeclared(Integer.class) && number == (int) number) {
            return (int) number;
        }
        if (isDeclared(Short.class) && number == (short) number) {
            return (short) number;
        }
        if (isDeclared(Byte.class) && number == (byte) number) {
            return (byte) number;
        }
        if (isDeclared(Boolean.class)) {
            return number != 0;
        }
        if (isDeclared(Double.class)) {
            return (double) number;
        }
        return number;
    }

    private boolean isDeclared(Class<?> natural) {
        return type == natural;
    }

    private void check(int bytes) {
        if (bytes > maxBytes) {
            throw new IllegalArgumentException("a value of " + bytes + " bytes is too large; at most " + maxBytes
                    + " are allowed: SharedDatabase.at(path).maxValueBytes(…)");
        }
    }

    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static byte[] encoded(Object value) {
        try {
            return ValueCodec.encode(value);
        } catch (NotSerializableException refused) {
            throw new MessageNotSerializableException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private Object decoded(byte[] bytes) {
        ClassLoader loader = type.getClassLoader();
        Object value = ValueCodec.decode(bytes, loader == null ? ClassLoader.getSystemClassLoader() : loader);
        if (value == null) {
            throw new UnreadableMessageException("a stored value is null");
        }
        return value;
    }
}
