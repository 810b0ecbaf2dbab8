package io.multiprocessing.local.memory;

import io.multiprocessing.Array;
import io.multiprocessing.BooleanArray;
import io.multiprocessing.BooleanValue;
import io.multiprocessing.ByteArray;
import io.multiprocessing.ByteValue;
import io.multiprocessing.CharArray;
import io.multiprocessing.CharValue;
import io.multiprocessing.DoubleArray;
import io.multiprocessing.DoubleValue;
import io.multiprocessing.FloatArray;
import io.multiprocessing.FloatValue;
import io.multiprocessing.IntArray;
import io.multiprocessing.IntValue;
import io.multiprocessing.LongArray;
import io.multiprocessing.LongValue;
import io.multiprocessing.SegmentException;
import io.multiprocessing.SharedObject;
import io.multiprocessing.ShortArray;
import io.multiprocessing.ShortValue;
import io.multiprocessing.Typecode;
import io.multiprocessing.Value;
import io.multiprocessing.Values;
import io.multiprocessing.codec.TypecodeCodec;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.Maker;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes values and arrays in shared memory, and finds those that others made. */
public class LocalValues implements Values {
    private final Home home;
    private final GuardedMaker maker;

    /** @throws IllegalArgumentException if the lock that is given belongs to another context */
    public LocalValues(Home home, Maker maker, Locking locking) {
        this.home = home;
        this.maker = new GuardedMaker(home, maker, locking);
    }

    /**
     * The object in a cell.
     *
     * @throws SegmentException if it is not what the kind says
     */
    public static SharedObject resolve(Home home, ObjectKind kind, Cell cell) {
        return switch (kind) {
            case INT_VALUE -> new LocalIntValue(home, cell);
            case LONG_VALUE -> new LocalLongValue(home, cell);
            case DOUBLE_VALUE -> new LocalDoubleValue(home, cell);
            case FLOAT_VALUE -> new LocalFloatValue(home, cell);
            case SHORT_VALUE -> new LocalShortValue(home, cell);
            case BYTE_VALUE -> new LocalByteValue(home, cell);
            case CHAR_VALUE -> new LocalCharValue(home, cell);
            case BOOLEAN_VALUE -> new LocalBooleanValue(home, cell);
            case VALUE -> new LocalValue<>(home, cell, typecode(cell));
            case INT_ARRAY -> new LocalIntArray(home, cell);
            case LONG_ARRAY -> new LocalLongArray(home, cell);
            case DOUBLE_ARRAY -> new LocalDoubleArray(home, cell);
            case FLOAT_ARRAY -> new LocalFloatArray(home, cell);
            case SHORT_ARRAY -> new LocalShortArray(home, cell);
            case BYTE_ARRAY -> new LocalByteArray(home, cell);
            case CHAR_ARRAY -> new LocalCharArray(home, cell);
            case BOOLEAN_ARRAY -> new LocalBooleanArray(home, cell);
            case ARRAY -> new LocalArray<>(home, cell, typecode(cell));
            default -> throw new SegmentException("a " + kind + " is no value or array");
        };
    }

    @Override
    public final IntValue intValue(int initial) {
        return maker.value(ObjectKind.INT_VALUE, LocalIntValue.class, LocalIntValue::new, value -> value.set(initial));
    }

    @Override
    public final LongValue longValue(long initial) {
        return maker.value(
                ObjectKind.LONG_VALUE, LocalLongValue.class, LocalLongValue::new, value -> value.set(initial));
    }

    @Override
    public final DoubleValue doubleValue(double initial) {
        return maker.value(
                ObjectKind.DOUBLE_VALUE, LocalDoubleValue.class, LocalDoubleValue::new, value -> value.set(initial));
    }

    @Override
    public final FloatValue floatValue(float initial) {
        return maker.value(
                ObjectKind.FLOAT_VALUE, LocalFloatValue.class, LocalFloatValue::new, value -> value.set(initial));
    }

    @Override
    public final ShortValue shortValue(short initial) {
        return maker.value(
                ObjectKind.SHORT_VALUE, LocalShortValue.class, LocalShortValue::new, value -> value.set(initial));
    }

