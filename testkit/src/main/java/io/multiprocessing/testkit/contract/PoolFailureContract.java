package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.IntValue;
import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.RemoteCallable;
import io.multiprocessing.RemoteException;
import io.multiprocessing.RemoteFunction;
import io.multiprocessing.TaskNotSerializableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of what fails in a pool or can't be sent, and of mistakes, in every context. */
@SuppressWarnings("FutureReturnValueIgnored") // where it is about the call
public abstract class PoolFailureContract extends ProcessSuite {
    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();
    private static final List<Integer> HUNDRED_SQUARES =
            IntStream.range(0, 100).map(n -> n * n).boxed().toList();

    @Test
    void anExceptionKeepsItsTypeAndHasTheWorkersTrace() throws Exception {
        try (Pool pool = mp.pool(1)) {
            assertThatThrownBy(() -> pool.apply(() -> {
                        throw new IOException("no such thing");
                    }))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessage("no such thing")
                    .hasStackTraceContaining("WorkerLoop");
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void exceptionsThatFuturesHaveWordsFor_areFailuresLikeOthers() throws Exception {
        RemoteCallable<Integer> cancelled = () -> {
            throw new CancellationException("mine");
        };
        RemoteCallable<Integer> completed = () -> {
            throw new CompletionException(new IOException("inner"));
        };
        try (Pool pool = mp.pool(1)) {
            CompletableFuture<Integer> future = pool.submit(cancelled);
            assertThatThrownBy(future::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .hasMessage("mine");
            assertThat(future).isNotCancelled();
            assertThatThrownBy(() -> pool.apply(completed)).hasCauseInstanceOf(CompletionException.class);
            assertThatThrownBy(() -> pool.map(n -> cancelled.call(), List.of(1)))
                    .hasCauseInstanceOf(CancellationException.class);
            assertThat(pool.<Integer>invokeAny(List.of(cancelled, () -> 2))).isEqualTo(2);
        }
    }

    @Test
    void mapThrowsTheFirstFailure_whenAllIsDone() throws Exception {
        IntValue done = mp.intValue(0);
        try (Pool pool = mp.pool(2)) {
            assertThatThrownBy(() -> pool.map(
                            n -> {
                                done.increment();
                                if (n % 10 == 5) {
                                    throw new IllegalArgumentException("input " + n);
                                }
                                return n;
                            },
                            HUNDRED,
                            3))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("input 5");
            assertThat(done.get()).isEqualTo(100);
        }
    }

    @Test
    void errorsAreFailuresToo() throws Exception {
        try (Pool pool = mp.pool(1)) {
            assertThatThrownBy(() -> pool.apply(() -> recurse(1))).hasCauseInstanceOf(StackOverflowError.class);
            assertThatThrownBy(() -> pool.apply(() -> {
                        throw new AssertionError("wrong");
                    }))
                    .hasCauseInstanceOf(AssertionError.class);
        }
    }

    @Test
    void aResultThatCanNotBeSent_saysSo() throws Exception {
        try (Pool pool = mp.pool(1)) {
            long pid = pool.workerPids().getFirst();
            assertThatThrownBy(() -> pool.apply(() -> new Thread("mine")))
                    .cause()
                    .isInstanceOf(MessageNotSerializableException.class)
                    .hasMessageContaining("java.lang.Thread");
            assertThatThrownBy(() -> pool.map(n -> n == 3 ? new Thread("mine") : n, HUNDRED, 10))
                    .cause()
                    .isInstanceOf(MessageNotSerializableException.class)
                    .hasMessageContaining("java.lang.Thread");
            assertThat(pool.workerPids()).containsExactly(pid);
        }
    }

    /** It has what can't be sent. */
    private static final class WithAThread extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "unused", "FieldCanBeLocal"}) // that is the point
        private final Thread thread = new Thread("mine");

        WithAThread(String message) {
            super(message);
        }
    }

