package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.BooleanArray;
import io.multiprocessing.ByteArray;
import io.multiprocessing.CharArray;
import io.multiprocessing.DoubleArray;
import io.multiprocessing.FloatArray;
import io.multiprocessing.IntArray;
import io.multiprocessing.LongArray;
import io.multiprocessing.ShortArray;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many elements of shared arrays at once: ranges that are copied, and slices, lists and segments that show them. */
public abstract class ArrayRangeContract extends ContextSuite {
    @Test
    void indexesOutsideAreRefused_namingIndexAndLength() {
        IntArray array = mp.intArray(3);
        assertThatThrownBy(() -> array.get(3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("3");
        assertThatThrownBy(() -> array.get(-7))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("-7")
                .hasMessageContaining("3");
        assertThatThrownBy(() -> array.set(3, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.add(3, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.compareAndSet(3, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.toArray(1, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.toArray(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.fill(0, 4, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.set(2, new int[2])).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.copyFrom(new int[2], 1, 0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.copyTo(0, new int[2], 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.copyTo(2, new int[2], 0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.copyTo(0, new int[2], 0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        BooleanArray booleans = mp.booleanArray(3);
        assertThatThrownBy(() -> booleans.copyFrom(new boolean[2], 1, 0, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> booleans.copyTo(0, new boolean[2], 1, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(array.toArray()).containsExactly(0, 0, 0);
    }

    @Test
    void rangesAreReadAndWritten() {
        IntArray ints = mp.intArray(6);
        ints.set(1, new int[] {1, 2, 3});
        ints.copyFrom(new int[] {9, 8, 7}, 1, 4, 2);
        assertThat(ints.toArray()).containsExactly(0, 1, 2, 3, 8, 7);
        assertThat(ints.toArray(2, 5)).containsExactly(2, 3, 8);
        assertThat(ints.toArray(6, 6)).isEmpty();
        int[] target = {-1, -1, -1};
        ints.copyTo(4, target, 1, 2);
        assertThat(target).containsExactly(-1, 8, 7);

        LongArray longs = mp.longArray(4);
        longs.set(1, new long[] {1, 2});
        assertThat(longs.toArray(1, 4)).containsExactly(1, 2, 0);
        DoubleArray doubles = mp.doubleArray(4);
        doubles.set(1, new double[] {1, 2});
        assertThat(doubles.toArray(1, 4)).containsExactly(1, 2, 0);
        FloatArray floats = mp.floatArray(4);
        floats.set(1, new float[] {1, 2});
        assertThat(floats.toArray(1, 4)).containsExactly(1, 2, 0);
        ShortArray shorts = mp.shortArray(4);
        shorts.set(1, new short[] {1, 2});
        assertThat(shorts.toArray(1, 4)).containsExactly((short) 1, (short) 2, (short) 0);
        ByteArray bytes = mp.byteArray(4);
        bytes.set(1, new byte[] {1, 2});
        assertThat(bytes.toArray(1, 4)).containsExactly((byte) 1, (byte) 2, (byte) 0);
        CharArray chars = mp.charArray(4);
        chars.set(1, new char[] {'a', 'b'});
        assertThat(chars.toArray(1, 4)).containsExactly('a', 'b', '\0');
        BooleanArray booleans = mp.booleanArray(4);
        booleans.set(1, new boolean[] {true, true});
        assertThat(booleans.toArray(1, 4)).containsExactly(true, true, false);
    }

    @Test
    void fillSetsAllOrARange() {
        IntArray ints = mp.intArray(4);
        ints.fill(7);
        ints.fill(1, 3, 8);
        assertThat(ints.toArray()).containsExactly(7, 8, 8, 7);
        LongArray longs = mp.longArray(4);
        longs.fill(1, 3, 8);
        assertThat(longs.toArray()).containsExactly(0, 8, 8, 0);
        DoubleArray doubles = mp.doubleArray(4);
        doubles.fill(1, 3, 8);
        assertThat(doubles.toArray()).containsExactly(0, 8, 8, 0);
        FloatArray floats = mp.floatArray(4);
        floats.fill(1, 3, 8);
        assertThat(floats.toArray()).containsExactly(0, 8, 8, 0);
        ShortArray shorts = mp.shortArray(4);
        shorts.fill(1, 3, (short) 8);
        assertThat(shorts.toArray()).isEqualTo(new short[] {0, 8, 8, 0});
        ByteArray bytes = mp.byteArray(4);
        bytes.fill(1, 3, (byte) 8);
        assertThat(bytes.toArray()).isEqualTo(new byte[] {0, 8, 8, 0});
        CharArray chars = mp.charArray(4);
        chars.fill(1, 3, 'x');
        assertThat(chars.toArray()).isEqualTo(new char[] {0, 'x', 'x', 0});
        BooleanArray booleans = mp.booleanArray(4);
        booleans.fill(1, 3, true);
        assertThat(booleans.toArray()).containsExactly(false, true, true, false);
    }

    @Test
    void streamsGiveTheElements() {
        assertThat(mp.intArray(new int[] {1, 2, 3}).stream().sum()).isEqualTo(6);
        assertThat(mp.longArray(new long[] {1, 2, 3}).stream().sum()).isEqualTo(6);
        assertThat(mp.doubleArray(new double[] {1, 2, 3}).stream().sum()).isEqualTo(6);
        assertThat(mp.floatArray(new float[] {1, 2, 3}).stream().sum()).isEqualTo(6);
        assertThat(mp.shortArray(new short[] {1, 2, -3}).stream().sum()).isZero();
        assertThat(mp.byteArray(new byte[] {1, 2, -3}).stream().sum()).isZero();
        assertThat(mp.charArray(new char[] {'a', '\uFFFF'}).stream().boxed()).containsExactly((int) 'a', 0xFFFF);
        assertThat(mp.booleanArray(new boolean[] {true, false}).stream()).containsExactly(true, false);
    }

    @Test
    void iterationGivesTheElementsInOrder() {
        assertThat((Iterable<Integer>) mp.intArray(new int[] {3, 1, 2})).containsExactly(3, 1, 2);
        assertThat((Iterable<Long>) mp.longArray(new long[] {3, 1, 2})).containsExactly(3L, 1L, 2L);
        assertThat((Iterable<Double>) mp.doubleArray(new double[] {3, 1})).containsExactly(3.0, 1.0);
        assertThat((Iterable<Float>) mp.floatArray(new float[] {3, 1})).containsExactly(3f, 1f);
        assertThat((Iterable<Short>) mp.shortArray(new short[] {3, -1})).containsExactly((short) 3, (short) -1);
        assertThat((Iterable<Byte>) mp.byteArray(new byte[] {3, -1})).containsExactly((byte) 3, (byte) -1);
        assertThat((Iterable<Character>) mp.charArray(new char[] {'b', 'a'})).containsExactly('b', 'a');
        assertThat((Iterable<Boolean>) mp.booleanArray(new boolean[] {true, false}))
                .containsExactly(true, false);
        int sum = 0;
        for (var numbers = mp.intArray(new int[] {3, 1, 2}).iterator(); numbers.hasNext(); ) {
            sum += numbers.nextInt();
        }
        assertThat(sum).isEqualTo(6);
    }

    @Test
    void listIsALiveViewOfFixedSize() {
        IntArray array = mp.intArray(new int[] {3, 1, 2});
        List<Integer> list = array.asList();
        assertThat(list).containsExactly(3, 1, 2);
        array.set(0, 30);
        assertThat(list.get(0)).isEqualTo(30);
        assertThat(list.set(1, 10)).isEqualTo(1);
        assertThat(array.get(1)).isEqualTo(10);
        Collections.sort(list);
        assertThat(array.toArray()).containsExactly(2, 10, 30);
        assertThat(list.indexOf(30)).isEqualTo(2);
        assertThatThrownBy(() -> list.add(1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> list.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> list.set(1, null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void segmentIsTheElements() {
        IntArray ints = mp.intArray(new int[] {1, 2, 3});
        MemorySegment segment = ints.segment();
        assertThat(segment.byteSize()).isEqualTo(12);
        segment.setAtIndex(ValueLayout.JAVA_INT, 2, 30);
        assertThat(ints.get(2)).isEqualTo(30);
        ints.set(0, 10);
        assertThat(segment.toArray(ValueLayout.JAVA_INT)).containsExactly(10, 2, 30);
        assertThatThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 12)).isInstanceOf(IndexOutOfBoundsException.class);
        for (int length : new int[] {1, 5, ArrayContract.LARGE}) {
            assertThat(mp.longArray(length).segment().byteSize()).isEqualTo(8L * length);
            assertThat(mp.doubleArray(length).segment().byteSize()).isEqualTo(8L * length);
            assertThat(mp.floatArray(length).segment().byteSize()).isEqualTo(4L * length);
            assertThat(mp.shortArray(length).segment().byteSize()).isEqualTo(2L * length);
            assertThat(mp.byteArray(length).segment().byteSize()).isEqualTo(length);
            assertThat(mp.charArray(length).segment().byteSize()).isEqualTo(2L * length);
            assertThat(mp.booleanArray(length).segment().byteSize()).isEqualTo(length);
            assertThat(mp.intArray(length).segment().address() % 64).isZero();
        }
        assertThat(mp.booleanArray(new boolean[] {true, false}).segment().toArray(ValueLayout.JAVA_BYTE))
                .containsExactly((byte) 1, (byte) 0);
    }

    @Test
    void sliceIsALiveView() {
        IntArray array = mp.intArray(new int[] {0, 1, 2, 3, 4, 5});
        IntArray slice = array.slice(2, 5);
        assertThat(slice.length()).isEqualTo(3);
        assertThat(slice.toArray()).containsExactly(2, 3, 4);
        slice.set(0, 20);
        slice.add(1, 27);
        array.set(4, 40);
        assertThat(slice.toArray()).containsExactly(20, 30, 40);
        assertThat(array.toArray()).containsExactly(0, 1, 20, 30, 40, 5);
        slice.fill(-1);
        slice.fill(1, 2, -2);
        slice.set(2, new int[] {-3});
        assertThat(array.toArray()).containsExactly(0, 1, -1, -2, -3, 5);
        assertThat(slice.getAndSet(0, 7)).isEqualTo(-1);
        assertThat(slice.compareAndSet(0, 7, 8)).isTrue();
        assertThat(slice.update(0, x -> x + 1)).isEqualTo(9);
        assertThat(slice.segment().toArray(ValueLayout.JAVA_INT)).containsExactly(9, -2, -3);
        assertThat(slice.asList()).containsExactly(9, -2, -3);
        assertThat(slice.stream().sum()).isEqualTo(4);
        assertThat(slice).hasToString("[9, -2, -3]");
        assertThat(slice.slice(1, 3).toArray()).containsExactly(-2, -3);
        assertThat(slice.lock()).isSameAs(array.lock());
        assertThat(slice.context()).isSameAs(mp);
        assertThat(slice).isEqualTo(array.slice(2, 5)).isNotEqualTo(array).isNotEqualTo(array.slice(2, 4));
    }

    @Test
    void sliceRefusesIndexesOutsideOfIt() {
        IntArray array = mp.intArray(6);
        IntArray slice = array.slice(2, 5);
        assertThatThrownBy(() -> slice.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.fill(0, 4, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.set(2, new int[2])).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.toArray(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.slice(0, 7)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.slice(4, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(array.slice(6, 6).length()).isZero();
    }

    @Test
    void slicesOfEveryTypeAreLiveViews() {
        LongArray longs = mp.longArray(4);
        longs.slice(1, 3).set(1, new long[] {5});
        assertThat(longs.slice(1, 3).add(0, 2)).isEqualTo(2);
        assertThat(longs.toArray()).containsExactly(0, 2, 5, 0);
        DoubleArray doubles = mp.doubleArray(4);
        doubles.slice(1, 3).set(1, new double[] {5});
        assertThat(doubles.slice(1, 3).add(0, 2)).isEqualTo(2);
        assertThat(doubles.toArray()).containsExactly(0, 2, 5, 0);
        FloatArray floats = mp.floatArray(4);
        floats.slice(1, 3).set(1, new float[] {5});
        assertThat(floats.slice(1, 3).add(0, 2)).isEqualTo(2);
        assertThat(floats.toArray()).containsExactly(0, 2, 5, 0);
        ShortArray shorts = mp.shortArray(4);
        shorts.slice(1, 3).set(1, new short[] {5});
        assertThat(shorts.slice(1, 3).add(0, 2)).isEqualTo((short) 2);
        assertThat(shorts.toArray()).isEqualTo(new short[] {0, 2, 5, 0});
        ByteArray bytes = mp.byteArray(4);
        bytes.slice(1, 3).set(1, new byte[] {5});
        assertThat(bytes.slice(1, 3).add(0, 2)).isEqualTo((byte) 2);
        assertThat(bytes.toArray()).isEqualTo(new byte[] {0, 2, 5, 0});
        CharArray chars = mp.charArray(4);
        chars.slice(1, 3).set(1, new char[] {'b'});
        chars.slice(1, 3).set(0, 'a');
        assertThat(chars.toArray()).isEqualTo(new char[] {0, 'a', 'b', 0});
        BooleanArray booleans = mp.booleanArray(4);
        booleans.slice(1, 3).fill(true);
        assertThat(booleans.toArray()).containsExactly(false, true, true, false);
    }
}
