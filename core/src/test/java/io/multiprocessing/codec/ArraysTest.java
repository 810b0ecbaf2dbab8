package io.multiprocessing.codec;

import static io.multiprocessing.codec.Copies.travelled;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.NotSerializableException;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArraysTest {
    private static final int[] LENGTHS = {0, 1, 7, 100, 2047, 2048, 16_383, 16_384, 50_001};

    @ParameterizedTest
    @ValueSource(
            classes = {
                boolean.class,
                byte.class,
                short.class,
                char.class,
                int.class,
                long.class,
                float.class,
                double.class
            })
    void primitivesArrive(Class<?> component) throws NotSerializableException {
        Random random = new Random(1);
        for (int length : LENGTHS) {
            Object array = Array.newInstance(component, length);
            byte[] bytes = new byte[8 * length];
            random.nextBytes(bytes);
            PrimitiveArrays.copy(bytes, 0, array);
            assertThat(travelled(array)).isEqualTo(array);
        }
    }

    @Test
    void elementsAreLittleEndian() throws NotSerializableException {
        assertThat(ValueCodec.encode(new int[] {0x01020304})).endsWith(4, 3, 2, 1);
        assertThat(ValueCodec.encode(new double[] {1.0})).endsWith(0, 0, 0, 0, 0, 0, 0xf0, 0x3f);
    }

    @Test
    void referencesArriveInArraysOfTheirType() throws NotSerializableException {
        for (Object array : List.of(
                new Object[] {1, "x", null},
                new String[] {"a", null},
                new Integer[0],
                new Number[] {1, 2.0},
                new int[][] {{1}, {}, null},
                new String[][][] {{{"x"}}},
                new Thread.State[] {Thread.State.NEW},
                new List<?>[] {List.of(1)},
                new Object[][] {new String[] {"x"}})) {
            assertThat(Copies.areSame(travelled(array), array)).isTrue();
        }
    }

    @Test
    void arraysAreCopies() throws NotSerializableException {
        int[] array = {1};
        assertThat(travelled(array)).isNotSameAs(array);
    }
}
