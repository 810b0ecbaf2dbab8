package io.multiprocessing;

/**
 * Makes shared values and arrays: {@link SharedObjects} makes them with a recursive lock of their own,
 * {@link SharedObjects#raw()} without one, {@link SharedObjects#guardedBy(Lock)} with a given one.
 *
 * <p>Arrays have a fixed type and length. One made from a length is filled with zeros; one made from elements is as
 * long as they are many.
 *
 * @see Typecode
 */
public interface Values {
    IntValue intValue(int initial);

    LongValue longValue(long initial);

    DoubleValue doubleValue(double initial);

    FloatValue floatValue(float initial);

    ShortValue shortValue(short initial);

    ByteValue byteValue(byte initial);

    CharValue charValue(char initial);

    BooleanValue booleanValue(boolean initial);

    /**
     * Makes a value of a Python typecode, as {@code mp.value(Typecode.UNSIGNED_INT, 4_000_000_000L)}.
     *
     * @throws IllegalArgumentException if {@code initial} does not fit the type
     */
    <T> Value<T> value(Typecode<T> typecode, T initial);

    /**
     * Makes a value of a Python typecode, as {@code mp.value('i', 0)}.
     *
     * @throws IllegalArgumentException if there is no such typecode, or {@code initial} does not fit it; the message
     *     says what would
     */
    Value<Object> value(char typecode, Object initial);

    /** @throws IllegalArgumentException if {@code length} is negative or more than fits a segment */
    IntArray intArray(int length);

    IntArray intArray(int[] elements);

    LongArray longArray(int length);

    LongArray longArray(long[] elements);

    DoubleArray doubleArray(int length);

    DoubleArray doubleArray(double[] elements);

    FloatArray floatArray(int length);

    FloatArray floatArray(float[] elements);

    ShortArray shortArray(int length);

    ShortArray shortArray(short[] elements);

    ByteArray byteArray(int length);

    ByteArray byteArray(byte[] elements);

    CharArray charArray(int length);

    CharArray charArray(char[] elements);

    BooleanArray booleanArray(int length);

    BooleanArray booleanArray(boolean[] elements);

    /**
     * Makes an array of a Python typecode, filled with zeros.
     *
     * @throws IllegalArgumentException if {@code length} is negative
     */
    <T> Array<T> array(Typecode<T> typecode, int length);

    /** Makes an array of a Python typecode, as {@code mp.array('i', 5)}, filled with zeros. */
    Array<Object> array(char typecode, int length);

    /**
     * Makes an array of a Python typecode from its elements, as {@code mp.array('i', List.of(1, 2, 3))}.
     *
     * @throws IllegalArgumentException if there is no such typecode, or an element does not fit it; the message names
     *     the element and its index
     */
    Array<Object> array(char typecode, Iterable<?> elements);

    /**
     * Makes a text array, typecode {@code 'c'} (one byte a character, Latin-1) or {@code 'u'} (one code point an
     * element), as long as the text.
     *
     * @throws IllegalArgumentException if the typecode is not one of these, or the text holds what it can't
     */
    Array<Object> array(char typecode, String text);
}
