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
        return maker.value(ObjectKind.INT_VALUE, GuardedMaker.NO_TYPECODE, LocalIntValue.class, cell -> {
            var value = new LocalIntValue(home, cell);
            value.set(initial);
            return value;
        });
    }

    @Override
    public final LongValue longValue(long initial) {
        return maker.value(ObjectKind.LONG_VALUE, GuardedMaker.NO_TYPECODE, LocalLongValue.class, cell -> {
            var value = new LocalLongValue(home, cell);
            value.set(initial);
            return value;
        });
    }

    @Override
    public final DoubleValue doubleValue(double initial) {
        return maker.value(ObjectKind.DOUBLE_VALUE, GuardedMaker.NO_TYPECODE, LocalDoubleValue.class, cell -> {
            var value = new LocalDoubleValue(home, cell);
            value.set(initial);
            return value;
        });
    }

    @Override
    public final FloatValue floatValue(float initial) {
        return maker.value(ObjectKind.FLOAT_VALUE, GuardedMaker.NO_TYPECODE, LocalFloatValue.class, cell -> {
            var value = new LocalFloatValue(home, cell);
            value.set(initial);
            return value;
        });
    }

    @Override
    public final ShortValue shortValue(short initial) {
        return maker.value(ObjectKind.SHORT_VALUE, GuardedMaker.NO_TYPECODE, LocalShortValue.class, cell -> {
            var value = new LocalShortValue(home, cell);
            value.set(initial);
            return value;
        });
    }

    @Override
    public final ByteValue byteValue(byte initial) {
        return maker.value(ObjectKind.BYTE_VALUE, GuardedMaker.NO_TYPECODE, LocalByteValue.class, cell -> {
            var value = new LocalByteValue(home, cell);
            value.set(initial);
            return value;
        });
    }

    @Override
    public final CharValue charValue(char initial) {
        return maker.value(ObjectKind.CHAR_VALUE, GuardedMaker.NO_TYPECODE, LocalCharValue.class, cell -> {
            var value = new LocalCharValue(home, cell);
            value.set(initial);
            return value;
        });
    }

    @Override
    public final BooleanValue booleanValue(boolean initial) {
        return maker.value(ObjectKind.BOOLEAN_VALUE, GuardedMaker.NO_TYPECODE, LocalBooleanValue.class, cell -> {
            var value = new LocalBooleanValue(home, cell);
            value.set(initial);
            return value;
        });
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
        return makeIntArray(length, cell -> new LocalIntArray(home, cell));
    }

    @Override
    public final IntArray intArray(int[] elements) {
        return makeIntArray(elements.length, cell -> {
            var array = new LocalIntArray(home, cell);
            array.set(0, elements);
            return array;
        });
    }

    private IntArray makeIntArray(int length, Function<Cell, LocalIntArray> creation) {
        return maker.array(
                ObjectKind.INT_ARRAY,
                GuardedMaker.NO_TYPECODE,
                LocalIntArray.class,
                LocalIntArray.ELEMENT_BYTES,
                length,
                creation);
    }

    @Override
    public final LongArray longArray(int length) {
        return makeLongArray(length, cell -> new LocalLongArray(home, cell));
    }

    @Override
    public final LongArray longArray(long[] elements) {
        return makeLongArray(elements.length, cell -> {
            var array = new LocalLongArray(home, cell);
            array.set(0, elements);
            return array;
        });
    }

    private LongArray makeLongArray(int length, Function<Cell, LocalLongArray> creation) {
        return maker.array(
                ObjectKind.LONG_ARRAY,
                GuardedMaker.NO_TYPECODE,
                LocalLongArray.class,
                LocalLongArray.ELEMENT_BYTES,
                length,
                creation);
    }

    @Override
    public final DoubleArray doubleArray(int length) {
        return makeDoubleArray(length, cell -> new LocalDoubleArray(home, cell));
    }

    @Override
    public final DoubleArray doubleArray(double[] elements) {
        return makeDoubleArray(elements.length, cell -> {
            var array = new LocalDoubleArray(home, cell);
            array.set(0, elements);
            return array;
        });
    }

    private DoubleArray makeDoubleArray(int length, Function<Cell, LocalDoubleArray> creation) {
        return maker.array(
                ObjectKind.DOUBLE_ARRAY,
                GuardedMaker.NO_TYPECODE,
                LocalDoubleArray.class,
                LocalDoubleArray.ELEMENT_BYTES,
                length,
                creation);
    }

    @Override
    public final FloatArray floatArray(int length) {
        return makeFloatArray(length, cell -> new LocalFloatArray(home, cell));
    }

    @Override
    public final FloatArray floatArray(float[] elements) {
        return makeFloatArray(elements.length, cell -> {
            var array = new LocalFloatArray(home, cell);
            array.set(0, elements);
            return array;
        });
    }

    private FloatArray makeFloatArray(int length, Function<Cell, LocalFloatArray> creation) {
        return maker.array(
                ObjectKind.FLOAT_ARRAY,
                GuardedMaker.NO_TYPECODE,
                LocalFloatArray.class,
                LocalFloatArray.ELEMENT_BYTES,
                length,
                creation);
    }

    @Override
    public final ShortArray shortArray(int length) {
        return makeShortArray(length, cell -> new LocalShortArray(home, cell));
    }

    @Override
    public final ShortArray shortArray(short[] elements) {
        return makeShortArray(elements.length, cell -> {
            var array = new LocalShortArray(home, cell);
            array.set(0, elements);
            return array;
        });
    }

    private ShortArray makeShortArray(int length, Function<Cell, LocalShortArray> creation) {
        return maker.array(
                ObjectKind.SHORT_ARRAY,
                GuardedMaker.NO_TYPECODE,
                LocalShortArray.class,
                LocalShortArray.ELEMENT_BYTES,
                length,
                creation);
    }

    @Override
    public final ByteArray byteArray(int length) {
        return makeByteArray(length, cell -> new LocalByteArray(home, cell));
    }

    @Override
    public final ByteArray byteArray(byte[] elements) {
        return makeByteArray(elements.length, cell -> {
            var array = new LocalByteArray(home, cell);
            array.set(0, elements);
            return array;
        });
    }

    private ByteArray makeByteArray(int length, Function<Cell, LocalByteArray> creation) {
        return maker.array(
                ObjectKind.BYTE_ARRAY,
                GuardedMaker.NO_TYPECODE,
                LocalByteArray.class,
                LocalByteArray.ELEMENT_BYTES,
                length,
                creation);
    }

    @Override
    public final CharArray charArray(int length) {
        return makeCharArray(length, cell -> new LocalCharArray(home, cell));
    }

    @Override
    public final CharArray charArray(char[] elements) {
        return makeCharArray(elements.length, cell -> {
            var array = new LocalCharArray(home, cell);
            array.set(0, elements);
            return array;
        });
    }

    private CharArray makeCharArray(int length, Function<Cell, LocalCharArray> creation) {
        return maker.array(
                ObjectKind.CHAR_ARRAY,
                GuardedMaker.NO_TYPECODE,
                LocalCharArray.class,
                LocalCharArray.ELEMENT_BYTES,
                length,
                creation);
    }

    @Override
    public final BooleanArray booleanArray(int length) {
        return makeBooleanArray(length, cell -> new LocalBooleanArray(home, cell));
    }

    @Override
    public final BooleanArray booleanArray(boolean[] elements) {
        return makeBooleanArray(elements.length, cell -> {
            var array = new LocalBooleanArray(home, cell);
            array.set(0, elements);
            return array;
        });
    }

    private BooleanArray makeBooleanArray(int length, Function<Cell, LocalBooleanArray> creation) {
        return maker.array(
                ObjectKind.BOOLEAN_ARRAY,
                GuardedMaker.NO_TYPECODE,
                LocalBooleanArray.class,
                LocalBooleanArray.ELEMENT_BYTES,
                length,
                creation);
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
