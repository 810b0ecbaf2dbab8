package io.multiprocessing.threads;

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
import io.multiprocessing.ShortArray;
import io.multiprocessing.ShortValue;
import io.multiprocessing.Typecode;
import io.multiprocessing.Value;
import io.multiprocessing.Values;
import io.multiprocessing.codec.TypecodeCodec;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes values and arrays. */
abstract class TwinValues implements Values {
    abstract TwinContext home();

    /** The name that the next object is to have; null if none. */
    abstract @Nullable String objectName();

    /** The lock of a new value or array. */
    Guard newGuard() {
        return Guard.own(home().space());
    }

    /**
     * Gives a new object; or the one that has the name, if that is of the same type.
     *
     * @param birth called only for a new one
     */
    final <T extends TwinObject> T make(Class<T> type, String typeName, Supplier<TwinObject.View> birth) {
        home().checkOpen();
        Space space = home().space();
        String name = objectName();
        long number = name == null ? space.add(birth.get()) : space.named(name, birth);
        TwinObject object = home().handle(number);
        if (!object.typeName().equals(typeName)) {
            throw new IllegalArgumentException("there is an object named \"" + name + "\" already: it is of type "
                    + object.typeName() + ", not " + typeName);
        }
        return type.cast(object);
    }

    private <T extends TwinArrayObject<?>> T makeArray(
            Class<T> type, String typeName, int length, Supplier<TwinObject.View> birth) {
        if (length < 0) {
            throw new IllegalArgumentException("an array can't have a negative length, as " + length + " is");
        }
        T array = make(type, typeName, birth);
        if (array.length() != length) {
            throw new IllegalArgumentException(
                    "there is one of that name, of length " + array.length() + ", not " + length);
        }
        return array;
    }

    @Override
    public final IntValue intValue(int initial) {
        return make(TwinIntValue.class, "IntValue", () -> {
            Guard guard = newGuard();
            var word = TwinIntValue.word(initial);
            return (context, id) -> new TwinIntValue(context, id, guard, word);
        });
    }

    @Override
    public final LongValue longValue(long initial) {
        return make(TwinLongValue.class, "LongValue", () -> {
            Guard guard = newGuard();
            var word = TwinLongValue.word(initial);
            return (context, id) -> new TwinLongValue(context, id, guard, word);
        });
    }

    @Override
    public final DoubleValue doubleValue(double initial) {
        return make(TwinDoubleValue.class, "DoubleValue", () -> {
            Guard guard = newGuard();
            var word = TwinDoubleValue.word(initial);
            return (context, id) -> new TwinDoubleValue(context, id, guard, word);
        });
    }

    @Override
    public final FloatValue floatValue(float initial) {
        return make(TwinFloatValue.class, "FloatValue", () -> {
            Guard guard = newGuard();
            var word = TwinFloatValue.word(initial);
            return (context, id) -> new TwinFloatValue(context, id, guard, word);
        });
    }

    @Override
    public final ShortValue shortValue(short initial) {
        return make(TwinShortValue.class, "ShortValue", () -> {
            Guard guard = newGuard();
            var word = TwinShortValue.word(initial);
            return (context, id) -> new TwinShortValue(context, id, guard, word);
        });
    }

    @Override
    public final ByteValue byteValue(byte initial) {
        return make(TwinByteValue.class, "ByteValue", () -> {
            Guard guard = newGuard();
            var word = TwinByteValue.word(initial);
            return (context, id) -> new TwinByteValue(context, id, guard, word);
        });
    }

    @Override
    public final CharValue charValue(char initial) {
        return make(TwinCharValue.class, "CharValue", () -> {
            Guard guard = newGuard();
            var word = TwinCharValue.word(initial);
            return (context, id) -> new TwinCharValue(context, id, guard, word);
        });
    }

    @Override
    public final BooleanValue booleanValue(boolean initial) {
        return make(TwinBooleanValue.class, "BooleanValue", () -> {
            Guard guard = newGuard();
            var word = TwinBooleanValue.word(initial);
            return (context, id) -> new TwinBooleanValue(context, id, guard, word);
        });
    }

