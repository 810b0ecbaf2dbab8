package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.BooleanArray;
import io.multiprocessing.ByteArray;
import io.multiprocessing.CharArray;
import io.multiprocessing.Context;
import io.multiprocessing.DoubleArray;
import io.multiprocessing.FloatArray;
import io.multiprocessing.IntArray;
import io.multiprocessing.Lock;
import io.multiprocessing.LongArray;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.RLock;
import io.multiprocessing.ShortArray;
import io.multiprocessing.Values;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What shared arrays do in every context. */
public abstract class ArrayContract {
    private static final int TIMES = 50_000;

    /** Above this the memory of an array is its own, and is given back when the array is closed. */
    private static final int LARGE = 100_000;

    protected Context mp;

    /** Opens a context of the kind that is tested. */
    protected abstract String uri();

    @BeforeEach
    void open() {
        mp = Multiprocessing.open(uri());
    }

    @AfterEach
    void close() {
        mp.close();
    }

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
    void singleElementsAreReadAndWritten() {
        IntArray ints = mp.intArray(3);
        ints.set(1, -5);
        assertThat(ints.get(1)).isEqualTo(-5);
        assertThat(ints.getAndSet(1, 6)).isEqualTo(-5);
        assertThat(ints.compareAndSet(1, 5, 0)).isFalse();
        assertThat(ints.compareAndSet(1, 6, 7)).isTrue();
        assertThat(ints.getAndAdd(1, 3)).isEqualTo(7);
        assertThat(ints.add(1, -20)).isEqualTo(-10);
        assertThat(ints.update(1, x -> x * x)).isEqualTo(100);
        assertThat(ints.toArray()).containsExactly(0, 100, 0);

        LongArray longs = mp.longArray(3);
        longs.set(1, -5);
        assertThat(longs.get(1)).isEqualTo(-5);
        assertThat(longs.getAndSet(1, 6)).isEqualTo(-5);
        assertThat(longs.compareAndSet(1, 5, 0)).isFalse();
        assertThat(longs.compareAndSet(1, 6, 7)).isTrue();
        assertThat(longs.getAndAdd(1, 3)).isEqualTo(7);
        assertThat(longs.add(1, -20)).isEqualTo(-10);
        assertThat(longs.update(1, x -> x * x)).isEqualTo(100);
        assertThat(longs.toArray()).containsExactly(0, 100, 0);

        DoubleArray doubles = mp.doubleArray(3);
        doubles.set(1, -5);
        assertThat(doubles.get(1)).isEqualTo(-5);
        assertThat(doubles.getAndSet(1, Double.NaN)).isEqualTo(-5);
        assertThat(doubles.compareAndSet(1, 0.0, 0)).isFalse();
        assertThat(doubles.compareAndSet(1, Double.NaN, 7)).isTrue();
        assertThat(doubles.getAndAdd(1, 0.5)).isEqualTo(7);
        assertThat(doubles.add(1, -20)).isEqualTo(-12.5);
        assertThat(doubles.update(1, x -> x * 2)).isEqualTo(-25);
        assertThat(doubles.toArray()).containsExactly(0, -25, 0);

        FloatArray floats = mp.floatArray(3);
        floats.set(1, -5);
        assertThat(floats.get(1)).isEqualTo(-5);
        assertThat(floats.getAndSet(1, Float.NaN)).isEqualTo(-5);
        assertThat(floats.compareAndSet(1, 0.0f, 0)).isFalse();
        assertThat(floats.compareAndSet(1, Float.NaN, 7)).isTrue();
        assertThat(floats.getAndAdd(1, 0.5f)).isEqualTo(7);
        assertThat(floats.add(1, -20)).isEqualTo(-12.5f);
        assertThat(floats.update(1, x -> x * 2)).isEqualTo(-25);
        assertThat(floats.toArray()).containsExactly(0, -25, 0);
    }

