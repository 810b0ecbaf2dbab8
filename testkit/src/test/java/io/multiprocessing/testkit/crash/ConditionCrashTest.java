package io.multiprocessing.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Condition;
import io.multiprocessing.IntValue;
import io.multiprocessing.Lock;
import io.multiprocessing.Process;
import io.multiprocessing.Task;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds when a process dies at a kill point of a condition. */
@SuppressWarnings({"WaitNotInLoop", "LockNotBeforeTry"}) // it is the single call that is tested
class ConditionCrashTest extends CrashTest {
    private Condition condition;
    private IntValue come;

    @BeforeEach
    void make() {
        condition = mp.condition(mp.lock());
        come = mp.raw().intValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"condition-K1", "condition-K2", "wait-K1"})
    void aSignalGoesToTheLiving_whenAnOlderWaiterIsDead(String crashPoint) throws Exception {
        Process child = startWaiter(crashPoint);
        CrashHarness.assertKilled(child, crashPoint);
        Future<Boolean> living = begin(waiting());
        awaitCome(2);
        signal(1);
        assertThat(recovered(living)).isTrue();
    }

    @Test
    void aSignalGoesToTheLiving_whenAnOlderWaiterIsKilled() throws Exception {
        Process child = mp.process(task(condition, come)).start();
        awaitCome(1);
        Future<Boolean> living = begin(waiting());
        awaitCome(2);
        kill(child);
        signal(1);
        assertThat(recovered(living)).isTrue();
        assertThat(recovered(this::takesOver)).isFalse();
    }

    @Test
    void whoWasSignalledGoesOn_whenTheSignallerDiedBeforeItWokeAnybody() throws Exception {
        Future<Boolean> first = begin(waiting());
        awaitCome(1);
        Future<Boolean> second = begin(waiting());
        awaitCome(2);
        Condition signalled = condition;
        CrashHarness.killChildAt(mp, "condition-K3", () -> {
            signalled.lock().acquire();
            signalled.signal(2);
        });
        assertThat(recovered(first)).isTrue();
        assertThat(second.isDone()).isFalse();
        signal(1);
        assertThat(recovered(second)).isTrue();
    }

    @Test
    void someOfAllGoOn_whenTheSignallerDiedOnTheWay() throws Exception {
        List<Future<Boolean>> waiters = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            waiters.add(begin(waiting()));
            awaitCome(i);
        }
        Condition signalled = condition;
        CrashHarness.killChildAt(mp, "condition-K3:3", () -> {
            signalled.lock().acquire();
            signalled.signalAll();
        });
        for (int i = 0; i < 3; i++) {
            assertThat(recovered(waiters.get(i))).isTrue();
        }
        assertThat(waiters.get(3).isDone() || waiters.get(4).isDone()).isFalse();
        signal(2);
        assertThat(recovered(waiters.get(3))).isTrue();
        assertThat(recovered(waiters.get(4))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"condition-K4", "condition-K5"})
    void aSignalIsPassedOn_whenWhoGotItDiesBeforeItGoesOn(String crashPoint) throws Exception {
        Process child = startWaiter(crashPoint);
        awaitCome(1);
        Future<Boolean> living = begin(waiting());
        awaitCome(2);
        signal(1);
        CrashHarness.assertKilled(child, crashPoint);
        assertThat(recovered(living)).isTrue();
    }

    @Test
    void aSignalIsPassedOnOnce() throws Exception {
        Process child = startWaiter("condition-K4");
        awaitCome(1);
        Future<Boolean> first = begin(waiting());
        awaitCome(2);
        Future<Boolean> second = begin(waiting());
        awaitCome(3);
        signal(1);
        CrashHarness.assertKilled(child, "condition-K4");
        assertThat(recovered(first)).isTrue();
        Thread.sleep(300);
        assertThat(second.isDone()).isFalse();
        signal(1);
        assertThat(recovered(second)).isTrue();
    }

    @Test
    void aSignalIsNotPassedOn_toWhoCameLater() throws Exception {
        Process child = startWaiter("condition-K4");
        awaitCome(1);
        signal(1);
        CrashHarness.assertKilled(child, "condition-K4");
        Condition waited = condition;
        waited.lock().acquire();
        assertThat(waited.await(Duration.ofMillis(300))).isFalse();
        waited.lock().release();
    }

    @ParameterizedTest
    @ValueSource(strings = {"condition-K6", "condition-K7"})
    void aSignalIsPassedOnAgain_whenWhoDidSoDies(String crashPoint) throws Exception {
        Process signalled = startWaiter("condition-K4");
        awaitCome(1);
        Process passingOn = startWaiter(crashPoint);
        awaitCome(2);
        IntValue gone = mp.intValue(0);
        Condition waited = condition;
        IntValue counted = come;
        Process living = mp.process(() -> {
                    waited.lock().acquire();
                    counted.increment();
                    waited.await();
                    gone.increment();
                    waited.lock().release();
                })
                .start();
        awaitCome(3);
        // So the other one comes first to pass the signal on. A process that is stopped is alive.
        Signals.stop(living.pid().getAsLong());
        signal(1);
        CrashHarness.assertKilled(signalled, "condition-K4");
        CrashHarness.assertKilled(passingOn, crashPoint);
        assertThat(gone.get()).isZero();
        Signals.send("CONT", living.pid().getAsLong());
        assertThat(living.join(RECOVERY)).isTrue();
        assertThat(gone.get()).isEqualTo(1);
        assertThat(living.exitCode()).hasValue(0);
    }

    @Test
    void growsAgain_whenWhoDidSoDied() throws Exception {
        Condition waited = condition;
        CrashHarness.killChildAt(mp, "blocks-K1", () -> {
            for (int i = 0; i < 40; i++) {
                Thread.ofVirtual().start(() -> waitOnce(waited));
            }
            Thread.sleep(Await.LIMIT);
        });
        List<Future<Boolean>> waiters = new ArrayList<>();
        recovered(this::takesOver);
        for (int i = 0; i < 300; i++) {
            waiters.add(begin(waiting(), i + 1));
        }
        signal(300);
        for (Future<Boolean> waiter : waiters) {
            assertThat(recovered(waiter)).isTrue();
        }
    }

    private Future<Boolean> begin(Callable<Boolean> work, int number) throws Exception {
        Future<Boolean> begun = submit(work);
        if (number % 100 == 0) {
            awaitCome(number);
        }
        return begun;
    }

    private static void waitOnce(Condition condition) {
        condition.lock().lock();
        condition.awaitUninterruptibly();
        condition.lock().unlock();
    }

    private Process startWaiter(String crashPoint) {
        return CrashHarness.start(mp, crashPoint, task(condition, come));
    }

    private static Task task(Condition condition, IntValue come) {
        return () -> {
            condition.lock().acquire();
            come.increment();
            condition.await();
            condition.lock().release();
        };
    }

    private Callable<Boolean> waiting() {
        return () -> {
            condition.lock().acquire();
            come.increment();
            boolean signalled = condition.await(Await.LIMIT);
            condition.lock().release();
            return signalled;
        };
    }

    /** Who has come, and has given the lock back, waits. */
    private void awaitCome(int count) throws Exception {
        Await.until(count + " wait", () -> {
            condition.lock().acquire();
            boolean all = come.get() >= count;
            condition.lock().release();
            return all;
        });
    }

    private void signal(int waiters) throws InterruptedException {
        condition.lock().acquire();
        condition.signal(waiters);
        condition.lock().release();
    }

    /** Whether the lock has to be taken over from a dead process. */
    private boolean takesOver() throws InterruptedException {
        Lock lock = condition.lock();
        lock.acquire();
        boolean tookOver = lock.abandonment() != null;
        lock.release();
        return tookOver;
    }
}
