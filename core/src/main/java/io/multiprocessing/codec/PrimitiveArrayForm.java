package io.multiprocessing.codec;

import java.io.NotSerializableException;
import java.lang.reflect.Array;

/** Arrays of primitives: the bytes of their elements, little-endian, copied as a whole. */
final class PrimitiveArrayForm extends Form {
    private static final Class<?>[] COMPONENTS = {
        boolean.class, byte.class, short.class, char.class, int.class, long.class, float.class, double.class
    };
    private static final int[] SHIFTS = {0, 0, 1, 1, 2, 3, 2, 3};

    private final int index;

    private PrimitiveArrayForm(int index) {
        this.index = index;
    }

    static PrimitiveArrayForm of(Class<?> component) {
        int index = 0;
        while (COMPONENTS[index] != component) {
            index++;
        }
        return new PrimitiveArrayForm(index);
    }

    @Override
    void write(Object array, Encoder out) throws NotSerializableException {
        if (!out.isReference(array)) {
            int count = Array.getLength(array);
            out.writeByte(Tag.BOOLEANS + index);
            out.writeCount(count);
            out.writeElements(array, (long) count << SHIFTS[index]);
        }
    }

    static Object read(int tag, Decoder in) {
        int number = in.reserve();
        int index = tag - Tag.BOOLEANS;
        int count = in.readCount();
        long bytes = (long) count << SHIFTS[index];
        in.requireRemaining(bytes);
        Object array = Array.newInstance(COMPONENTS[index], count);
        in.readElements(array, bytes);
        in.remember(number, array);
        return array;
    }
}
