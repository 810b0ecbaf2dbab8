package io.multiprocessing.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many numbers of one type, as elements of a list: they go as a primitive array does, copied as a whole, and not each by itself
 * behind a tag. First come their number as a count and a byte, the tag of {@code int[]}, {@code long[]} or {@code double[]}.
 *
 * @param tag of the array
 * @param count how many there are
 * @param array which holds the numbers
 * @param bytes of all together
 */
record PackedNumbers(int tag, int count, Object array, long bytes) {
    /** Of fewer it does not matter. */
    private static final int FEWEST = 16;

    /** The elements of a list; null if they are others, or few. */
    static @Nullable PackedNumbers of(List<?> list) {
        return list.size() >= FEWEST && isNumber(list.get(0)) ? of(list.toArray()) : null;
    }

    /** Null if the elements are others, or few. */
    static @Nullable PackedNumbers of(@Nullable Object[] elements) {
        if (elements.length < FEWEST || !isNumber(elements[0])) {
            return null;
        }
        Class<?> type = elements[0].getClass();
        for (Object element : elements) {
            if (element == null || element.getClass() != type) {
                return null;
            }
        }
        return type == Integer.class ? ofInts(elements) : type == Long.class ? ofLongs(elements) : ofDoubles(elements);
    }

    private static boolean isNumber(@Nullable Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof Double;
    }

    private static PackedNumbers ofInts(@Nullable Object[] elements) {
        int[] ints = new int[elements.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (Integer) elements[i];
        }
        return new PackedNumbers(Tag.INTS, ints.length, ints, (long) ints.length << 2);
    }

    private static PackedNumbers ofLongs(@Nullable Object[] elements) {
        long[] longs = new long[elements.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = (Long) elements[i];
        }
        return new PackedNumbers(Tag.LONGS, longs.length, longs, (long) longs.length << 3);
    }

    private static PackedNumbers ofDoubles(@Nullable Object[] elements) {
        double[] doubles = new double[elements.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = (Double) elements[i];
        }
        return new PackedNumbers(Tag.DOUBLES, doubles.length, doubles, (long) doubles.length << 3);
    }

    void write(Encoder out) {
        out.writeCount(count);
        out.writeByte(tag);
        out.writeElements(array, bytes);
    }

    static @Nullable Object[] read(Decoder in) {
        int count = in.readCount();
        int tag = in.readByte();
        return switch (tag) {
            case Tag.INTS -> readInts(count, in);
            case Tag.LONGS -> readLongs(count, in);
            case Tag.DOUBLES -> readDoubles(count, in);
            default -> throw Decoder.unknown("tag of packed numbers", tag & 0xff);
        };
    }

    private static @Nullable Object[] readInts(int count, Decoder in) {
        in.requireRemaining((long) count << 2);
        int[] ints = new int[count];
        in.readElements(ints, (long) count << 2);
        @Nullable Object[] numbers = new Object[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = ints[i];
        }
        return numbers;
    }

    private static @Nullable Object[] readLongs(int count, Decoder in) {
        in.requireRemaining((long) count << 3);
        long[] longs = new long[count];
        in.readElements(longs, (long) count << 3);
        @Nullable Object[] numbers = new Object[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = longs[i];
        }
        return numbers;
    }

    private static @Nullable Object[] readDoubles(int count, Decoder in) {
        in.requireRemaining((long) count << 3);
        double[] doubles = new double[count];
        in.readElements(doubles, (long) count << 3);
        @Nullable Object[] numbers = new Object[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = doubles[i];
        }
        return numbers;
    }
}
