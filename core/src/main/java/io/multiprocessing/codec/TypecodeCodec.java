package io.multiprocessing.codec;

import io.multiprocessing.Typecode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Values of typecodes as 64 bits. Of these an array keeps as many of the lower ones as its elements are wide, and
 * {@link #decode} looks at no others.
 */
public final class TypecodeCodec {
    private static final long INT_MASK = 0xFFFF_FFFFL;
    private static final BigInteger LONG_MASK = BigInteger.TWO.pow(Long.SIZE).subtract(BigInteger.ONE);
    private static final String REPLACEMENT = "\uFFFD";

    private TypecodeCodec() {}

    /** The bits of a value; equal values have the same. */
    public static <T> long encode(Typecode<T> typecode, Object value) {
        T converted = typecode.convert(value);
        return switch (converted) {
            case Character character -> character;
            case String codePoint -> codePoint.codePointAt(0);
            case Float number -> Float.floatToRawIntBits(number) & INT_MASK;
            case Double number -> Double.doubleToRawLongBits(number);
            case Number integer -> integer.longValue();
            default -> throw new AssertionError(typecode);
        };
    }

    /** The value of some bits. What is no code point becomes U+FFFD. */
    public static <T> T decode(Typecode<T> typecode, long bits) {
        Object value = switch (typecode.code()) {
            case 'c' -> (char) (bits & 0xFF);
            case 'u' -> Character.isValidCodePoint((int) bits) ? Character.toString((int) bits) : REPLACEMENT;
            case 'b' -> (int) (byte) bits;
            case 'B' -> (int) (bits & 0xFF);
            case 'h' -> (int) (short) bits;
            case 'H' -> (int) (bits & 0xFFFF);
            case 'i' -> (int) bits;
            case 'I' -> bits & INT_MASK;
            case 'l', 'q' -> bits;
            case 'L', 'Q' -> BigInteger.valueOf(bits).and(LONG_MASK);
            case 'f' -> Float.intBitsToFloat((int) bits);
            case 'd' -> Double.longBitsToDouble(bits);
            default -> throw new AssertionError(typecode);
        };
        return typecode.javaType().cast(value);
    }

    /**
     * Converts elements.
     *
     * @throws IllegalArgumentException if one does not fit; the message names it and its index
     */
    public static <T> List<T> convertAll(Typecode<T> typecode, Iterable<?> elements) {
        List<T> converted = new ArrayList<>();
        for (Object element : elements) {
            try {
                converted.add(typecode.convert(element));
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException(
                        "element " + converted.size() + ": " + refused.getMessage(), refused);
            }
        }
        return converted;
    }

    /**
     * The elements of a text.
     *
     * @throws IllegalArgumentException if a character does not fit; the message names it and its index
     */
    public static <T> List<T> convertText(Typecode<T> typecode, String text) {
        return convertAll(
                typecode, text.codePoints().mapToObj(Character::toString).toList());
    }

    public static boolean isText(Typecode<?> typecode) {
        return typecode == Typecode.CHAR || typecode == Typecode.UNICODE;
    }
}