    @Test
    void anExceptionThatCanNotBeSent_isDescribed() throws Exception {
        try (Pool pool = mp.pool(1)) {
            assertThatThrownBy(() -> pool.map(
                            n -> {
                                if (n == 7) {
                                    throw new WithAThread("input " + n);
                                }
                                return n;
                            },
                            HUNDRED,
                            10))
                    .cause()
                    .isInstanceOfSatisfying(
                            RemoteException.class,
                            failure -> assertThat(failure.toString()).contains("WithAThread", "input 7"))
                    .hasStackTraceContaining("WorkerLoop");
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // null is one of the mistakes
    void whatCanNotBeSent_isRefusedAtOnce() throws Exception {
        var thread = new Thread("mine");
        try (Pool pool = mp.pool(1)) {
            assertThatThrownBy(() -> pool.apply(() -> thread.getName()))
                    .isInstanceOf(TaskNotSerializableException.class)
                    .hasMessageContaining("thread");
            assertThatThrownBy(() -> pool.map(n -> thread.getName() + n, HUNDRED))
                    .isInstanceOf(TaskNotSerializableException.class);
            for (int chunkSize : List.of(1, 2, 3)) {
                assertThatThrownBy(() -> pool.map(n -> 1, List.of(1, thread, 3), chunkSize))
                        .isInstanceOf(MessageNotSerializableException.class)
                        .hasMessageContainingAll("input 1 can't be sent", "java.lang.Thread");
            }
            Callable<Integer> plain = () -> 1;
            assertThatThrownBy(() -> pool.submit(plain))
                    .isInstanceOf(TaskNotSerializableException.class)
                    .hasMessageContaining("RemoteCallable");
            assertThatThrownBy(() -> pool.apply(() -> pool.size()))
                    .isInstanceOf(TaskNotSerializableException.class)
                    .hasMessageContaining("pool");
            assertThatThrownBy(() -> pool.submit((RemoteCallable<Integer>) null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageContaining("task");
            assertThatThrownBy(() -> pool.execute((Runnable) null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> pool.invokeAll(Collections.singletonList((Callable<Integer>) null)))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageContaining("task");
            assertThatThrownBy(() -> pool.map(n -> n, (List<Integer>) null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageContaining("inputs");
            assertThatThrownBy(() -> PoolOptions.defaults().workerName(null)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> pool.map((RemoteFunction<Integer, Integer>) null, HUNDRED))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessageContaining("function");
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void anExceptionOfTheInputs_isThrownAsItIs() throws Exception {
        try (Pool pool = mp.pool(2)) {
            Iterable<Integer> broken = brokenAt(3);
            assertThatThrownBy(() -> pool.map(n -> n, broken))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("input is broken at 3")
                    .hasNoCause();
            try (PoolResults<Integer> results = pool.imap(n -> n * n, broken)) {
                assertThat(results.next()).isZero();
                assertThat(results.next()).isEqualTo(1);
                assertThat(results.next()).isEqualTo(4);
                assertThatThrownBy(results::next).hasMessage("input is broken at 3");
                assertThat(results.hasNext()).isFalse();
            }
            try (PoolResults<Integer> results = pool.imapUnordered(n -> n, broken, 2, 10)) {
                assertThat(Stream.generate(results::next).limit(3)).containsExactlyInAnyOrder(0, 1, 2);
                assertThatThrownBy(results::next).hasMessage("input is broken at 3");
            }
            assertThat(pool.map(n -> n * n, HUNDRED)).isEqualTo(HUNDRED_SQUARES);
        }
    }

    @Test
    void mistakesAreNamed() throws Exception {
        assertThatThrownBy(() -> mp.pool(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1, not 0");
        assertThatThrownBy(() -> mp.pool(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PoolOptions.defaults().maxTasksPerWorker(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PoolOptions.defaults().hardTimeLimit(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PoolOptions.defaults().softTimeLimit(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PoolOptions.defaults().retries(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PoolOptions.defaults().heapLimit(1_000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PoolOptions.defaults().memoryLimit(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PoolOptions.defaults().restartLimit(-1, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        try (Pool pool = mp.pool(1)) {
            assertThatThrownBy(() -> pool.map(n -> n, HUNDRED, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not 0");
            assertThatThrownBy(() -> pool.mapAsync(n -> n, HUNDRED, -1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> pool.starmap((Integer n, Integer m) -> n, List.of(), 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> pool.imapUnordered(n -> n, HUNDRED, 0, 1))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> pool.imap(n -> n, HUNDRED, 0, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> pool.imap(n -> n, HUNDRED, 5, 4)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(pool::join).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> pool.invokeAny(List.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static int recurse(int depth) {
        return depth < 0 ? 0 : recurse(depth + 1) + 1;
    }

    private static Iterable<Integer> brokenAt(int element) {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Integer next() {
                if (next == element) {
                    throw new IllegalStateException("input is broken at " + element);
                }
                return next++;
            }
        };
    }
}
