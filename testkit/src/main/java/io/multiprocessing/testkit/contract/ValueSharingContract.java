package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Lock;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.RLock;
import io.multiprocessing.Values;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Shared values that two threads change at once: atomically, or under their lock. */
public abstract class ValueSharingContract extends ContextSuite {
    private static final int TIMES = 50_000;

    @Test
    void noIncrementIsLost_whenTwoThreadsIncrement() throws InterruptedException {
        var intValue = mp.intValue(0);
        var longValue = mp.longValue(0);
        var doubleValue = mp.doubleValue(0);
        var floatValue = mp.floatValue(0);
        var shortValue = mp.shortValue((short) 0);
        var byteValue = mp.byteValue((byte) 0);
        TwoThreads.repeat(TIMES, () -> {
            intValue.increment();
            longValue.increment();
            doubleValue.increment();
            floatValue.increment();
            shortValue.increment();
            byteValue.increment();
        });
        assertThat(intValue.get()).isEqualTo(2 * TIMES);
        assertThat(longValue.get()).isEqualTo(2 * TIMES);
        assertThat(doubleValue.get()).isEqualTo(2 * TIMES);
        assertThat(floatValue.get()).isEqualTo(2 * TIMES);
        assertThat(shortValue.get()).isEqualTo((short) (2 * TIMES));
        assertThat(byteValue.get()).isEqualTo((byte) (2 * TIMES));
    }

    @Test
    void noUpdateIsLost_whenTwoThreadsUpdate() throws InterruptedException {
        var intValue = mp.intValue(0);
        var longValue = mp.longValue(0);
        var doubleValue = mp.doubleValue(0);
        var floatValue = mp.floatValue(0);
        var shortValue = mp.shortValue((short) 0);
        var byteValue = mp.byteValue((byte) 0);
        var charValue = mp.charValue('\0');
        var booleanValue = mp.booleanValue(false);
        var typedValue = mp.value('H', 0);
        TwoThreads.repeat(TIMES + 1, () -> {
            intValue.update(x -> x + 3);
            longValue.update(x -> x + 3);
            doubleValue.update(x -> x + 3);
            floatValue.update(x -> x + 3);
            shortValue.update(x -> x + 3);
            byteValue.update(x -> x + 3);
            charValue.update(x -> (char) (x + 3));
            booleanValue.update(x -> !x);
            typedValue.update(x -> ((int) x + 3) & 0xFFFF);
        });
        int total = 2 * (TIMES + 1) * 3;
        assertThat(intValue.get()).isEqualTo(total);
        assertThat(longValue.get()).isEqualTo(total);
        assertThat(doubleValue.get()).isEqualTo(total);
        assertThat(floatValue.get()).isEqualTo(total);
        assertThat(shortValue.get()).isEqualTo((short) total);
        assertThat(byteValue.get()).isEqualTo((byte) total);
        assertThat(charValue.get()).isEqualTo((char) total);
        assertThat(booleanValue.get()).isFalse();
        assertThat(typedValue.get()).isEqualTo(total & 0xFFFF);
    }

    @Test
    void everyValueIsTakenOnce_whenTwoThreadsGetAndSet() throws InterruptedException {
        var value = mp.longValue(0);
        var narrow = mp.shortValue((short) 0);
        var left = new AtomicLong();
        TwoThreads.run(() -> {
            long putAndNotTaken = 0;
            for (int i = 0; i < 10 * TIMES; i++) {
                putAndNotTaken += i - value.getAndSet(i);
                putAndNotTaken += (short) i - narrow.getAndSet((short) i);
            }
            left.addAndGet(putAndNotTaken);
        });
        assertThat(value.get() + narrow.get()).isEqualTo(left.get());
    }

    @Test
    void whatWasWrittenBeforeIsSeen_byWhoSeesTheValue() throws InterruptedException {
        var data = mp.raw().intArray(1);
        var ready = mp.raw().intValue(0);
        TwoThreads.run(
                () -> {
                    for (int i = 1; i <= TIMES; i++) {
                        data.copyFrom(new int[] {i}, 0, 0, 1);
                        ready.set(i);
                    }
                },
                () -> {
                    int seen;
                    do {
                        seen = ready.get();
                        assertThat(data.toArray()[0]).isGreaterThanOrEqualTo(seen);
                    } while (seen < TIMES);
                });
    }

    @Test
    void nothingIsLost_whenReadAndWriteAreUnderTheLock() throws InterruptedException {
        for (Values values : List.of(mp, mp.guardedBy(mp.lock()), mp.guardedBy(mp.rlock()))) {
            var balance = values.intValue(0);
            TwoThreads.repeat(TIMES / 10, () -> {
                try (var _ = balance.lock().hold()) {
                    balance.set(balance.get() + 1);
                }
            });
            assertThat(balance.get()).isEqualTo(2 * (TIMES / 10));
        }
    }

    @Test
    void lockIsItsOwnRecursiveOne_byDefault() throws InterruptedException {
        var value = mp.intValue(0);
        var other = mp.intValue(0);
        assertThat(value.lock())
                .isInstanceOf(RLock.class)
                .isSameAs(value.lock())
                .isNotEqualTo(other.lock());
        try (var _ = value.lock().hold();
                var _ = value.lock().hold()) {
            assertThat(value.lock().isLocked()).isTrue();
            assertThat(other.lock().isLocked()).isFalse();
            assertThat(value.increment()).isEqualTo(1);
        }
        assertThat(value.lock().isLocked()).isFalse();
    }

    @Test
    void lockIsTheOneThatWasGiven() {
        for (Lock lock : List.of(mp.lock(), mp.rlock(), mp.intValue(0).lock())) {
            Values values = mp.guardedBy(lock);
            assertThat(values.intValue(0).lock()).isSameAs(lock);
            assertThat(values.value('i', 0).lock()).isSameAs(lock);
            assertThat(values.intArray(3).lock()).isSameAs(lock);
        }
    }

    @Test
    void lockIsRefused_whenMadeRaw() {
        assertThatThrownBy(() -> mp.raw().intValue(0).lock())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("raw");
    }

    @Test
    void guardedByIsRefused_whenTheLockIsOfAnotherContext() {
        try (var other = Multiprocessing.open(uri())) {
            Lock lock = other.lock();
            assertThatThrownBy(() -> mp.guardedBy(lock)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
