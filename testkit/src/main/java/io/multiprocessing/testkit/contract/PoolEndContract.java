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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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
        assertThatThrownBy(running::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(waiting::get).isInstanceOf(CancellationException.class);
        assertThatThrownBy(results::next).isInstanceOf(CancellationException.class);
        pool.terminate();
        assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.workerPids()).isEmpty();
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
        try (var log = new Log()) {
            one("busy").execute(() -> {
                mayGoOn.await();
                done.increment();
            });
            PoolResults<Integer> results = one("read").imap(n -> n, List.of(0, 1, 2), 1, 1);
            assertThat(results.next()).isZero();
            one("closed").close();
            assertThat(one("idle").apply(() -> 1)).isEqualTo(1);

            log.awaitDropOf("idle");
            assertThat(log.dropped()).containsExactly("idle");
            mayGoOn.set();
            log.awaitDropOf("busy");
            assertThat(done.get()).isEqualTo(1);
            assertThat(results.next()).isEqualTo(1);
            assertThat(results.next()).isEqualTo(2);
            assertThat(results.hasNext()).isFalse();
            log.awaitDropOf("read");

            Await.until(
                    "their workers have ended",
                    () -> Multiprocessing.activeChildren().isEmpty());
            assertThat(log.dropped()).containsExactly("idle", "busy", "read");
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
        try (var log = new Log();
                Pool pool = mp.pool(1)) {
            WeakReference<?> inputs = readTwo(pool);
            readTwo(one("forgotten"));
            log.awaitDropOf("forgotten");
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
        try (var log = new Log()) {
            mapTellingItself();
            log.awaitDropOf("heard");
        }
    }

    private void mapTellingItself() throws Exception {
        var own = new AtomicReference<@Nullable Pool>();
        Pool pool = mp.pool(oneCalled("heard")
                .progress(progress -> Objects.requireNonNull(own.get()).insights()));
        own.set(pool);
        assertThat(pool.map(n -> n, HUNDRED)).isEqualTo(HUNDRED);
    }

    /** What is logged of the pools of a test while this is open. */
    private static final class Log extends Handler implements AutoCloseable {
        private final Logger logger = Logger.getLogger("io.multiprocessing");
        final List<LogRecord> records = new CopyOnWriteArrayList<>();

        Log() {
            logger.setUseParentHandlers(false);
            logger.addHandler(this);
        }

        void awaitDropOf(String pool) throws Exception {
            Await.until(pool + " is found to be dropped", () -> {
                System.gc();
                return dropped().contains(pool);
            });
        }

        List<String> dropped() {
            return records.stream()
                    .map(record -> record.getMessage().replaceAll(".*\"PoolEnd-(.*?)\".*", "$1"))
                    .toList();
        }

        @Override
        public void publish(LogRecord record) {
            if (record.getMessage().contains("\"PoolEnd-")) {
                records.add(record);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setUseParentHandlers(true);
        }
    }
}
