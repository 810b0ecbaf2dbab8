package io.multiprocessing;

import java.io.Serial;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * One of Python's letters for the type of a shared value or of the elements of a shared array.
 *
 * <table>
 * <caption>The typecodes</caption>
 * <tr><th>code</th><th>C type</th><th>bytes</th><th>here</th></tr>
 * <tr><td>c</td><td>char</td><td>1</td><td>{@link Character}, 0 to 255</td></tr>
 * <tr><td>u</td><td>wchar_t</td><td>4</td><td>{@link String} of one code point</td></tr>
 * <tr><td>b</td><td>signed char</td><td>1</td><td>{@link Integer}</td></tr>
 * <tr><td>B</td><td>unsigned char</td><td>1</td><td>{@link Integer}</td></tr>
 * <tr><td>h</td><td>short</td><td>2</td><td>{@link Integer}</td></tr>
 * <tr><td>H</td><td>unsigned short</td><td>2</td><td>{@link Integer}</td></tr>
 * <tr><td>i</td><td>int</td><td>4</td><td>{@link Integer}</td></tr>
 * <tr><td>I</td><td>unsigned int</td><td>4</td><td>{@link Long}</td></tr>
 * <tr><td>l</td><td>long</td><td>8</td><td>{@link Long}</td></tr>
 * <tr><td>L</td><td>unsigned long</td><td>8</td><td>{@link BigInteger}</td></tr>
 * <tr><td>q</td><td>long long</td><td>8</td><td>{@link Long}</td></tr>
 * <tr><td>Q</td><td>unsigned long long</td><td>8</td><td>{@link BigInteger}</td></tr>
 * <tr><td>f</td><td>float</td><td>4</td><td>{@link Float}</td></tr>
 * <tr><td>d</td><td>double</td><td>8</td><td>{@link Double}</td></tr>
 * </table>
 *
 * The sizes are those of 64-bit Linux and macOS, wherever this runs.
 *
 * <p>Source: Python's {@code multiprocessing.sharedctypes.typecode_to_type}.
 *
 * @param <T> what a value of this type is here
 */
