package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Event;
import io.multiprocessing.IntValue;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.testkit.jvm.Await;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a pool ends: by its user, with its context, or because nobody has it any more; in every context. */
@SuppressWarnings("FutureReturnValueIgnored") // where it is about the call
public abstract class PoolEndContract extends ProcessSuite {
    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();

    @Test
    void whatIsCancelledRightBeforeTheShutdown_doesNotHoldItUp() throws Exception {
        Pool pool = mp.pool(1);
        for (int i = 0; i < 50; i++) {
            pool.submit(() -> 1).cancel(i % 2 == 0);
        }
        pool.shutdown();
        assertThat(pool.join(Await.LIMIT)).isTrue();
    }

    @Test
    void spentWorkersAreReplacedAfterTheShutdown_asLongAsThereIsWork() throws Exception {
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        try (Pool pool = mp.pool(PoolOptions.defaults().size(1).maxTasksPerWorker(1))) {
            for (int i = 0; i < 3; i++) {
                int number = i;
                futures.add(pool.submit(() -> number));
            }
        }
        assertThat(futures).extracting(CompletableFuture::resultNow).containsExactly(0, 1, 2);
    }

    @Test
    void closeWaitsForWhatWasSubmitted() throws Exception {
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        try (Pool pool = mp.pool(2)) {
            for (int i = 0; i < 50; i++) {
                int number = i;
                futures.add(pool.submit(() -> {
                    Thread.sleep(2);
                    return number;
                }));
            }
        }
        assertThat(futures)
                .extracting(CompletableFuture::resultNow)
                .isEqualTo(IntStream.range(0, 50).boxed().toList());
    }

