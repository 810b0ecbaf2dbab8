package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Event;
import io.multiprocessing.Lock;
import io.multiprocessing.Manager;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.testkit.contract.ManagerContract;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.Signals;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OwnFolder.class)
class LocalManagerTest extends ManagerContract {
    @Override
    protected String uri() {
        return "local:";
    }

    @Test
    void theInterruptThatATerminalSendsToAllDoesNotEndAManager() throws Exception {
        try (Manager manager = mp.manager()) {
            List<Integer> list = manager.list(List.of(1));
            for (int i = 0; i < 2; i++) {
                Signals.send("INT", manager.pid());
            }
            assertThat(list).containsExactly(1);
            assertThat(manager.isAlive()).isTrue();
        }
    }

    /** It is alive, so nothing is taken away from it. */
    @Test
    void aClientThatIsStoppedKeepsItsLock() throws Exception {
        try (Manager manager = mp.manager()) {
            Lock lock = manager.lock();
            Event taken = mp.event();
            Event goOn = mp.event();
            Process child = mp.process(() -> {
                        try (var _ = lock.hold()) {
                            taken.set();
                            goOn.await();
                        }
                    })
                    .start();
            assertThat(taken.await(Await.LIMIT)).isTrue();
            long pid = child.pid().orElseThrow();
            Signals.stop(pid);
            assertThat(lock.acquire(Duration.ofMillis(300))).isFalse();
            assertThat(lock.isLocked()).isTrue();
            Signals.send("CONT", pid);
            goOn.set();
            assertThat(lock.acquire(Await.LIMIT)).isTrue();
            assertThat(lock.abandonment()).isNull();
            assertThat(child.join(Await.LIMIT)).isTrue();
        }
    }

    @Test
    void aProxyThatCameTooLateSaysSo() throws Exception {
        System.setProperty("multiprocessing.manager.linger", "1");
        try (Manager manager = mp.manager()) {
            Queue<List<Integer>> slow = mp.queue();
            Process child = mp.process(() -> slow.put(manager.list(List.of(1)))).start();
            assertThat(child.join(Await.LIMIT)).isTrue();
            Await.until("nobody has it any more", () -> manager.objectCount() == 0);
            assertThatThrownBy(slow::get)
                    .isInstanceOfAny(NoSuchElementException.class, UnreadableMessageException.class)
                    .hasStackTraceContaining("is gone");
        } finally {
            System.clearProperty("multiprocessing.manager.linger");
        }
    }
}