    @Test
    void singleNarrowElementsAreReadAndWritten_withTheirNeighboursUntouched() {
        for (int i = 0; i < 5; i++) {
            ShortArray shorts = mp.shortArray(5);
            shorts.fill((short) -1);
            shorts.set(i, (short) -5);
            assertThat(shorts.get(i)).isEqualTo((short) -5);
            assertThat(shorts.getAndSet(i, (short) 6)).isEqualTo((short) -5);
            assertThat(shorts.compareAndSet(i, (short) 5, (short) 0)).isFalse();
            assertThat(shorts.compareAndSet(i, (short) 6, Short.MAX_VALUE)).isTrue();
            assertThat(shorts.getAndAdd(i, 1)).isEqualTo(Short.MAX_VALUE);
            assertThat(shorts.add(i, -1)).isEqualTo(Short.MAX_VALUE);
            assertThat(shorts.update(i, x -> -x)).isEqualTo((short) -Short.MAX_VALUE);
            short[] expectedShorts = {-1, -1, -1, -1, -1};
            expectedShorts[i] = -Short.MAX_VALUE;
            assertThat(shorts.toArray()).isEqualTo(expectedShorts);

            ByteArray bytes = mp.byteArray(5);
            bytes.fill((byte) -1);
            bytes.set(i, (byte) -5);
            assertThat(bytes.get(i)).isEqualTo((byte) -5);
            assertThat(bytes.getAndSet(i, (byte) 6)).isEqualTo((byte) -5);
            assertThat(bytes.compareAndSet(i, (byte) 5, (byte) 0)).isFalse();
            assertThat(bytes.compareAndSet(i, (byte) 6, Byte.MAX_VALUE)).isTrue();
            assertThat(bytes.getAndAdd(i, 1)).isEqualTo(Byte.MAX_VALUE);
            assertThat(bytes.add(i, -1)).isEqualTo(Byte.MAX_VALUE);
            assertThat(bytes.update(i, x -> -x)).isEqualTo((byte) -Byte.MAX_VALUE);
            byte[] expectedBytes = {-1, -1, -1, -1, -1};
            expectedBytes[i] = -Byte.MAX_VALUE;
            assertThat(bytes.toArray()).isEqualTo(expectedBytes);

            CharArray chars = mp.charArray(5);
            chars.fill('\uFFFF');
            chars.set(i, 'a');
            assertThat(chars.get(i)).isEqualTo('a');
            assertThat(chars.getAndSet(i, '\uFFFE')).isEqualTo('a');
            assertThat(chars.compareAndSet(i, 'a', 'x')).isFalse();
            assertThat(chars.compareAndSet(i, '\uFFFE', 'b')).isTrue();
            assertThat(chars.update(i, Character::toUpperCase)).isEqualTo('B');
            char[] expectedChars = {'\uFFFF', '\uFFFF', '\uFFFF', '\uFFFF', '\uFFFF'};
            expectedChars[i] = 'B';
            assertThat(chars.toArray()).isEqualTo(expectedChars);

            BooleanArray booleans = mp.booleanArray(5);
            booleans.fill(true);
            booleans.set(i, false);
            assertThat(booleans.get(i)).isFalse();
            assertThat(booleans.getAndSet(i, true)).isFalse();
            assertThat(booleans.compareAndSet(i, false, true)).isFalse();
            assertThat(booleans.compareAndSet(i, true, false)).isTrue();
            assertThat(booleans.update(i, x -> !x)).isTrue();
            assertThat(booleans.update(i, x -> !x)).isFalse();
            boolean[] expectedBooleans = {true, true, true, true, true};
            expectedBooleans[i] = false;
            assertThat(booleans.toArray()).isEqualTo(expectedBooleans);
        }
    }

    @Test
    void nothingIsLost_whenTwoThreadsAddToTheSameElement() throws InterruptedException {
        IntArray ints = mp.intArray(3);
        LongArray longs = mp.longArray(3);
        DoubleArray doubles = mp.doubleArray(3);
        FloatArray floats = mp.floatArray(3);
        ShortArray shorts = mp.shortArray(3);
        ByteArray bytes = mp.byteArray(3);
        CharArray chars = mp.charArray(3);
        TwoThreads.repeat(TIMES, () -> {
            ints.add(1, 3);
            longs.add(1, 3);
            doubles.add(1, 3);
            floats.add(1, 3);
            shorts.add(1, 3);
            bytes.add(1, 3);
            chars.update(1, c -> (char) (c + 3));
        });
        int total = 2 * TIMES * 3;
        assertThat(ints.toArray()).containsExactly(0, total, 0);
        assertThat(longs.toArray()).containsExactly(0, total, 0);
        assertThat(doubles.toArray()).containsExactly(0, total, 0);
        assertThat(floats.toArray()).containsExactly(0, total, 0);
        assertThat(shorts.toArray()).containsExactly((short) 0, (short) total, (short) 0);
        assertThat(bytes.toArray()).containsExactly((byte) 0, (byte) total, (byte) 0);
        assertThat(chars.toArray()).containsExactly('\0', (char) total, '\0');
    }

