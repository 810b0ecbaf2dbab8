package io.multiprocessing.local.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Await;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sleeping on words in threads of both kinds. */
class ParkingTest {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final long FOREVER = TimeUnit.MINUTES.toNanos(10);
    private static final int WORDS = 500;
    private static final int WAITERS = 10_000;

    // Who sleeps in the stead of virtual threads may still look at it when the test is over.
    private final MemorySegment words = Arena.ofAuto().allocate(4L * WORDS, 8);
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger woken = new AtomicInteger();

    @AfterEach
    void letAllGo() throws Exception {
        Await.until("nobody sleeps any more", () -> {
            for (int i = 0; i < WORDS; i++) {
                change(i);
            }
            return begun.get() == woken.get();
        });
    }

    @Test
    void awaitReturns_whenTheWordHoldsSomethingElse() throws Exception {
        INT.setVolatile(words, 0L, 5);
        Parking.await(words, 0, 0, FOREVER);
        Thread virtual = Thread.startVirtualThread(() -> sleepOn(0, 0));
        assertThat(virtual.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void awaitReturns_whenTheTimeIsOver() throws Exception {
        long nanos = TimeUnit.MILLISECONDS.toNanos(60);
        long begin = System.nanoTime();
        Parking.await(words, 0, 0, nanos);
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(nanos);

        AtomicLong lasted = new AtomicLong();
        Thread virtual = Thread.startVirtualThread(() -> {
            try {
                long virtualBegin = System.nanoTime();
                Parking.await(words, 0, 0, nanos);
                lasted.set(System.nanoTime() - virtualBegin);
            } catch (InterruptedException failed) {
                lasted.set(-1);
            }
        });
        virtual.join();
        assertThat(lasted.get()).isGreaterThanOrEqualTo(nanos);
    }

    @Test
    void virtualThreadIsWoken() throws Exception {
        Thread virtual = Thread.startVirtualThread(() -> sleepOn(0, 0));
        awaitParked(List.of(virtual));
        change(0);
        assertThat(virtual.join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void virtualThreadsPinNoCarriers() throws Exception {
        int waiters = 4 * Runtime.getRuntime().availableProcessors() + 10;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < waiters; i++) {
            int word = i % WORDS;
            threads.add(Thread.startVirtualThread(() -> sleepOn(word, 0)));
        }
        awaitParked(threads);
        // With all carriers pinned, no other virtual thread would run.
        assertThat(Thread.startVirtualThread(() -> {}).join(Duration.ofSeconds(30)))
                .isTrue();
    }

    @Test
    void manyVirtualThreadsSleepOnManyWords() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            int word = i % WORDS;
            threads.add(Thread.startVirtualThread(() -> sleepOn(word, 0)));
        }
        awaitParked(threads);
        assertThat(woken).hasValue(0);
        for (int word = 0; word < WORDS; word += 2) {
            change(word);
        }
        Await.until("half of them are awake", () -> woken.get() == WAITERS / 2);
        for (int word = 1; word < WORDS; word += 2) {
            change(word);
        }
        Await.until("all are awake", () -> woken.get() == WAITERS);
    }

    @Test
    void interruptWakesAVirtualThreadAtOnce() throws Exception {
        AtomicInteger interrupts = new AtomicInteger();
        Thread virtual = Thread.startVirtualThread(() -> {
            try {
                Parking.await(words, 0, 0, FOREVER);
            } catch (InterruptedException expected) {
                interrupts.addAndGet(Thread.currentThread().isInterrupted() ? 100 : 1);
            }
        });
        awaitParked(List.of(virtual));
        virtual.interrupt();
        assertThat(virtual.join(Duration.ofSeconds(30))).isTrue();
        assertThat(interrupts).hasValue(1);
    }

    @Test
    void interruptOfOneLeavesTheOthersAsleep() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(Thread.startVirtualThread(() -> sleepOn(0, 0)));
        }
        awaitParked(threads);
        threads.get(1).interrupt();
        assertThat(threads.get(1).join(Duration.ofSeconds(30))).isTrue();
        assertThat(threads.get(0).isAlive()).isTrue();
        assertThat(threads.get(2).isAlive()).isTrue();
        change(0);
        assertThat(threads.get(0).join(Duration.ofSeconds(30))).isTrue();
        assertThat(threads.get(2).join(Duration.ofSeconds(30))).isTrue();
    }

    @Test
    void awaitIsInterrupted_beforeItSleeps() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Parking.await(words, 0, 0, FOREVER)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void platformThreadIsInterrupted_whenItsSliceIsOver() throws Exception {
        AtomicInteger interrupts = new AtomicInteger();
        Thread platform = Thread.ofPlatform().start(() -> {
            try {
                while (true) {
                    Parking.await(words, 0, 0, TimeUnit.MILLISECONDS.toNanos(20));
                }
            } catch (InterruptedException expected) {
                interrupts.incrementAndGet();
            }
        });
        platform.interrupt();
        platform.join();
        assertThat(interrupts).hasValue(1);
    }

    private void sleepOn(int word, int expected) {
        begun.incrementAndGet();
        try {
            Parking.await(words, 4L * word, expected, FOREVER);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        woken.incrementAndGet();
    }

    private void change(int word) {
        INT.getAndAdd(words, 4L * word, 1);
        Os.current().wake(words, 4L * word, Integer.MAX_VALUE);
    }

    private static void awaitParked(List<Thread> threads) throws Exception {
        Await.until(
                "all are parked",
                () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
    }
}
