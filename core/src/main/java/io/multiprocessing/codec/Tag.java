package io.multiprocessing.codec;

/**
 * The first byte of a value in a message. All numbers are little-endian; a <i>count</i> is unsigned LEB128; a
 * <i>value</i> begins with a tag of its own; a <i>type</i> is what {@link NamedType} says.
 *
 * <pre>
 *   00         null
 *   01 02      false, true
 *   03 04 05   Byte, Short, Character: 1, 2, 2 bytes
 *   06 07 08   Integer of 1, 2, 4 bytes
 *   09 0a 0b   Long of 1, 4, 8 bytes
 *   0c 0d      Float, Double: 4, 8 bytes
 *   0e 0f      String as Latin-1, as UTF-16: count of characters, characters
 *   10         a value that the message already holds: count, its number among those that {@link References} counts
 *   11         shared object: context as text value, kind 4, segment 8, offset 8 bytes, ticket as count
 *   12         by Java serialization: count, bytes, which continue the stream of the message's earlier ones
 *   13         lambda: {@link LambdaForm}
 *   14         Class: type
 *   15         enum constant: type, name as text value
 *   16 17      record, record of nothing but plain values: type, the components as values
 *   18         Throwable: {@link ThrowableForm}
 *   19         plain value of the JDK: {@link PlainForm}
 *   1a         java.time: {@link TimeForm}
 *   1b         List, or other Collection that is not a Set: {@link ListForm}
 *   1c         Set: {@link SetForm}
 *   1d         Map: {@link MapForm}
 *   1e         Map.Entry: key and value as values
 *   1f         Object[]: count, values
 *   20         other array of references: type of the component, count, values
 *   21 … 28    boolean[] byte[] short[] char[] int[] long[] float[] double[]: count, elements
 *   5f         by another codec: name as text value, count, bytes
 *   60 … 7f    String of 0 to 31 Latin-1 characters
 *   80         never: Python's pickles begin with it
 *   81 … ff    Integer from -16 to 110
 * </pre>
 */
final class Tag {
    static final int NULL = 0x00;
    static final int FALSE = 0x01;
    static final int TRUE = 0x02;
    static final int BYTE = 0x03;
    static final int SHORT = 0x04;
    static final int CHARACTER = 0x05;
    static final int INTEGER_1 = 0x06;
    static final int INTEGER_2 = 0x07;
    static final int INTEGER_4 = 0x08;
    static final int LONG_1 = 0x09;
    static final int LONG_4 = 0x0a;
    static final int LONG_8 = 0x0b;
    static final int FLOAT = 0x0c;
    static final int DOUBLE = 0x0d;
    static final int LATIN_1 = 0x0e;
    static final int UTF_16 = 0x0f;
    static final int REFERENCE = 0x10;
    static final int HANDLE = 0x11;
    static final int SERIALIZED = 0x12;
    static final int LAMBDA = 0x13;
    static final int CLASS = 0x14;
    static final int ENUM = 0x15;
    static final int RECORD = 0x16;
    static final int PLAIN_RECORD = 0x17;
    static final int THROWABLE = 0x18;
    static final int PLAIN = 0x19;
    static final int TIME = 0x1a;
    static final int LIST = 0x1b;
    static final int SET = 0x1c;
    static final int MAP = 0x1d;
    static final int ENTRY = 0x1e;
    static final int OBJECTS = 0x1f;
    static final int TYPED_ARRAY = 0x20;
    static final int BOOLEANS = 0x21;
    static final int BYTES = 0x22;
    static final int SHORTS = 0x23;
    static final int CHARS = 0x24;
    static final int INTS = 0x25;
    static final int LONGS = 0x26;
    static final int FLOATS = 0x27;
    static final int DOUBLES = 0x28;
    static final int CODEC = 0x5f;
    static final int SHORT_TEXT = 0x60;

    /** The longest text whose length is in the tag. */
    static final int SHORT_TEXT_LIMIT = 31;

    static final int SMALLEST_INTEGER = -16;
    static final int LARGEST_INTEGER = 110;

    /** What is added to a tag, as a signed byte, to get the integer it stands for. */
    static final int INTEGER_BIAS = 111;

    private Tag() {}
}
