package io.multiprocessing.testkit.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Connection;
import io.multiprocessing.Context;
import io.multiprocessing.Lock;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pipe;
import io.multiprocessing.Process;
import io.multiprocessing.Process.Stream;
import io.multiprocessing.testkit.jvm.Await;
import java.io.EOFException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is particular to processes that are threads: how they end, what others see of it, and the options. */
class ThreadsEndTest {
    private static final Duration FOREVER = Duration.ofMinutes(10);
    private static volatile CountDownLatch mayGoOn = new CountDownLatch(1);
    private static volatile CountDownLatch hasTried = new CountDownLatch(1);

    private final Context mp = Multiprocessing.open("threads:");

    @AfterEach
    void close() {
        mp.close();
    }

    @Test
    void lockOfAProcessThatHasEndedIsTakenOver() throws Exception {
        for (Lock lock : List.of(mp.lock(), mp.rlock())) {
            Process holder = mp.process(lock::acquire).start();
            join(holder);
            assertThat(holder.exitCode()).hasValue(0);
            assertThat(lock.isLocked()).isTrue();
            assertThat(lock.toString()).contains("which has ended");
            assertThat(lock.acquire(Await.LIMIT)).isTrue();
            assertThat(lock.abandonment()).isNotNull();
            lock.release();
            assertThat(lock.abandonment()).isNull();
        }
    }