    @Test
    void everyElementIsTakenOnce_whenTwoThreadsGetAndSet() throws InterruptedException {
        IntArray ints = mp.intArray(3);
        ShortArray shorts = mp.shortArray(3);
        ByteArray bytes = mp.byteArray(3);
        var typed = mp.array('b', 3);
        var left = new AtomicLong();
        TwoThreads.run(() -> {
            long putAndNotTaken = 0;
            for (int i = 0; i < 10 * TIMES; i++) {
                putAndNotTaken += i - ints.getAndSet(1, i);
                putAndNotTaken += (short) i - shorts.getAndSet(1, (short) i);
                putAndNotTaken += (byte) i - bytes.getAndSet(1, (byte) i);
                putAndNotTaken += (byte) i - (int) typed.getAndSet(1, (byte) i);
            }
            left.addAndGet(putAndNotTaken);
        });
        assertThat(ints.get(1) + shorts.get(1) + bytes.get(1) + (int) typed.get(1))
                .isEqualTo((int) left.get());
    }

    @Test
    void neighboursDoNotDisturbEachOther_whenTwoThreadsChangeThemAtomically() throws InterruptedException {
        ShortArray shorts = mp.shortArray(2);
        ByteArray bytes = mp.byteArray(4);
        BooleanArray booleans = mp.booleanArray(4);
        var typed = mp.array('B', 4);
        TwoThreads.run(
                () -> {
                    for (int i = 0; i < TIMES; i++) {
                        shorts.add(0, 1);
                        bytes.add(1, 1);
                        booleans.update(2, x -> !x);
                        typed.update(3, x -> ((int) x + 1) & 0xFF);
                    }
                },
                () -> {
                    for (int i = 0; i < TIMES; i++) {
                        shorts.add(1, 3);
                        bytes.add(2, 3);
                        booleans.update(1, x -> !x);
                        typed.update(2, x -> ((int) x + 3) & 0xFF);
                    }
                });
        assertThat(shorts.toArray()).containsExactly((short) TIMES, (short) (3 * TIMES));
        assertThat(bytes.toArray()).containsExactly((byte) 0, (byte) TIMES, (byte) (3 * TIMES), (byte) 0);
        assertThat(booleans.toArray()).containsExactly(false, TIMES % 2 == 1, TIMES % 2 == 1, false);
        assertThat(typed.toList()).containsExactly(0, 0, (3 * TIMES) & 0xFF, TIMES & 0xFF);
    }

    @Test
    void noStoreIsUndone_whenItsNeighbourIsChangedAtomically() throws InterruptedException {
        int times = 20 * TIMES;
        ByteArray bytes = mp.byteArray(4);
        ShortArray shorts = mp.shortArray(2);
        TwoThreads.run(
                () -> {
                    for (int i = 0; i < times; i++) {
                        bytes.add(1, 1);
                        shorts.add(1, 1);
                    }
                },
                () -> {
                    short[] one = new short[1];
                    int undone = 0;
                    for (int i = 0; i < times; i++) {
                        bytes.set(2, (byte) i);
                        one[0] = (short) i;
                        shorts.copyFrom(one, 0, 0, 1);
                        if (bytes.get(2) != (byte) i || shorts.get(0) != (short) i) {
                            undone++;
                        }
                    }
                    assertThat(undone).isZero();
                });
        assertThat(bytes.get(1)).isEqualTo((byte) times);
        assertThat(shorts.get(1)).isEqualTo((short) times);
    }

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
        for (int length : new int[] {1, 5, LARGE}) {
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
}
