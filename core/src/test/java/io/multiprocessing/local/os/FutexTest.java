package io.multiprocessing.local.os;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Await;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sleeping on words of memory and waking the sleepers. */
class FutexTest {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final long FOREVER = TimeUnit.MINUTES.toNanos(10);
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(60);

    private final Os os = Os.current();
    private final Arena arena = Arena.ofShared();
    private final MemorySegment words = arena.allocate(4L * Os.MAX_WORDS, 8);
    private final List<Thread> sleepers = new ArrayList<>();
    private final AtomicInteger woken = new AtomicInteger();

    @AfterEach
    void letAllGo() throws InterruptedException {
        INT.setVolatile(words, 0L, 99);
        os.wake(words, 0, Integer.MAX_VALUE);
        for (Thread sleeper : sleepers) {
            sleeper.join();
        }
        arena.close();
    }

    @Test
    void awaitReturnsAtOnce_whenTheWordHoldsSomethingElse() {
        INT.setVolatile(words, 0L, 1);
        long begin = System.nanoTime();
        os.await(words, 0, 0, FOREVER);
        assertThat(System.nanoTime() - begin).isLessThan(FOREVER);
    }

    @Test
    void awaitReturns_whenTheTimeIsOver() {
        assertLasts(SHORT, () -> os.await(words, 4, 0, SHORT));
        assertLasts(0, () -> os.await(words, 4, 0, 0));
        assertLasts(SHORT, () -> os.awaitAny(words(3), 3, SHORT));
    }

    @Test
    void awaitLastsMoreThanASecond_whenToldSo() {
        long nanos = TimeUnit.MILLISECONDS.toNanos(1_050);
        assertLasts(nanos, () -> os.await(words, 4, 0, nanos));
    }

    @Test
    void wakeWakesASleeper() throws Exception {
        startSleepers(1);
        wakeSleepers(1);
        Await.until("it is awake", () -> woken.get() == 1);
    }

    @Test
    void wakeWakesNoMoreThanItsCount() throws Exception {
        startSleepers(3);
        wakeSleepers(1);
        Await.until("one is awake", () -> woken.get() >= 1);
        // Nothing else wakes a sleeper, as far as a moment can show.
        sleepers.getLast().join(50);
        assertThat(woken).hasValue(1);
        wakeSleepers(2);
        Await.until("all are awake", () -> woken.get() == 3);
    }

    @Test
    void wakeWakesNobody_whoSleepsOnAnotherWord() throws Exception {
        startSleepers(1);
        os.wake(words, 4, Integer.MAX_VALUE);
        sleepers.getFirst().join(50);
        assertThat(woken).hasValue(0);
    }

    @Test
    void awaitAnyReturnsAtOnce_whenOneWordHoldsSomethingElse() {
        INT.setVolatile(words, 4L * (Os.MAX_WORDS - 1), 1);
        os.awaitAny(words(Os.MAX_WORDS), Os.MAX_WORDS, FOREVER);
    }

    @Test
    void awaitAnyReturns_whenOneWordIsWoken() throws Exception {
        Thread sleeper = Thread.ofPlatform().start(() -> {
            os.awaitAny(words(Os.MAX_WORDS), Os.MAX_WORDS, FOREVER);
            woken.incrementAndGet();
        });
        Await.until("it is woken", () -> {
            os.wake(words, 4L * 77, 1);
            return woken.get() == 1;
        });
        sleeper.join();
    }

    private void startSleepers(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            sleepers.add(Thread.ofPlatform().start(() -> {
                os.await(words, 0, 0, FOREVER);
                woken.incrementAndGet();
            }));
        }
    }

    /** Whether a thread sleeps already can't be seen from outside, so they are woken until as many have been. */
    private void wakeSleepers(int count) throws Exception {
        AtomicInteger left = new AtomicInteger(count);
        Await.until(count + " are woken", () -> left.addAndGet(-os.wake(words, 0, left.get())) == 0);
    }

    private Os.Word[] words(int count) {
        Os.Word[] all = new Os.Word[Os.MAX_WORDS];
        for (int i = 0; i < count; i++) {
            all[i] = new Os.Word(words, 4L * i, 0);
        }
        return all;
    }

    private static void assertLasts(long nanos, Runnable wait) {
        // A sleep may end early for no reason, and then the caller sleeps again.
        long begin = System.nanoTime();
        wait.run();
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(nanos);
    }
}
