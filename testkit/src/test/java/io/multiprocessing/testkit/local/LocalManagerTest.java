package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Manager;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.testkit.contract.ManagerContract;
import io.multiprocessing.testkit.jvm.Await;
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
            for (String signal : List.of("-INT", "-INT")) {
                var sender = new ProcessBuilder("kill", signal, String.valueOf(manager.pid())).start();
                assertThat(sender.waitFor()).isZero();
            }
            assertThat(list).containsExactly(1);
            assertThat(manager.isAlive()).isTrue();
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