    @Test
    void nothingIsAcceptedAfterShutdown() throws Exception {
        Pool pool = mp.pool(1);
        CompletableFuture<Integer> before = pool.submit(() -> 1);
        pool.shutdown();
        pool.shutdown();
        assertThat(pool.isShutdown()).isTrue();
        assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.map(n -> n, HUNDRED)).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> pool.imap(n -> n, HUNDRED)).isInstanceOf(RejectedExecutionException.class);
        assertThat(pool.join(Await.LIMIT)).isTrue();
        assertThat(before.get()).isEqualTo(1);
        assertThat(pool.isTerminated()).isTrue();
        assertThat(pool.workerPids()).isEmpty();
        pool.close();
    }

    @Test
    void terminateEndsWhatRuns() throws Exception {
        Event runs = mp.event();
        boolean heedsNothing = isEachProcessAJvm();
        Pool pool = mp.pool(1);
        CompletableFuture<Boolean> running = pool.submit(() -> {
            runs.set();
            while (heedsNothing || !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return true;
        });
        CompletableFuture<Integer> waiting = pool.submit(() -> 1);
        PoolResults<Integer> results =
                pool.imap(n -> n, () -> Stream.iterate(0, n -> n + 1).iterator());
        runs.await();
        assertThat(pool.shutdownNow()).hasSize(1);
        assertThat(running).isCancelled();
        assertThat(waiting).isCancelled();
        assertThatThrownBy(running::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(waiting::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(results::next).isInstanceOf(CancellationException.class);
        pool.terminate();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.workerPids()).isEmpty();
    }

    @Test
    void closeByAnInterruptedThread_endsWhatRuns_andKeepsTheInterrupt() throws Exception {
        Event runs = mp.event();
        Pool pool = mp.pool(1);
        CompletableFuture<Integer> running = pool.submit(() -> {
            runs.set();
            Thread.sleep(FOREVER);
            return 1;
        });
        runs.await();
        Thread.currentThread().interrupt();
        pool.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(pool.isTerminated()).isTrue();
        assertThatThrownBy(running::get).isInstanceOf(CancellationException.class);
    }

    @Test
    void joinByAnInterruptedThread_throws_andThePoolGoesOn() throws Exception {
        Event release = mp.event();
        Pool pool = mp.pool(1);
        CompletableFuture<Boolean> running = pool.submit(() -> release.await(FOREVER));
        pool.shutdown();
        Thread.currentThread().interrupt();
        assertThatThrownBy(pool::join).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pool.join(Await.LIMIT)).isInstanceOf(InterruptedException.class);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> pool.awaitTermination(1, TimeUnit.MINUTES)).isInstanceOf(InterruptedException.class);
        assertThat(pool.join(Duration.ZERO)).isFalse();
        assertThat(pool.join(Duration.ofMillis(-1))).isFalse();
        release.set();
        assertThat(pool.join(Await.LIMIT)).isTrue();
        assertThat(running.get()).isTrue();
    }

    private enum End {
        SHUTDOWN,
        SHUTDOWN_NOW,
        TERMINATE,
        CLOSE;

        void of(Pool pool) {
            switch (this) {
                case SHUTDOWN -> pool.shutdown();
                case SHUTDOWN_NOW -> assertThat(pool.shutdownNow()).isEmpty();
                case TERMINATE -> pool.terminate();
                case CLOSE -> pool.close();
            }
        }
    }

    @Test
    void allWaysToEnd_mayFollowEachOther_inAnyOrder() throws Exception {
        for (End first : End.values()) {
            for (End second : EnumSet.complementOf(EnumSet.of(first))) {
                Pool pool = mp.pool(1);
                pool.apply(() -> 1);
                first.of(pool);
                assertThat(pool.isShutdown()).isTrue();
                second.of(pool);
                first.of(pool);
                assertThat(pool.join(Await.LIMIT)).isTrue();
                second.of(pool);
                assertThat(pool.isTerminated()).isTrue();
                assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
            }
        }
    }

    @Test
    void manyMayEndItAtOnce_whileWorkersAreReplaced() throws Exception {
        Pool pool = mp.pool(PoolOptions.defaults().size(2).maxTasksPerWorker(1));
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            futures.add(pool.submit(() -> 1));
        }
        futures.getFirst().get();
        List<Thread> ending = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ending.add(Thread.ofPlatform().start(i % 2 == 0 ? pool::terminate : pool::close));
        }
        for (Thread thread : ending) {
            assertThat(thread.join(Await.LIMIT)).isTrue();
        }
        assertThat(pool.isTerminated()).isTrue();
        assertThat(futures).allSatisfy(future -> assertThat(future).isDone());
    }

    @Test
    @SuppressWarnings("try") // closing is what this is about
    void closingTheContextEndsItsPools() throws Exception {
        try (var other = Multiprocessing.open(uri())) {
            Pool pool = other.pool(1);
            pool.apply(() -> 1);
            CompletableFuture<Object> stuck = pool.submit(() -> {
                Thread.sleep(FOREVER);
                return 1;
            });
            other.close();
            assertThatThrownBy(() -> stuck.get(30, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(() -> pool.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
        }
    }

    // ---- nobody has it any more

    @Test
    void aPoolThatIsDroppedEnds_whenAllIsDone_andTheLogSaysWhichItWas() throws Exception {
        Event mayGoOn = mp.event();
        IntValue done = mp.intValue(0);
        try (var log = logOfDrops()) {
            one("busy").execute(() -> {
                mayGoOn.await();
                done.increment();
            });
            PoolResults<Integer> results = one("read").imap(n -> n, List.of(0, 1, 2), 1, 1);
            assertThat(results.next()).isZero();
            one("closed").close();
            assertThat(one("idle").apply(() -> 1)).isEqualTo(1);

            awaitDropOf("idle", log);
            assertThat(dropped(log)).containsExactly("idle");
            mayGoOn.set();
            awaitDropOf("busy", log);
            assertThat(done.get()).isEqualTo(1);
            assertThat(results.next()).isEqualTo(1);
            assertThat(results.next()).isEqualTo(2);
            assertThat(results.hasNext()).isFalse();
            awaitDropOf("read", log);

            Await.until(
                    "their workers have ended",
                    () -> Multiprocessing.activeChildren().isEmpty());
            assertThat(dropped(log)).containsExactly("idle", "busy", "read");
            assertThat(log.records).allSatisfy(record -> {
                assertThat(record.getLevel()).isEqualTo(Level.WARNING);
                assertThat(record.getMessage()).contains("was dropped without having been closed", "try (Pool pool");
                assertThat(record.getThrown()).hasStackTraceContaining("PoolEndContract.one");
            });
        }
    }

    private Pool one(String workerName) {
        return mp.pool(oneCalled(workerName));
    }

    private static PoolOptions oneCalled(String workerName) {
        return PoolOptions.defaults().size(1).workerName("PoolEnd-" + workerName);
    }

    @Test
    void resultsThatAreDroppedAreClosed_andKeepNoPool() throws Exception {
        try (var log = logOfDrops();
                Pool pool = mp.pool(1)) {
            WeakReference<?> inputs = readTwo(pool);
            readTwo(one("forgotten"));
            awaitDropOf("forgotten", log);
            Await.until("nothing reads the inputs any more", () -> {
                System.gc();
                return inputs.refersTo(null);
            });
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    /** Reads a little of what has no end, and says what it comes from. */
    private static WeakReference<Iterator<Integer>> readTwo(Pool pool) {
        Iterator<Integer> inputs = Stream.iterate(0, n -> n + 1).iterator();
        PoolResults<Integer> results = pool.imap(n -> n, () -> inputs);
        assertThat(results.next()).isZero();
        assertThat(results.next()).isEqualTo(1);
        return new WeakReference<>(inputs);
    }

    @Test
    void aProgressListenerThatHasItsPool_doesNotKeepIt() throws Exception {
        try (var log = logOfDrops()) {
            mapTellingItself();
            awaitDropOf("heard", log);
        }
    }

    private void mapTellingItself() throws Exception {
        var own = new AtomicReference<@Nullable Pool>();
        Pool pool = mp.pool(oneCalled("heard")
                .progress(progress -> Objects.requireNonNull(own.get()).insights()));
        own.set(pool);
        assertThat(pool.map(n -> n, HUNDRED)).isEqualTo(HUNDRED);
    }

    private static LibraryLog logOfDrops() {
        return new LibraryLog(record -> record.getMessage().contains("\"PoolEnd-"));
    }

    private static void awaitDropOf(String pool, LibraryLog log) throws Exception {
        Await.until(pool + " is found to be dropped", () -> {
            System.gc();
            return dropped(log).contains(pool);
        });
    }

    private static List<String> dropped(LibraryLog log) {
        return log.records.stream()
                .map(record -> record.getMessage().replaceAll(".*\"PoolEnd-(.*?)\".*", "$1"))
                .toList();
    }
}
