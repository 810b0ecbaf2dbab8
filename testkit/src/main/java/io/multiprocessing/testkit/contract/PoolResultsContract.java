package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Event;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolResults;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
}
