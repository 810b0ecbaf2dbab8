package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Context;
import io.multiprocessing.IntArray;
import io.multiprocessing.Lock;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.RLock;
import io.multiprocessing.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Shared arrays as a whole: how they are made, named, shown, sent, locked and closed, in every context. */
public abstract class ArrayContract extends ContextSuite {
    /** Above this the memory of an array is its own, and is given back when the array is closed. */
    static final int LARGE = 100_000;

    @Test
    void elementsAreZero_whenMadeFromALength() {
        for (int length : new int[] {0, 1, 3, 1000, LARGE}) {
            assertThat(mp.intArray(length).toArray()).isEqualTo(new int[length]);
            assertThat(mp.longArray(length).toArray()).isEqualTo(new long[length]);
            assertThat(mp.doubleArray(length).toArray()).isEqualTo(new double[length]);
            assertThat(mp.floatArray(length).toArray()).isEqualTo(new float[length]);
            assertThat(mp.shortArray(length).toArray()).isEqualTo(new short[length]);
            assertThat(mp.byteArray(length).toArray()).isEqualTo(new byte[length]);
            assertThat(mp.charArray(length).toArray()).isEqualTo(new char[length]);
            assertThat(mp.booleanArray(length).toArray()).isEqualTo(new boolean[length]);
        }
    }

    @Test
    void elementsAreThoseGiven_whenMadeFromElements() {
        for (Values values : List.of(mp, mp.raw(), mp.guardedBy(mp.lock()))) {
            assertThat(values.intArray(new int[] {1, Integer.MIN_VALUE}).toArray())
                    .containsExactly(1, Integer.MIN_VALUE);
            assertThat(values.longArray(new long[] {1, Long.MIN_VALUE}).toArray())
                    .containsExactly(1, Long.MIN_VALUE);
            assertThat(values.doubleArray(new double[] {1.5, -0.1}).toArray()).containsExactly(1.5, -0.1);
            assertThat(values.floatArray(new float[] {1.5f, -0.1f}).toArray()).containsExactly(1.5f, -0.1f);
            assertThat(values.shortArray(new short[] {1, -2}).toArray()).containsExactly((short) 1, (short) -2);
            assertThat(values.byteArray(new byte[] {1, -2}).toArray()).containsExactly((byte) 1, (byte) -2);
            assertThat(values.charArray(new char[] {'a', '\uFFFF'}).toArray()).containsExactly('a', '\uFFFF');
            assertThat(values.booleanArray(new boolean[] {true, false, true}).toArray())
                    .containsExactly(true, false, true);
        }
    }

    @Test
    void arraysAreRefused_whenTheLengthIsNegative() {
        assertThatThrownBy(() -> mp.intArray(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> mp.array('i', -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namedArrayIsMadeOnce_andItsLengthMustFit() {
        IntArray first = mp.named("cells").intArray(new int[] {1, 2, 3});
        IntArray second = mp.named("cells").intArray(3);
        assertThat(second).isEqualTo(first);
        assertThat(second.toArray()).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> mp.named("cells").intArray(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3")
                .hasMessageContaining("4");
        assertThatThrownBy(() -> mp.named("cells").longArray(3)).isInstanceOf(IllegalArgumentException.class);
        mp.named("typed").array('i', 3);
        assertThatThrownBy(() -> mp.named("typed").array('d', 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toStringShowsTheElements_andCutsAfterAHundred() {
        assertThat(mp.intArray(new int[] {1, 1, 1})).hasToString("[1, 1, 1]");
        assertThat(mp.doubleArray(new double[] {1, 0.5})).hasToString("[1.0, 0.5]");
        assertThat(mp.booleanArray(2)).hasToString("[false, false]");
        assertThat(mp.intArray(0)).hasToString("[]");
        assertThat(mp.intArray(100).toString()).endsWith("0, 0]");
        assertThat(mp.intArray(101).toString()).startsWith("[0, 0").endsWith("0, … 101 elements]");
    }

    @Test
    void arraysAndSlicesArriveAsHandles_whenSerialized() throws Exception {
        List<Function<Values, Object>> makers = List.of(
                values -> values.intArray(3),
                values -> values.longArray(3),
                values -> values.doubleArray(3),
                values -> values.floatArray(3),
                values -> values.shortArray(3),
                values -> values.byteArray(3),
                values -> values.charArray(3),
                values -> values.booleanArray(3),
                values -> values.array('d', 3),
                values -> values.intArray(3).slice(1, 2),
                values -> values.longArray(3).slice(1, 2),
                values -> values.doubleArray(3).slice(1, 2),
                values -> values.floatArray(3).slice(1, 2),
                values -> values.shortArray(3).slice(1, 2),
                values -> values.byteArray(3).slice(1, 2),
                values -> values.charArray(3).slice(1, 2),
                values -> values.booleanArray(3).slice(1, 2),
                values -> values.array('d', 3).slice(1, 2));
        for (var maker : makers) {
            Object array = maker.apply(mp);
            assertThat(Travel.copyOf(array)).isEqualTo(array).hasToString(array.toString());
        }
        IntArray array = mp.intArray(5);
        var sent = new ArrayList<>(List.of(array, array.slice(2, 4)));
        var received = Travel.copyOf(sent);
        received.get(0).set(0, 1);
        received.get(1).set(1, 2);
        assertThat(array.toArray()).containsExactly(1, 0, 0, 2, 0);
    }

    @Test
    void lockIsOwnOrGivenOrRefused() throws InterruptedException {
        IntArray own = mp.intArray(3);
        assertThat(own.lock()).isInstanceOf(RLock.class).isSameAs(own.lock());
        Lock lock = mp.lock();
        assertThat(mp.guardedBy(lock).intArray(3).lock()).isSameAs(lock);
        assertThatThrownBy(() -> mp.raw().intArray(3).lock())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("raw");
        IntArray large = mp.intArray(LARGE);
        try (var _ = large.lock().hold()) {
            large.set(LARGE - 1, 1);
            assertThat(large.lock().isLocked()).isTrue();
        }
        assertThat(large.lock().isLocked()).isFalse();
    }

    @Test
    void closedArrayRefusesAllButClose() {
        for (int length : new int[] {3, LARGE}) {
            IntArray array = mp.intArray(length);
            IntArray slice = array.slice(1, 3);
            slice.close();
            array.set(0, 1);
            array.close();
            array.close();
            assertThatThrownBy(() -> array.get(0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThatThrownBy(() -> array.set(0, 1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> array.add(0, 1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(array::length).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(array::toArray).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(array::segment).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(array::lock).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> array.fill(1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> slice.get(0)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> slice.toArray()).isInstanceOf(IllegalStateException.class);
            assertThat(array).hasToString("IntArray[closed]");
            assertThat(slice).hasToString("IntArray[closed]");
        }
    }

    @Test
    void everyMethodIsRefused_whenTheContextIsClosed() {
        for (int length : new int[] {3, LARGE}) {
            Context context = Multiprocessing.open(uri());
            IntArray array = context.intArray(length);
            context.close();
            assertThatThrownBy(() -> array.get(0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThatThrownBy(array::toArray).isInstanceOf(IllegalStateException.class);
            assertThat(array).hasToString("IntArray[closed]");
            array.close();
        }
    }
}
