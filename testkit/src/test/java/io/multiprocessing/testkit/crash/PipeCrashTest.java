package io.multiprocessing.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.BrokenPipeException;
import io.multiprocessing.Connection;
import io.multiprocessing.Event;
import io.multiprocessing.Pipe;
import io.multiprocessing.Process;
import io.multiprocessing.codec.Handle;
import io.multiprocessing.testkit.jvm.Signals;
import java.io.EOFException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds when a process dies at a kill point of a pipe. */
class PipeCrashTest extends CrashTest {
    private static final int LARGE = 1_000_000;

    @ParameterizedTest
    @CsvSource({"pipe-K1:3,2", "pipe-K2:3,3", "pipe-K3:3,3"})
    void messageIsSentOrNot_whenItsSenderIsDead(String point, int sent) throws Exception {
        Pipe pipe = mp.pipe(false);
        Connection second = pipe.second();
        CrashHarness.killChildAt(mp, point, () -> {
            for (int i = 0; i < 10; i++) {
                second.send(i);
            }
        });
        recovered(() -> {
            second.send(-1); // we still hold this end
            return null;
        });
        for (int i = 0; i < sent; i++) {
            assertThat(next(pipe.first())).isEqualTo(i);
        }
        assertThat(next(pipe.first())).isEqualTo(-1);
        assertThat(pipe.first().poll()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe-K1:3", "pipe-K2:3", "pipe-K3:3", "pipe-K7:3"})
    void endIsSeen_whenTheLastSenderIsDead(String point) throws Exception {
        Pipe pipe = mp.pipe(false);
        Connection second = pipe.second();
        Process child = CrashHarness.start(mp, point, () -> {
            second.send(0);
            second.send(1);
            second.send(2);
            second.sendBytes(new byte[LARGE]);
        });
        second.close();
        assertThatThrownBy(() -> {
                    for (int i = 0; ; i++) {
                        Object message = pipe.first().receive();
                        assertThat(message).isEqualTo(i);
                    }
                })
                .isInstanceOf(EOFException.class);
        CrashHarness.assertKilled(child, point);
    }

    @ParameterizedTest
    @CsvSource({"pipe-K4:3,2", "pipe-K5:3,3", "pipe-K6:3,3"})
    void messageIsThereOrTaken_whenItsReceiverIsDead(String point, int taken) throws Exception {
        Pipe pipe = mp.pipe(false);
        Connection first = pipe.first();
        for (int i = 0; i < 10; i++) {
            pipe.second().send(i);
        }
        CrashHarness.killChildAt(mp, point, () -> {
            while (true) {
                first.receive();
            }
        });
        for (int i = taken; i < 10; i++) {
            assertThat(next(first)).isEqualTo(i);
        }
        assertThat(first.poll()).isFalse();
    }

    @Test
    void whoWaitsReceives_whenTheSenderDiedBeforeItWokeAnybody() throws Exception {
        Pipe pipe = mp.pipe(false);
        Connection second = pipe.second();
        Future<Object> receiver = begin(() -> pipe.first().receive());
        CrashHarness.killChildAt(mp, "pipe-K3", () -> second.send(1));
        assertThat(recovered(receiver)).isEqualTo(1);
    }

    @Test
    void whoWaitsSends_whenTheReceiverDiedBeforeItWokeAnybody() throws Exception {
        Pipe pipe = mp.pipe(false);
        Connection first = pipe.first();
        byte[] quarter = new byte[30_000];
        for (int i = 0; i < 4; i++) {
            pipe.second().sendBytesNow(quarter);
        }
        Future<Boolean> sender = begin(() -> {
            pipe.second().sendBytes(quarter);
            return true;
        });
        CrashHarness.killChildAt(mp, "pipe-K6", first::receiveBytes);
        assertThat(recovered(sender)).isTrue();
    }

    /** Its parts that came before are dropped; the next message is whole. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void largeMessageIsNeverSeen_whenItsSenderDiedInTheMiddle(int parts) throws Exception {
        Pipe pipe = mp.pipe(false);
        Connection second = pipe.second();
        Future<byte[]> receiver = begin(() -> pipe.first().receiveBytes());
        CrashHarness.killChildAt(mp, "pipe-K7:" + parts, () -> second.sendBytes(new byte[LARGE]));
        assertThat(receiver.isDone()).isFalse();
        recovered(() -> {
            second.sendBytes(new byte[] {7});
            return null;
        });
        assertThat(recovered(receiver)).containsExactly(7);
        assertThat(pipe.first().poll()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void restOfALargeMessageIsPassedOver_whenItsReceiverDiedInTheMiddle(int parts) throws Exception {
        Pipe pipe = mp.pipe(false);
        Connection first = pipe.first();
        Future<Boolean> sender = begin(() -> {
            pipe.second().sendBytes(new byte[LARGE]);
            pipe.second().sendBytes(new byte[] {7});
            return true;
        });
        CrashHarness.killChildAt(mp, "pipe-K8:" + parts, first::receiveBytes);
        assertThat(recovered(() -> first.receiveBytes())).containsExactly(7);
        assertThat(recovered(sender)).isTrue();
        assertThat(first.poll()).isFalse();
    }

    @Test
    void senderOfALargeMessageLearnsThatItsReceiverDiedInTheMiddle() throws Exception {
        Pipe pipe = mp.pipe(false);
        Connection first = pipe.first();
        Process child = CrashHarness.start(mp, "pipe-K8:3", first::receiveBytes);
        first.close();
        assertThatThrownBy(() -> pipe.second().sendBytes(new byte[LARGE])).isInstanceOf(BrokenPipeException.class);
        CrashHarness.assertKilled(child, "pipe-K8:3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipe-K9", "pipe-K10", "pipe-K11"})
    void endIsSeen_whenWhoLetsGoOrGetsItDies(String point) throws Exception {
        Pipe pipe = mp.pipe(false);
        Connection second = pipe.second();
        Future<Object> receiver = begin(() -> pipe.first().receive());
        Process child = CrashHarness.start(mp, point, second::close);
        second.close();
        CrashHarness.assertKilled(child, point);
        assertThatThrownBy(() -> recovered(receiver)).isInstanceOf(EOFException.class);
    }

    @Test
    void memoryGoesWithTheContext_whenWhoClosedLastIsDead() throws Exception {
        Pipe pipe = mp.pipe(false);
        Connection first = pipe.first();
        Connection second = pipe.second();
        Event closedHere = mp.event();
        Path folder = Path.of(((Handle.Source) closedHere).handle().context());
        Process child = CrashHarness.start(mp, "pipe-K12", () -> {
            closedHere.await();
            first.close();
            second.close();
        });
        pipe.close();
        closedHere.set();
        CrashHarness.assertKilled(child, "pipe-K12");
        mp.close();
        assertThat(Files.exists(folder)).isFalse();
    }

    @Test
    void stoppedSenderIsNotTakenForDead() throws Exception {
        Pipe pipe = mp.pipe(false);
        Connection second = pipe.second();
        Process child = mp.process(() -> {
                    second.send(1);
                    Thread.sleep(600_000);
                })
                .start();
        second.close();
        assertThat(next(pipe.first())).isEqualTo(1);
        Signals.stop(child.pid().orElseThrow());
        assertThatThrownBy(() -> pipe.first().receive(Duration.ofMillis(500))).isInstanceOf(TimeoutException.class);
        kill(child);
        assertThatThrownBy(() -> next(pipe.first())).isInstanceOf(EOFException.class);
    }

    /** What a dead process must not keep from us. */
    private Object next(Connection connection) throws Exception {
        return recovered(() -> connection.receive());
    }
}
