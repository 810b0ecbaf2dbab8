package io.multiprocessing.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.JoinableQueue;
import io.multiprocessing.Lock;
import io.multiprocessing.Manager;
import io.multiprocessing.ManagerEndedException;
import io.multiprocessing.Queue;
import io.multiprocessing.Semaphore;
import io.multiprocessing.testkit.jvm.Await;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What holds when a client of a manager dies at a line of its pipe. What it sends are two greetings, the wish to hold the
 * object, the call, and where something is taken from a queue that it has got it; what it receives are four answers.
 */
class ManagerCrashTest extends CrashTest {
    /** It has not got it while it has not said so. */
    @ParameterizedTest
    @ValueSource(strings = {"pipe-K3:4", "pipe-K4:4", "pipe-K5:4", "pipe-K6:4", "pipe-K1:5"})
    void messageComesBack_whenItsTakerDiesBeforeItHasGotIt(String point) throws Exception {
        try (Manager manager = mp.manager()) {
            JoinableQueue<Integer> queue = manager.joinableQueue(2);
            queue.put(1);
            queue.put(2);
            CrashHarness.killChildAt(mp, point, queue::get);
            assertThat(List.of(queue.get(RECOVERY), queue.get(RECOVERY))).containsExactlyInAnyOrder(1, 2);
            assertThat(queue.poll()).isNull();
            queue.taskDone();
            queue.taskDone();
            assertThat(queue.join(RECOVERY)).isTrue();
        }
    }

    @Test
    void messageIsGone_whenItsTakerDiesAfterItHasSaidSo() throws Exception {
        try (Manager manager = mp.manager()) {
            Queue<Integer> queue = manager.queue();
            queue.putAll(List.of(1, 2));
            CrashHarness.killChildAt(mp, "pipe-K3:5", queue::get);
            assertThat(queue.get(RECOVERY)).isEqualTo(2);
            assertThat(queue.poll()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe-K3:4", "pipe-K5:4", "pipe-K1:5"})
    void messagesComeBackInTheirOrder_whenTheirTakerDies(String point) throws Exception {
        try (Manager manager = mp.manager()) {
            Queue<Integer> queue = manager.queue();
            queue.putAll(List.of(1, 2, 3));
            CrashHarness.killChildAt(mp, point, () -> queue.drainTo(new ArrayList<>(), 2));
            Await.until("they are back", RECOVERY, () -> queue.snapshot().equals(List.of(1, 2, 3)));
        }
    }

    /** K1: not asked for; the others: asked for, and perhaps given to the dead. */
    @ParameterizedTest
    @CsvSource({"pipe-K1:4", "pipe-K2:4", "pipe-K3:4", "pipe-K4:4", "pipe-K5:4", "pipe-K6:4"})
    void lockAndPermitAreFree_whenWhoAcquiresDies(String point) throws Exception {
        try (Manager manager = mp.manager()) {
            Lock lock = manager.lock();
            Semaphore semaphore = manager.semaphore(1);
            CrashHarness.killChildAt(mp, point, lock::acquire);
            CrashHarness.killChildAt(mp, point, semaphore::acquire);
            assertThat(lock.acquire(RECOVERY)).isTrue();
            assertThat(semaphore.acquire(RECOVERY)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe-K1:1", "pipe-K3:1", "pipe-K5:1", "pipe-K3:2", "pipe-K5:2", "pipe-K3:3", "pipe-K5:3"})
    void nothingIsLeftOfAClient_thatDiesWhileItComes(String point) throws Exception {
        try (Manager manager = mp.manager()) {
            List<Integer> list = manager.list(List.of(1));
            int before = manager.objectCount();
            CrashHarness.killChildAt(mp, point, () -> list.set(0, 2));
            assertThat(list).containsExactly(1);
            Await.until("nothing is left", RECOVERY, () -> manager.objectCount() == before);
        }
    }

    /** The call is done: nobody knows to whom the object belongs but the dead. */
    @ParameterizedTest
    @ValueSource(strings = {"pipe-K1:3", "pipe-K3:3", "pipe-K5:3", "pipe-K6:3"})
    void objectIsFreed_whenItsMakerDiesBeforeItKnowsIt(String point) throws Exception {
        try (Manager manager = mp.manager()) {
            CrashHarness.killChildAt(mp, point, manager::dict);
            Await.until("nothing is left", RECOVERY, () -> manager.objectCount() == 0);
        }
    }

    @Test
    void callersLearnAtOnce_thatTheManagerIsDead() throws Exception {
        Manager manager = mp.manager();
        Queue<Integer> queue = manager.queue();
        var waiting = begin(() -> {
            try {
                return queue.get();
            } catch (ManagerEndedException told) {
                return -1;
            }
        });
        Await.until("it waits", queue::isEmpty);
        ProcessHandle.of(manager.pid()).orElseThrow().destroyForcibly();
        assertThat(recovered(waiting)).isEqualTo(-1);
        manager.close();
    }
}
