package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the contracts of locks, semaphores, conditions, events and barriers have in common. */
abstract class SynchronizationContract extends ContextSuite {
    static final Duration SHORT = Duration.ofMillis(60);
    static final Duration NONE = Duration.ZERO;
    static final Duration ENDLESS = Duration.ofSeconds(Long.MAX_VALUE);

    /** More than there are carriers on any machine that tests run on. */
    static final int MANY = 1000;

    /** Something that waits with a time limit says no, and not too early. */
    static void assertTimesOut(Callable<Boolean> waiting, Duration timeout) throws Exception {
        long begin = System.nanoTime();
        assertThat(waiting.call()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(timeout);
    }

    /** Interrupted before or while it waits, it throws InterruptedException. */
    static void assertInterruptible(Threads.Kind kind, Threads.Work waiting) throws Exception {
        try (Threads threads = kind.open()) {
            Threads.Running<Void> early = threads.run(() -> {
                Thread.currentThread().interrupt();
                waiting.run();
            });
            assertThat(early.failure()).isInstanceOf(InterruptedException.class);
            Threads.Running<Void> late = startAndLetWait(threads, waiting);
            late.interrupt();
            assertThat(late.failure()).isInstanceOf(InterruptedException.class);
        }
    }

    /** When the context is closed, those who wait throw IllegalStateException. */
    void assertEndsWithContext(Threads.Kind kind, Threads.Work waiting) throws Exception {
        try (Threads threads = kind.open()) {
            Threads.Running<Void> first = startAndLetWait(threads, waiting);
            Threads.Running<Void> second = startAndLetWait(threads, waiting);
            mp.close();
            assertThat(first.failure()).isInstanceOf(IllegalStateException.class);
            assertThat(second.failure()).isInstanceOf(IllegalStateException.class);
        }
    }

    /** While many virtual threads wait, another one is not kept from running. */
    static void assertDoesNotPin(Threads waiters, Threads.Work waiting) throws Exception {
        CountDownLatch started = new CountDownLatch(MANY);
        for (int i = 0; i < MANY; i++) {
            waiters.run(() -> {
                started.countDown();
                waiting.run();
            });
        }
        started.await();
        try (Threads threads = Threads.Kind.VIRTUAL.open()) {
            threads.run(() -> Thread.sleep(1));
            threads.join();
        }
    }

    /**
     * Starts a thread and gives it time to fall asleep. Whether it has is not known; the test must hold in either case.
     */
    static Threads.Running<Void> startAndLetWait(Threads threads, Threads.Work waiting) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Threads.Running<Void> running = threads.run(() -> {
            started.countDown();
            waiting.run();
        });
        assertThat(started.await(Await.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Thread.sleep(20);
        return running;
    }
}
