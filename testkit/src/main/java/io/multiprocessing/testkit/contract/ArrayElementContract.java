package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.BooleanArray;
import io.multiprocessing.ByteArray;
import io.multiprocessing.CharArray;
import io.multiprocessing.DoubleArray;
import io.multiprocessing.FloatArray;
import io.multiprocessing.IntArray;
import io.multiprocessing.LongArray;
import io.multiprocessing.ShortArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Single elements of shared arrays: read, written, and changed atomically beside their neighbours. */
public abstract class ArrayElementContract extends ContextSuite {
    private static final int TIMES = 50_000;

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
}