public final class Typecode<T> implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    public static final Typecode<Character> CHAR = new Typecode<>('c', "char", 1, Character.class);
    public static final Typecode<String> UNICODE = new Typecode<>('u', "wchar_t", 4, String.class);
    public static final Typecode<Integer> BYTE = new Typecode<>('b', "signed char", 1, Integer.class);
    public static final Typecode<Integer> UNSIGNED_BYTE = new Typecode<>('B', "unsigned char", 1, Integer.class);
    public static final Typecode<Integer> SHORT = new Typecode<>('h', "short", 2, Integer.class);
    public static final Typecode<Integer> UNSIGNED_SHORT = new Typecode<>('H', "unsigned short", 2, Integer.class);
    public static final Typecode<Integer> INT = new Typecode<>('i', "int", 4, Integer.class);
    public static final Typecode<Long> UNSIGNED_INT = new Typecode<>('I', "unsigned int", 4, Long.class);
    public static final Typecode<Long> LONG = new Typecode<>('l', "long", 8, Long.class);
    public static final Typecode<BigInteger> UNSIGNED_LONG = new Typecode<>('L', "unsigned long", 8, BigInteger.class);
    public static final Typecode<Long> LONG_LONG = new Typecode<>('q', "long long", 8, Long.class);
    public static final Typecode<BigInteger> UNSIGNED_LONG_LONG =
            new Typecode<>('Q', "unsigned long long", 8, BigInteger.class);
    public static final Typecode<Float> FLOAT = new Typecode<>('f', "float", 4, Float.class);
    public static final Typecode<Double> DOUBLE = new Typecode<>('d', "double", 8, Double.class);

    private static final List<Typecode<?>> ALL = List.of(
            CHAR,
            UNICODE,
            BYTE,
            UNSIGNED_BYTE,
            SHORT,
            UNSIGNED_SHORT,
            INT,
            UNSIGNED_INT,
            LONG,
            UNSIGNED_LONG,
            LONG_LONG,
            UNSIGNED_LONG_LONG,
            FLOAT,
            DOUBLE);

    private final char code;
    private final transient String cType;
    private final transient int bytes;
    private final transient Class<T> javaType;

    private Typecode(char code, String cType, int bytes, Class<T> javaType) {
        this.code = code;
        this.cType = cType;
        this.bytes = bytes;
        this.javaType = javaType;
    }

    /** All typecodes, in the order of the table. */
    public static List<Typecode<?>> all() {
        return ALL;
    }

    /**
     * The typecode of a letter.
     *
     * @throws IllegalArgumentException if there is none; the message lists those there are
     */
    public static Typecode<?> of(char code) {
        for (Typecode<?> typecode : ALL) {
            if (typecode.code == code) {
                return typecode;
            }
        }
        throw new IllegalArgumentException("there is no typecode '" + code + "'; there are "
                + ALL.stream().map(Typecode::toString).collect(Collectors.joining(", ")));
    }

    /** The letter. */
    public char code() {
        return code;
    }

    /** How many bytes a value takes. */
    public int bytes() {
        return bytes;
    }

    /** What a value is here. */
    public Class<T> javaType() {
        return javaType;
    }

    /**
     * Makes a value of this type. The whole-number types take a {@link Byte}, {@link Short}, {@link Integer},
     * {@link Long}, {@link BigInteger}, {@link AtomicInteger} or {@link AtomicLong} within their range; {@code f} and
     * {@code d} take any {@link Number} and round it; {@code c} takes a {@link Character} up to 255, a String of one
     * such, or a {@link Byte}; {@code u} takes a String of one code point, or a {@link Character}.
     *
     * <p>Python cuts a number that is out of range to its lower bits; here it is refused.
     *
     * @throws IllegalArgumentException if it does not fit; the message says what would
     */
    public T convert(Object value) {
        Objects.requireNonNull(value, () -> "the typecode " + this + " takes no null");
        Object converted = switch (code) {
            case 'c' -> character(value);
            case 'u' -> codePoint(value);
            case 'f' -> number(value).floatValue();
            case 'd' -> number(value).doubleValue();
            default -> integer(value);
        };
        return javaType.cast(converted);
    }

    /**
     * The sum of a value of this type and a number: of a whole number where the type is one, of any number for {@code f} and
     * {@code d}.
     *
     * @throws IllegalArgumentException if it is no such number, or the sum does not fit the type; the message says what would
     * @throws UnsupportedOperationException if the type is {@code c} or {@code u}, which are no numbers
     */
    T sum(T value, Number number) {
        Object sum = switch (code) {
            case 'c', 'u' ->
                throw new UnsupportedOperationException("nothing can be added to a value of typecode " + this);
            case 'f', 'd' -> number(value).doubleValue() + number.doubleValue();
            default -> whole(value).add(whole(number));
        };
        return convert(sum);
    }

    private Character character(Object value) {
        if (value instanceof Byte b) {
            return (char) Byte.toUnsignedInt(b);
        }
        char c = switch (value) {
            case Character character -> character;
            case String text when text.length() == 1 -> text.charAt(0);
            default -> throw refused(value, "a character or a text of one character");
        };
        if (c > 0xFF) {
            throw refused(value, "a character from U+0000 to U+00FF, which fits one byte");
        }
        return c;
    }

    private String codePoint(Object value) {
        return switch (value) {
            case Character character -> character.toString();
            case String text when !text.isEmpty() && text.codePointCount(0, text.length()) == 1 -> text;
            default -> throw refused(value, "a text of one code point or a character");
        };
    }

    private Number number(Object value) {
        if (value instanceof Number number) {
            return number;
        }
        throw refused(value, "a number");
    }

    private BigInteger whole(Object value) {
        return switch (value) {
            case BigInteger big -> big;
            case Byte _, Short _, Integer _, Long _, AtomicInteger _, AtomicLong _ ->
                BigInteger.valueOf(((Number) value).longValue());
            default -> throw refused(value, "a whole number " + range());
        };
    }

    private Number integer(Object value) {
        BigInteger integer = whole(value);
        if (integer.compareTo(min()) < 0 || integer.compareTo(max()) > 0) {
            throw refused(value, "a whole number " + range());
        }
        if (javaType == BigInteger.class) {
            return integer;
        }
        return javaType == Long.class ? (Number) integer.longValue() : (Number) integer.intValue();
    }

    private boolean isUnsigned() {
        return Character.isUpperCase(code);
    }

    private BigInteger min() {
        return isUnsigned()
                ? BigInteger.ZERO
                : BigInteger.TWO.pow(bytes * Byte.SIZE - 1).negate();
    }

    private BigInteger max() {
        return BigInteger.TWO.pow(bytes * Byte.SIZE - (isUnsigned() ? 0 : 1)).subtract(BigInteger.ONE);
    }

    private String range() {
        return "from " + min() + " to " + max();
    }

    private IllegalArgumentException refused(Object value, String wanted) {
        String given = value instanceof CharSequence || value instanceof Character ? "\"" + value + "\"" : "" + value;
        return new IllegalArgumentException("the typecode '" + code + "' (" + cType + ") takes " + wanted + ", not "
                + given + " of type " + value.getClass().getName());
    }

    @Serial
    private Object readResolve() {
        return of(code);
    }

    /** The letter and what it means, as {@code 'i' (int, 4 bytes)}. */
    @Override
    public String toString() {
        return "'" + code + "' (" + cType + ", " + bytes + (bytes == 1 ? " byte)" : " bytes)");
    }
}