    @Override
    public final <T> Value<T> value(Typecode<T> typecode, T initial) {
        long bits = TypecodeCodec.encode(typecode, initial);
        TwinValue<?> value = make(TwinValue.class, "Value", () -> {
            Guard guard = newGuard();
            var word = new AtomicLong(bits);
            return (context, id) -> new TwinValue<>(context, id, guard, typecode, word);
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
        return makeIntArray(length, () -> new Elements(length, TwinIntArray.ELEMENT_BYTES));
    }

    @Override
    public final IntArray intArray(int[] elements) {
        return makeIntArray(elements.length, () -> Elements.of(MemorySegment.ofArray(elements), elements.length));
    }

    private IntArray makeIntArray(int length, Supplier<Elements> creation) {
        return makeArray(TwinIntArray.class, "IntArray", length, () -> {
            Guard guard = newGuard();
            Elements elements = creation.get();
            return (context, id) -> new TwinIntArray(context, id, guard, elements);
        });
    }

    @Override
    public final LongArray longArray(int length) {
        return makeLongArray(length, () -> new Elements(length, TwinLongArray.ELEMENT_BYTES));
    }

    @Override
    public final LongArray longArray(long[] elements) {
        return makeLongArray(elements.length, () -> Elements.of(MemorySegment.ofArray(elements), elements.length));
    }

    private LongArray makeLongArray(int length, Supplier<Elements> creation) {
        return makeArray(TwinLongArray.class, "LongArray", length, () -> {
            Guard guard = newGuard();
            Elements elements = creation.get();
            return (context, id) -> new TwinLongArray(context, id, guard, elements);
        });
    }

    @Override
    public final DoubleArray doubleArray(int length) {
        return makeDoubleArray(length, () -> new Elements(length, TwinDoubleArray.ELEMENT_BYTES));
    }

    @Override
    public final DoubleArray doubleArray(double[] elements) {
        return makeDoubleArray(elements.length, () -> Elements.of(MemorySegment.ofArray(elements), elements.length));
    }

    private DoubleArray makeDoubleArray(int length, Supplier<Elements> creation) {
        return makeArray(TwinDoubleArray.class, "DoubleArray", length, () -> {
            Guard guard = newGuard();
            Elements elements = creation.get();
            return (context, id) -> new TwinDoubleArray(context, id, guard, elements);
        });
    }

    @Override
    public final FloatArray floatArray(int length) {
        return makeFloatArray(length, () -> new Elements(length, TwinFloatArray.ELEMENT_BYTES));
    }

    @Override
    public final FloatArray floatArray(float[] elements) {
        return makeFloatArray(elements.length, () -> Elements.of(MemorySegment.ofArray(elements), elements.length));
    }

    private FloatArray makeFloatArray(int length, Supplier<Elements> creation) {
        return makeArray(TwinFloatArray.class, "FloatArray", length, () -> {
            Guard guard = newGuard();
            Elements elements = creation.get();
            return (context, id) -> new TwinFloatArray(context, id, guard, elements);
        });
    }

    @Override
    public final ShortArray shortArray(int length) {
        return makeShortArray(length, () -> new Elements(length, TwinShortArray.ELEMENT_BYTES));
    }

    @Override
    public final ShortArray shortArray(short[] elements) {
        return makeShortArray(elements.length, () -> Elements.of(MemorySegment.ofArray(elements), elements.length));
    }

    private ShortArray makeShortArray(int length, Supplier<Elements> creation) {
        return makeArray(TwinShortArray.class, "ShortArray", length, () -> {
            Guard guard = newGuard();
            Elements elements = creation.get();
            return (context, id) -> new TwinShortArray(context, id, guard, elements);
        });
    }

    @Override
    public final ByteArray byteArray(int length) {
        return makeByteArray(length, () -> new Elements(length, TwinByteArray.ELEMENT_BYTES));
    }

    @Override
    public final ByteArray byteArray(byte[] elements) {
        return makeByteArray(elements.length, () -> Elements.of(MemorySegment.ofArray(elements), elements.length));
    }

    private ByteArray makeByteArray(int length, Supplier<Elements> creation) {
        return makeArray(TwinByteArray.class, "ByteArray", length, () -> {
            Guard guard = newGuard();
            Elements elements = creation.get();
            return (context, id) -> new TwinByteArray(context, id, guard, elements);
        });
    }

    @Override
    public final CharArray charArray(int length) {
        return makeCharArray(length, () -> new Elements(length, TwinCharArray.ELEMENT_BYTES));
    }

    @Override
    public final CharArray charArray(char[] elements) {
        return makeCharArray(elements.length, () -> Elements.of(MemorySegment.ofArray(elements), elements.length));
    }

    private CharArray makeCharArray(int length, Supplier<Elements> creation) {
        return makeArray(TwinCharArray.class, "CharArray", length, () -> {
            Guard guard = newGuard();
            Elements elements = creation.get();
            return (context, id) -> new TwinCharArray(context, id, guard, elements);
        });
    }

    @Override
    public final BooleanArray booleanArray(int length) {
        return makeBooleanArray(length, () -> new Elements(length, TwinBooleanArray.ELEMENT_BYTES));
    }

    @Override
    public final BooleanArray booleanArray(boolean[] elements) {
        return makeBooleanArray(elements.length, () -> Elements.of(elements));
    }

    private BooleanArray makeBooleanArray(int length, Supplier<Elements> creation) {
        return makeArray(TwinBooleanArray.class, "BooleanArray", length, () -> {
            Guard guard = newGuard();
            Elements elements = creation.get();
            return (context, id) -> new TwinBooleanArray(context, id, guard, elements);
        });
    }

    @Override
    public final <T> Array<T> array(Typecode<T> typecode, int length) {
        return makeArray(typecode, length, () -> new Elements(length, typecode.bytes()));
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

    private <T> Array<T> array(Typecode<T> typecode, List<T> values) {
        return makeArray(typecode, values.size(), () -> {
            Elements elements = new Elements(values.size(), typecode.bytes());
            for (int i = 0; i < values.size(); i++) {
                elements.setBits(
                        (long) i * typecode.bytes(), typecode.bytes(), TypecodeCodec.encode(typecode, values.get(i)));
            }
            return elements;
        });
    }

    private <T> Array<T> makeArray(Typecode<T> typecode, int length, Supplier<Elements> creation) {
        TwinArray<?> array = makeArray(TwinArray.class, "Array", length, () -> {
            Guard guard = newGuard();
            Elements elements = creation.get();
            return (context, id) -> new TwinArray<>(context, id, guard, typecode, elements);
        });
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

    private static void checkTypecode(Typecode<?> wanted, Typecode<?> found) {
        if (found != wanted) {
            throw new IllegalArgumentException("there is one of that name, of typecode " + found + ", not " + wanted);
        }
    }
}