    @Override
    public final ByteValue byteValue(byte initial) {
        return maker.value(
                ObjectKind.BYTE_VALUE, LocalByteValue.class, LocalByteValue::new, value -> value.set(initial));
    }

    @Override
    public final CharValue charValue(char initial) {
        return maker.value(
                ObjectKind.CHAR_VALUE, LocalCharValue.class, LocalCharValue::new, value -> value.set(initial));
    }

    @Override
    public final BooleanValue booleanValue(boolean initial) {
        return maker.value(
                ObjectKind.BOOLEAN_VALUE, LocalBooleanValue.class, LocalBooleanValue::new, value -> value.set(initial));
    }

    @Override
    public final <T> Value<T> value(Typecode<T> typecode, T initial) {
        T converted = typecode.convert(initial);
        LocalValue<?> value = maker.value(ObjectKind.VALUE, typecode.code(), LocalValue.class, cell -> {
            var made = new LocalValue<>(home, cell, typecode);
            made.set(converted);
            return made;
        });
        checkTypecode(typecode, value.typecode());
        @SuppressWarnings("unchecked") // it has this typecode
        Value<T> typed = (Value<T>) value;
        return typed;
    }

    @Override
    public final Value<Object> value(char typecode, Object initial) {
        return value(untyped(typecode), initial);
    }

    @Override
    public final IntArray intArray(int length) {
        return intArray(length, zeros -> {});
    }

    @Override
    public final IntArray intArray(int[] elements) {
        return intArray(elements.length, array -> array.set(0, elements));
    }

    private IntArray intArray(int length, Consumer<LocalIntArray> filling) {
        return maker.array(
                ObjectKind.INT_ARRAY,
                LocalIntArray.class,
                LocalIntArray.ELEMENT_BYTES,
                length,
                LocalIntArray::new,
                filling);
    }

    @Override
    public final LongArray longArray(int length) {
        return longArray(length, zeros -> {});
    }

    @Override
    public final LongArray longArray(long[] elements) {
        return longArray(elements.length, array -> array.set(0, elements));
    }

    private LongArray longArray(int length, Consumer<LocalLongArray> filling) {
        return maker.array(
                ObjectKind.LONG_ARRAY,
                LocalLongArray.class,
                LocalLongArray.ELEMENT_BYTES,
                length,
                LocalLongArray::new,
                filling);
    }

    @Override
    public final DoubleArray doubleArray(int length) {
        return doubleArray(length, zeros -> {});
    }

    @Override
    public final DoubleArray doubleArray(double[] elements) {
        return doubleArray(elements.length, array -> array.set(0, elements));
    }

    private DoubleArray doubleArray(int length, Consumer<LocalDoubleArray> filling) {
        return maker.array(
                ObjectKind.DOUBLE_ARRAY,
                LocalDoubleArray.class,
                LocalDoubleArray.ELEMENT_BYTES,
                length,
                LocalDoubleArray::new,
                filling);
    }

    @Override
    public final FloatArray floatArray(int length) {
        return floatArray(length, zeros -> {});
    }

    @Override
    public final FloatArray floatArray(float[] elements) {
        return floatArray(elements.length, array -> array.set(0, elements));
    }

    private FloatArray floatArray(int length, Consumer<LocalFloatArray> filling) {
        return maker.array(
                ObjectKind.FLOAT_ARRAY,
                LocalFloatArray.class,
                LocalFloatArray.ELEMENT_BYTES,
                length,
                LocalFloatArray::new,
                filling);
    }

    @Override
    public final ShortArray shortArray(int length) {
        return shortArray(length, zeros -> {});
    }

    @Override
    public final ShortArray shortArray(short[] elements) {
        return shortArray(elements.length, array -> array.set(0, elements));
    }

    private ShortArray shortArray(int length, Consumer<LocalShortArray> filling) {
        return maker.array(
                ObjectKind.SHORT_ARRAY,
                LocalShortArray.class,
                LocalShortArray.ELEMENT_BYTES,
                length,
                LocalShortArray::new,
                filling);
    }

    @Override
    public final ByteArray byteArray(int length) {
        return byteArray(length, zeros -> {});
    }