    @Test
    void waiterTakesTheLockOver_whenItsHolderIsKilled() throws Exception {
        var lock = mp.lock();
        Process holder = mp.process(() -> {
                    lock.acquire();
                    Thread.sleep(FOREVER);
                })
                .start();
        Await.until("it holds the lock", lock::isLocked);
        Process waiter = mp.process(() -> {
                    lock.acquire();
                    if (lock.abandonment() == null) {
                        throw new AssertionError("not seen that it was taken over");
                    }
                    lock.release();
                })
                .start();
        holder.kill();
        join(waiter);
        assertThat(waiter.exitCode()).hasValue(0);
        assertThat(holder.exitCode()).hasValue(-9);
        assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void leasedPermitsComeBack_andOthersDoNot() throws Exception {
        var leased = mp.leasedSemaphore(1);
        var plain = mp.semaphore(1);
        Process holder = mp.process(() -> {
                    plain.acquire();
                    leased.acquire();
                    Thread.sleep(FOREVER);
                })
                .start();
        Await.until("it holds the permit", () -> leased.value() == 0);
        holder.terminate();
        assertThat(leased.acquire(Await.LIMIT)).isTrue();
        assertThat(plain.tryAcquire()).isFalse();
        assertThat(holder.exitCode()).hasValue(-15);
    }

    @Test
    void barrierBreaks_whenAPartyIsKilled() throws Exception {
        var barrier = mp.barrier(2);
        Process party = mp.process(() -> barrier.await()).start();
        Await.until("it waits", () -> barrier.waiting() == 1);
        party.kill();
        assertThatThrownBy(() -> barrier.await(Await.LIMIT)).isInstanceOf(BrokenBarrierException.class);
        barrier.reset();
        assertThat(barrier.isBroken()).isFalse();
    }

    @Test
    void endOfAPipeIsClosed_whenItsLastHolderIsKilled() throws Exception {
        try (Pipe pipe = mp.pipe()) {
            Connection second = pipe.second();
            Process holder = mp.process(() -> {
                        second.send("ready");
                        Thread.sleep(FOREVER);
                    })
                    .start();
            pipe.second().close();
            assertThat(pipe.first().receive()).isEqualTo("ready");
            assertThat(pipe.first().poll()).isFalse();
            holder.kill();
            assertThatThrownBy(() -> pipe.first().receive(Await.LIMIT)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void killedProcessChangesNothingAnyMore_thoughItsThreadRunsOn() throws Exception {
        mayGoOn = new CountDownLatch(1);
        hasTried = new CountDownLatch(1);
        var count = mp.intValue(0);
        var lock = mp.lock();
        Process stubborn = mp.process(() -> {
                    lock.acquire();
                    count.increment();
                    awaitStubbornly(mayGoOn);
                    try {
                        count.increment();
                    } finally {
                        lock.release();
                        hasTried.countDown();
                    }
                })
                .start();
        Await.until("it runs", () -> count.get() == 1);
        stubborn.kill();
        assertThat(stubborn.join(Duration.ZERO)).isTrue();
        assertThat(stubborn.isAlive()).isFalse();
        assertThat(lock.tryAcquire()).isTrue();
        mayGoOn.countDown();
        hasTried.await();
        assertThat(count.get()).isEqualTo(1);
        assertThat(lock.isLocked()).isTrue();
        lock.release();
    }

    private static void awaitStubbornly(CountDownLatch latch) {
        boolean isOver = false;
        while (!isOver) {
            try {
                latch.await();
                isOver = true;
            } catch (InterruptedException ignored) {
                // that is what it is about
            }
        }
    }

    @Test
    void closingAHandleInOneProcessLeavesThoseOfOthers() throws Exception {
        var queue = mp.<Integer>queue();
        var array = mp.intArray(3);
        Process child = mp.process(() -> {
                    queue.put(1);
                    queue.close();
                    array.set(0, 5);
                    array.close();
                    array.context().close();
                })
                .start();
        join(child);
        assertThat(child.exitCode()).hasValue(0);
        assertThat(queue.get()).isEqualTo(1);
        assertThat(array.get(0)).isEqualTo(5);
        assertThat(mp.isClosed()).isFalse();
    }

    @Test
    void threadsThatATaskStartedKnowWhoseTheyAre() throws Exception {
        var names = mp.<String>queue();
        Process child = mp.process(() -> {
                    Thread thread = Thread.ofVirtual()
                            .start(() ->
                                    names.add(Multiprocessing.currentProcess().name()));
                    thread.join();
                })
                .name("family")
                .start();
        join(child);
        assertThat(names.get()).isEqualTo("family");
        assertThat(Multiprocessing.currentProcess().name()).isNotEqualTo("family");
    }

    @Test
    void processesMayBeVirtualThreads() throws Exception {
        try (Context virtual = Multiprocessing.open("threads:?virtual=true")) {
            var areVirtual = virtual.intValue(0);
            Process child = virtual.process(() -> {
                        areVirtual.add(Thread.currentThread().isVirtual() ? 1 : 0);
                        areVirtual
                                .context()
                                .process(() ->
                                        areVirtual.add(Thread.currentThread().isVirtual() ? 1 : 0))
                                .start();
                    })
                    .start();
            join(child);
            assertThat(areVirtual.get()).isEqualTo(2);
            assertThat(child.toString()).contains("virtual thread");
        }
    }

    @Test
    void tasksAndMessagesAreTheSameObjects_whereTheContextSaysSo() throws Exception {
        try (Context sharing = Multiprocessing.open("threads:?copy=false&virtual=false")) {
            List<Object> list = new ArrayList<>();
            Object notSerializable = new Object();
            var queue = sharing.<Object>queue();
            Process child = sharing.process(() -> {
                        list.add(notSerializable);
                        queue.put(list);
                    })
                    .start();
            join(child);
            assertThat(queue.get()).isSameAs(list);
            assertThat(list).containsExactly(notSerializable);
            try (Pipe pipe = sharing.pipe()) {
                pipe.first().send(notSerializable);
                assertThat(pipe.second().receive()).isSameAs(notSerializable);
                pipe.first().send("text");
                byte[] encoded = pipe.second().receiveBytes();
                pipe.first().sendBytes(encoded);
                assertThat(pipe.second().receive()).isEqualTo("text");
            }
        }
    }

    @Test
    void namedContextIsOneKindOnly() {
        try (Context copying = Multiprocessing.open("threads:jobs")) {
            assertThat(copying.name()).hasValue("jobs");
            assertThatThrownBy(() -> Multiprocessing.open("threads:jobs?copy=false"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("copy=true");
        }
    }

    @Test
    void unknownOptionIsRefused() {
        for (String uri : List.of("threads:?fast=true", "threads:?virtual", "threads:jobs?copy=maybe", "threads:?")) {
            assertThatThrownBy(() -> Multiprocessing.open(uri))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("virtual=true");
        }
    }

    @Test
    void whatOnlyAJvmHasIsRefused_butWhatDoesNoHarm() throws Exception {
        Process process = mp.process(() -> {});
        Path folder = Path.of("/");
        List.<Runnable>of(
                        () -> process.environment("A", "b"),
                        () -> process.directory(folder),
                        () -> process.stdin(Stream.PIPE),
                        () -> process.stdout(Stream.PIPE),
                        () -> process.stderr(Stream.PIPE),
                        () -> process.stdout(folder.resolve("out")),
                        () -> process.stderr(folder.resolve("err")))
                .forEach(refused -> assertThatThrownBy(refused::run)
                        .isInstanceOf(UnsupportedOperationException.class)
                        .hasMessageContaining("local:"));
        process.jvmOptions("-Xmx64m")
                .stdin(Stream.DISCARD)
                .stdout(Stream.INHERIT)
                .stderr(Stream.DISCARD)
                .start();
        join(process);
        assertThat(process.exitCode()).hasValue(0);
        assertThatThrownBy(process::stdout)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("standard output");
    }

    private static void join(Process process) throws InterruptedException {
        assertThat(process.join(Await.LIMIT)).as("the end of " + process).isTrue();
    }
}
