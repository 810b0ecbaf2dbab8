package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.WorkerDiedException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of inputs, results and exceptions that can't be read, or whose reading or writing kills, in every context. */
@SuppressWarnings("FutureReturnValueIgnored") // where it is about the call
public abstract class PoolUnreadableContract extends ProcessSuite {
    private static final List<Integer> NINE = IntStream.range(0, 9).boxed().toList();

    private static final PoolOptions ONE = PoolOptions.defaults().size(1);
    private static final PoolOptions TWO = PoolOptions.defaults().size(2);

    @Test
    void deathWhileInputsAreReadOrResultsWritten_isFoundOut() throws Exception {
        onlyWithJvms();
        List<Bomb> bombs =
                IntStream.range(0, 9).mapToObj(n -> new Bomb(n, n == 4, false)).toList();
        try (Pool pool = mp.pool(TWO);
                PoolResults<Integer> results = pool.imap(bomb -> bomb.number, bombs, 9, 9)) {
            for (int i = 0; i < 9; i++) {
                if (i == 4) {
                    assertThatThrownBy(results::next).hasCauseInstanceOf(WorkerDiedException.class);
                } else {
                    assertThat(results.next()).isEqualTo(i);
                }
            }
        }
        try (Pool pool = mp.pool(TWO);
                PoolResults<Bomb> results = pool.imap(n -> new Bomb(n, false, n == 4), NINE, 9, 9)) {
            for (int i = 0; i < 9; i++) {
                if (i == 4) {
                    assertThatThrownBy(results::next).hasCauseInstanceOf(WorkerDiedException.class);
                } else {
                    assertThat(results.next()).hasFieldOrPropertyWithValue("number", i);
                }
            }
        }
    }

    @Test
    void aResultThatCanNotBeRead_isAFailure() throws Exception {
        onlyWithJvms(); // what is read in one process and not in another
        try (Pool pool = mp.pool(ONE)) {
            assertThatThrownBy(() -> pool.apply(
                            () -> new Unreadable(ProcessHandle.current().pid())))
                    .cause()
                    .isInstanceOf(UnreadableMessageException.class);
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void anInputThatCanNotBeRead_failsAlone() throws Exception {
        onlyWithJvms(); // what is read in one process and not in another
        long here = ProcessHandle.current().pid();
        List<Object> inputs = new ArrayList<>(NINE);
        inputs.set(4, new Unreadable(here));
        try (Pool pool = mp.pool(TWO);
                PoolResults<Object> results = pool.imap(input -> input, inputs, 9, 9)) {
            for (int i = 0; i < 9; i++) {
                if (i == 4) {
                    assertThatThrownBy(results::next).hasCauseInstanceOf(UnreadableMessageException.class);
                } else {
                    assertThat(results.next()).isEqualTo(i);
                }
            }
            assertThat(pool.insights().restarts()).isZero();
        }
    }

    @Test
    void inputsThatNobodyCanRead_failWithoutThePool() throws Exception {
        List<Object> inputs = List.of(1, new Unreadable(-1), 3);
        try (Pool pool = mp.pool(ONE)) {
            assertThatThrownBy(() -> pool.map(input -> input, inputs, 3))
                    .hasCauseInstanceOf(UnreadableMessageException.class);
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void anExceptionThatCanNotBeRead_isAFailureOfItsTask() throws Exception {
        try (Pool pool = mp.pool(ONE)) {
            assertThatThrownBy(() -> pool.apply(() -> {
                        throw new UnreadableException("lost");
                    }))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .hasStackTraceContaining("UnreadableException")
                    .hasStackTraceContaining("lost");
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    /** Can be written, but not read. */
    static final class UnreadableException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        UnreadableException(String message) {
            super(message);
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("not to be read");
        }
    }

    /** Kills who reads or writes it, in a worker. */
    static final class Bomb implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private static final long HOME = ProcessHandle.current().pid();

        int number;
        boolean diesAtRead;
        boolean diesAtWrite;
        long maker = HOME;

        Bomb(int number, boolean diesAtRead, boolean diesAtWrite) {
            this.number = number;
            this.diesAtRead = diesAtRead;
            this.diesAtWrite = diesAtWrite;
        }

        @Serial
        private void writeObject(ObjectOutputStream out) throws IOException {
            if (diesAtWrite) {
                PoolDeathContract.dieHard();
            }
            out.defaultWriteObject();
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (diesAtRead && maker != HOME) {
                PoolDeathContract.dieHard();
            }
        }
    }

    /** Can be read only where it was made. */
    static final class Unreadable implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final long pid;

        Unreadable(long pid) {
            this.pid = pid;
        }

        @Serial
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            if (pid != ProcessHandle.current().pid()) {
                throw new IOException("made elsewhere");
            }
        }
    }
}