    @Override
    public final ByteArray byteArray(byte[] elements) {
        return byteArray(elements.length, array -> array.set(0, elements));
    }

    private ByteArray byteArray(int length, Consumer<LocalByteArray> filling) {
        return maker.array(
                ObjectKind.BYTE_ARRAY,
                LocalByteArray.class,
                LocalByteArray.ELEMENT_BYTES,
                length,
                LocalByteArray::new,
                filling);
    }

    @Override
    public final CharArray charArray(int length) {
        return charArray(length, zeros -> {});
    }

    @Override
    public final CharArray charArray(char[] elements) {
        return charArray(elements.length, array -> array.set(0, elements));
    }

    private CharArray charArray(int length, Consumer<LocalCharArray> filling) {
        return maker.array(
                ObjectKind.CHAR_ARRAY,
                LocalCharArray.class,
                LocalCharArray.ELEMENT_BYTES,
                length,
                LocalCharArray::new,
                filling);
    }

    @Override
    public final BooleanArray booleanArray(int length) {
        return booleanArray(length, zeros -> {});
    }

    @Override
    public final BooleanArray booleanArray(boolean[] elements) {
        return booleanArray(elements.length, array -> array.set(0, elements));
    }

    private BooleanArray booleanArray(int length, Consumer<LocalBooleanArray> filling) {
        return maker.array(
                ObjectKind.BOOLEAN_ARRAY,
                LocalBooleanArray.class,
                LocalBooleanArray.ELEMENT_BYTES,
                length,
                LocalBooleanArray::new,
                filling);
    }

    @Override
    public final <T> Array<T> array(Typecode<T> typecode, int length) {
        return makeArray(typecode, length, cell -> new LocalArray<>(home, cell, typecode));
    }

    @Override
    public final Array<Object> array(char typecode, int length) {
        return array(untyped(typecode), length);
    }

    @Override
    public final Array<Object> array(char typecode, Iterable<?> elements) {
        Typecode<Object> untyped = untyped(typecode);
        return array(untyped, TypecodeCodec.convertAll(untyped, elements));
    }

    @Override
    public final Array<Object> array(char typecode, String text) {
        Typecode<Object> untyped = untyped(typecode);
        if (!TypecodeCodec.isText(untyped)) {
            throw new IllegalArgumentException("an array of typecode " + untyped
                    + " can't be made from a text; arrays of " + Typecode.CHAR + " and " + Typecode.UNICODE + " can");
        }
        return array(untyped, TypecodeCodec.convertText(untyped, text));
    }

    private <T> Array<T> array(Typecode<T> typecode, List<T> elements) {
        return makeArray(typecode, elements.size(), cell -> {
            var array = new LocalArray<>(home, cell, typecode);
            array.setAll(0, elements);
            return array;
        });
    }

    private <T> Array<T> makeArray(Typecode<T> typecode, int length, Function<Cell, LocalArray<T>> creation) {
        LocalArray<?> array = maker.array(
                ObjectKind.ARRAY, typecode.code(), LocalArray.class, typecode.bytes(), length, creation::apply);
        checkTypecode(typecode, array.typecode());
        @SuppressWarnings("unchecked") // it has this typecode
        Array<T> typed = (Array<T>) array;
        return typed;
    }

    /** Values of the letters are objects: what goes in is converted, what comes out is what it is. */
    @SuppressWarnings("unchecked")
    private static Typecode<Object> untyped(char typecode) {
        return (Typecode<Object>) Typecode.of(typecode);
    }

    private static Typecode<?> typecode(Cell cell) {
        int code = Words.intPlain(cell.memory(), cell.offset() + GuardLayout.TYPECODE);
        try {
            return Typecode.of((char) code);
        } catch (IllegalArgumentException unknown) {
            throw new SegmentException("the shared object at " + cell.id() + " is damaged", unknown);
        }
    }

    private static void checkTypecode(Typecode<?> wanted, Typecode<?> found) {
        if (found != wanted) {
            throw new IllegalArgumentException("there is one of that name, of typecode " + found + ", not " + wanted);
        }
    }
}
