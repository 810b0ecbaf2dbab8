package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Event;
import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolResults;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results of a pool that come one after the other, in every context. */
@SuppressWarnings("FutureReturnValueIgnored") // where it is about the call
public abstract class PoolResultsContract extends ProcessSuite {
    @Test
    void imapGivesInputsWithoutEnd() throws Exception {
        Iterable<Integer> endless = () -> Stream.iterate(0, n -> n + 1).iterator();
        try (Pool pool = mp.pool(2)) {
            try (PoolResults<Integer> results = pool.imap(n -> n * n, endless)) {
                assertThat(results.stream().limit(500).toList())
                        .isEqualTo(
                                IntStream.range(0, 500).map(n -> n * n).boxed().toList());
            }
            try (PoolResults<Integer> results = pool.imapUnordered(n -> n, endless, 3, 10)) {
                Set<Integer> seen = new HashSet<>();
                for (int i = 0; i < 500; i++) {
                    assertThat(seen.add(results.next())).isTrue();
                }
                assertThat(seen).allMatch(n -> n >= 0 && n < 510);
            }
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void imapReadsNoFurtherThanItMay() throws Exception {
        List<Integer> read = new ArrayList<>();
        Iterable<Integer> inputs = () -> Stream.iterate(0, n -> n + 1)
                .peek(n -> {
                    synchronized (read) {
                        read.add(n);
                    }
                })
                .iterator();
        try (Pool pool = mp.pool(1);
                PoolResults<Integer> results = pool.imap(n -> n, inputs, 2, 6)) {
            for (int i = 0; i < 20; i++) {
                assertThat(results.next()).isEqualTo(i);
                synchronized (read) {
                    assertThat(read.size()).isLessThanOrEqualTo(i + 1 + 6);
                }
            }
        }
    }

    @Test
    void imapThrowsAFailureAtItsPlace() throws Exception {
        try (Pool pool = mp.pool(2);
                PoolResults<Integer> results = pool.imap(n -> 12 / (n - 2), List.of(0, 1, 2, 3), 3, 100)) {
            assertThat(results.next()).isEqualTo(-6);
            assertThat(results.next()).isEqualTo(-12);
            assertThatThrownBy(results::next)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(ArithmeticException.class);
            assertThat(results.next()).isEqualTo(12);
            assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void nextTimesOut_andTheResultComesLater() throws Exception {
        Event release = mp.event();
        try (Pool pool = mp.pool(1);
                PoolResults<Boolean> results = pool.imap(n -> release.await(FOREVER), List.of(1))) {
            assertThatThrownBy(() -> results.next(Duration.ofMillis(20))).isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> results.next(Duration.ZERO)).isInstanceOf(TimeoutException.class);
            release.set();
            assertThat(results.next(Await.LIMIT)).isTrue();
        }
    }

    @Test
    void unorderedResultsComeAsTheyAreReady() throws Exception {
        Event release = mp.event();
        try (Pool pool = mp.pool(2);
                PoolResults<Integer> results = pool.imapUnordered(
                        n -> {
                            if (n == 0) {
                                release.await();
                            }
                            return n;
                        },
                        List.of(0, 1, 2))) {
            Integer first = results.next();
            Integer second = results.next();
            assertThat(Arrays.asList(first, second)).containsExactlyInAnyOrder(1, 2);
            release.set();
            assertThat(results.next()).isZero();
        }
    }

    @Test
    void resultsOfQuickInputsDoNotWaitForASlowOneBehindThem() throws Exception {
        Event isSeen = mp.event();
        List<Integer> inputs = IntStream.range(0, 3_000).boxed().toList();
        try (Pool pool = mp.pool(1);
                PoolResults<Integer> results = pool.imap(
                        n -> {
                            if (n == 2_000) {
                                isSeen.await();
                            }
                            return n;
                        },
                        inputs,
                        1,
                        3_000)) {
            for (int i = 0; i < 2_000; i++) {
                assertThat(results.next(Duration.ofSeconds(30))).isEqualTo(i);
            }
            isSeen.set();
            for (int i = 2_000; i < 3_000; i++) {
                assertThat(results.next(Duration.ofSeconds(30))).isEqualTo(i);
            }
        }
    }

    @Test
    void closingEndsTheReadingOfInputs() throws Exception {
        AtomicInteger read = new AtomicInteger();
        try (Pool pool = mp.pool(1)) {
            PoolResults<Integer> results = pool.imap(
                    n -> n, () -> Stream.generate(read::incrementAndGet).iterator());
            assertThat(results.next()).isEqualTo(1);
            results.close();
            results.close();
            assertThat(results.hasNext()).isFalse();
            assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
            assertThatThrownBy(() -> results.next(Duration.ZERO)).isInstanceOf(NoSuchElementException.class);
            assertThat(pool.map(n -> n, List.of(1, 2, 3), 1)).containsExactly(1, 2, 3);
            assertThat(read.get()).isLessThanOrEqualTo(1 + 64);
            assertThat(results.hasNext()).isFalse(); // nor is that by which the reading has ended told
            assertThatThrownBy(results::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void whoWaitsForAResultMayBeInterrupted_andHaveItLater() throws Exception {
        Event release = mp.event();
        try (Pool pool = mp.pool(1);
                PoolResults<Boolean> results = pool.imap(n -> release.await(FOREVER), List.of(1))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(results::hasNext).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> results.next(Await.LIMIT)).isInstanceOf(InterruptedException.class);
            release.set();
            assertThat(results.next()).isTrue();
        }
    }

    @Test
    void nullsAndErrorsOfInputsComeAtTheirPlace() throws Exception {
        List<Integer> withNull = Arrays.asList(1, null, 3);
        try (Pool pool = mp.pool(1)) {
            assertThat(pool.imap(n -> n, withNull, 2, 4).stream()).containsExactly(1, null, 3);
            Iterable<Integer> noIterator = () -> {
                throw new IllegalStateException("no iterator");
            };
            assertThatThrownBy(pool.imap(n -> n, noIterator)::next).hasMessage("no iterator");
            Iterable<Integer> broken = () -> Stream.of(1, 2)
                    .map(n -> {
                        if (n == 2) {
                            throw new AssertionError("no second one");
                        }
                        return n;
                    })
                    .iterator();
            PoolResults<Integer> results = pool.imap(n -> n, broken);
            assertThat(results.next()).isEqualTo(1);
            assertThatThrownBy(results::next).isInstanceOf(AssertionError.class).hasMessage("no second one");
            Iterable<Object> unsendable = List.of(1, new Thread("mine"), 3);
            PoolResults<Object> some = pool.imap(n -> n, unsendable);
            assertThat(some.next()).isEqualTo(1);
            assertThatThrownBy(some::next)
                    .isInstanceOf(MessageNotSerializableException.class)
                    .hasMessageContaining("java.lang.Thread");
            assertThat(some.hasNext()).isFalse();
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void anExceptionOfTheInputs_isThrownAsItIs_andNoneBeforeItIsLost() throws Exception {
        Iterable<Integer> checked = () -> Stream.of(1, 2)
                .peek(n -> {
                    if (n == 2) {
                        PoolResultsContract.<RuntimeException>throwAsItIs(new IOException("no second one"));
                    }
                })
                .iterator();
        Iterable<Object> unsendable = List.of(1, 2, new Thread("mine"), 4);
        try (Pool pool = mp.pool(1)) {
            PoolResults<Integer> results = pool.imap(n -> n, checked);
            assertThat(results.next()).isEqualTo(1);
            assertThatThrownBy(results::next).isInstanceOf(IOException.class).hasMessage("no second one");
            PoolResults<Object> some = pool.imap(n -> n, unsendable, 4, 4);
            assertThat(some.next()).isEqualTo(1);
            assertThat(some.next()).isEqualTo(2);
            assertThatThrownBy(some::next)
                    .isInstanceOf(MessageNotSerializableException.class)
                    .hasMessageContainingAll("input 2", "java.lang.Thread");
            assertThat(some.hasNext()).isFalse();
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void throwAsItIs(Throwable failure) throws X {
        throw (X) failure;
    }

    @Test
    void inputsOfACollectionAreWorkedOn_thoughThePoolIsShutDown() throws Exception {
        List<Integer> inputs = IntStream.range(0, 200).boxed().toList();
        Pool pool = mp.pool(1);
        PoolResults<Integer> ordered = pool.imap(n -> n, inputs, 3, 9);
        PoolResults<Integer> unordered = pool.imapUnordered(n -> n, inputs, 1, 5);
        assertThat(ordered.next()).isZero();
        pool.shutdown();
        assertThat(pool.join(Await.LIMIT)).isTrue();
        assertThat(ordered.stream()).isEqualTo(inputs.subList(1, 200));
        assertThat(unordered.stream()).containsExactlyInAnyOrderElementsOf(inputs);
    }

    @Test
    void ofInputsWithoutEndNoMoreAreRead_whenThePoolIsClosed() throws Exception {
        PoolResults<Integer> results;
        try (Pool pool = mp.pool(1)) {
            results = pool.imap(n -> n, () -> Stream.iterate(0, n -> n + 1).iterator());
            assertThat(results.next()).isZero();
        }
        assertThatThrownBy(() -> results.stream().forEach(n -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("before all inputs were read");
        assertThat(results.hasNext()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoWaitsForAResult_isToldThatThePoolEnds_thoughTheInputsAreStuck(boolean isTerminated) throws Exception {
        Semaphore mayRead = new Semaphore(1);
        Iterable<Integer> stuck = () -> Stream.generate(() -> {
                    mayRead.acquireUninterruptibly();
                    return 1;
                })
                .iterator();
        Pool pool = mp.pool(1);
        try (PoolResults<Integer> results = pool.imap(n -> n, stuck)) {
            assertThat(results.next()).isEqualTo(1);
            var waiting = CompletableFuture.supplyAsync(results::next);
            Await.until("inputs are waited for", mayRead::hasQueuedThreads);
            if (isTerminated) {
                pool.terminate();
            } else {
                pool.shutdown();
            }
            assertThat(pool.join(Await.LIMIT)).isTrue();
            assertThat(waiting)
                    .failsWithin(Await.LIMIT)
                    .withThrowableThat()
                    .isInstanceOfAny(CancellationException.class, ExecutionException.class);
        } finally {
            mayRead.release(1_000);
        }
    }

    @Test
    void whatWasTakenIsNotKept() throws Exception {
        try (Pool pool = mp.pool(1);
                PoolResults<int[]> results = pool.imap(n -> new int[1_000], List.of(1, 2, 3), 1, 1)) {
            WeakReference<int[]> first = new WeakReference<>(results.next());
            Await.until("the first is collected", () -> {
                System.gc();
                return first.refersTo(null);
            });
            assertThat(results.next()).hasSize(1_000);
        }
    }
}
