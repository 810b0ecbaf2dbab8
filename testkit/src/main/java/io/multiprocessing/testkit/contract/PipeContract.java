package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Connection;
import io.multiprocessing.Pipe;
import io.multiprocessing.Queue;
import io.multiprocessing.QueueShutDownException;
import io.multiprocessing.testkit.jvm.Await;
import java.io.EOFException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What pipes do beyond what all connections do, in every context. */
public abstract class PipeContract extends ConnectionContract {
    @Override
    protected Pipe pair() {
        return mp.pipe();
    }

    @Test
    void firstReceivesAndSecondSends_ifItGoesOneWay() throws Exception {
        try (Pipe pipe = mp.pipe(false)) {
            assertThat(pipe.first().isReadable()).isTrue();
            assertThat(pipe.first().isWritable()).isFalse();
            assertThat(pipe.second().isReadable()).isFalse();
            assertThat(pipe.second().isWritable()).isTrue();
            pipe.second().send("one way");
            assertThat(pipe.first().receive()).isEqualTo("one way");
            assertThatThrownBy(() -> pipe.first().send(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("only receives");
            assertThatThrownBy(() -> pipe.second().receive())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("only sends");
            assertThatThrownBy(() -> pipe.second().poll()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> pipe.second().receiveBytesNow()).isInstanceOf(IllegalStateException.class);
            assertThat(pipe.first()).hasToString("Connection[first end of a pipe, receives]");
            assertThat(pipe.second()).hasToString("Connection[second end of a pipe, sends]");
            pipe.second().close();
            assertThat(pipe.first()).hasToString("Connection[first end of a pipe, receives, the other end is closed]");
        }
    }

    /** Whether a large message takes a while to come. */
    protected boolean isSentInParts() {
        return true;
    }

    @Test
    void messageThatIsTooLongClosesAnEndThatOnlyReceives() throws Exception {
        try (Pipe pipe = mp.pipe(false)) {
            pipe.second().sendBytes(new byte[2]);
            assertThatThrownBy(() -> pipe.first().receiveBytes(1)).hasMessageContaining("2 bytes");
            assertThat(pipe.first().isClosed()).isTrue();
        }
    }

    @Test
    void timedSendIsWhollyDoneOrNotAtAll() throws Exception {
        try (Pipe pipe = mp.pipe(false)) {
            byte[] large = new byte[1_000_000];
            assertThatThrownBy(() -> pipe.second().sendBytesNow(large)).isInstanceOf(TimeoutException.class);
            assertThat(pipe.first().poll()).isFalse();
            assertThatThrownBy(() -> pipe.second().sendBytes(large, 0, large.length, SHORT))
                    .isInstanceOf(TimeoutException.class);
            assertThatThrownBy(() -> pipe.first().receive(SHORT)).isInstanceOf(TimeoutException.class);
            int sent = 0;
            try {
                while (true) {
                    pipe.second().sendBytesNow(new byte[] {(byte) sent});
                    sent++;
                }
            } catch (TimeoutException full) {
                assertThat(sent).isGreaterThan(1_000);
            }
            assertThatThrownBy(() -> pipe.second().send(1, SHORT)).isInstanceOf(TimeoutException.class);
            for (int i = 0; i < sent; i++) {
                assertThat(pipe.first().receiveBytes()).containsExactly(i);
            }
            assertThat(pipe.first().poll()).isFalse();
        }
    }

    /** The rest of a message is received later, by whichever form. */
    @Test
    void receiverMayStopInTheMiddleOfAMessage() throws Exception {
        try (Pipe pipe = mp.pipe(false);
                Threads threads = Threads.Kind.PLATFORM.open()) {
            byte[] large = new byte[50_000_000];
            large[large.length - 1] = 1;
            Threads.Running<Void> sender = threads.run(() -> pipe.second().sendBytes(large));
            int stopped = 0;
            byte[] received = null;
            while (received == null) {
                try {
                    received = pipe.first().receiveBytes(Duration.ofMillis(1));
                } catch (TimeoutException inTheMiddle) {
                    stopped++;
                }
            }
            assertThat(received).isEqualTo(large);
            if (isSentInParts()) {
                assertThat(stopped).isPositive();
            }
            sender.get();
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotPin(Threads.Kind kind) throws Exception {
        try (Pipe pipe = mp.pipe();
                Threads threads = Threads.Kind.VIRTUAL.open()) {
            assertDoesNotPin(
                    threads,
                    kind == Threads.Kind.VIRTUAL
                            ? () -> pipe.first().poll(Await.LIMIT)
                            : () -> pipe.first().receive());
        }
    }

    @ParameterizedTest
    @EnumSource
    void endsWithItsContext(Threads.Kind kind) throws Exception {
        Pipe pipe = mp.pipe();
        assertEndsWithContext(kind, () -> pipe.first().receive());
        assertThat(pipe.first().isClosed()).isTrue();
        assertThatThrownBy(() -> pipe.first().send(1)).isInstanceOf(IllegalStateException.class);
        assertThat(pipe.first()).hasToString("Connection[closed]");
        pipe.close();
    }

    @Test
    void endsTravelInMessages() throws Exception {
        try (Pipe carrier = mp.pipe()) {
            Pipe pipe = mp.pipe();
            carrier.first().send(pipe.second());
            pipe.second().close(); // it is on its way
            assertThat(pipe.first().poll(SHORT)).isFalse();
            Connection arrived = carrier.second().receive(Connection.class);
            assertThat(arrived).isEqualTo(pipe.second()).isNotSameAs(pipe.second());
            arrived.send("from afar");
            arrived.close();
            assertThat(pipe.first().receive()).isEqualTo("from afar");
            assertThatThrownBy(() -> pipe.first().receive(Await.LIMIT)).isInstanceOf(EOFException.class);
            pipe.close();
        }
    }

    @Test
    void endTravelsAgainAndAgain() throws Exception {
        try (Pipe carrier = mp.pipe();
                Pipe pipe = mp.pipe()) {
            for (int i = 0; i < 1_000; i++) {
                carrier.first().send(pipe.second());
                Connection arrived = carrier.second().receive(Connection.class);
                if (i % 2 == 0) {
                    assertThat(arrived).isSameAs(pipe.second());
                }
            }
            pipe.second().close();
            assertThatThrownBy(() -> pipe.first().receive(Await.LIMIT)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void endOfAMessageThatWasNotSentIsNotKept() throws Exception {
        try (Pipe carrier = mp.pipe();
                Pipe pipe = mp.pipe()) {
            assertThatThrownBy(() -> carrier.first().send(List.of(pipe.second(), new NotSendable())))
                    .isInstanceOf(IllegalArgumentException.class);
            pipe.second().close();
            assertThatThrownBy(() -> pipe.first().receive(Await.LIMIT)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void endOfAMessageThatWasNotPutIsNotKept() throws Exception {
        Queue<Object> full = mp.queue(1);
        full.put(1);
        Queue<Object> shutDown = mp.queue();
        shutDown.shutdown();
        try (Pipe pipe = mp.pipe()) {
            Connection end = pipe.second();
            assertThat(full.offer(end)).isFalse();
            assertThat(full.offer(List.of(end), 1, TimeUnit.MILLISECONDS)).isFalse();
            assertThatThrownBy(() -> shutDown.put(end)).isInstanceOf(QueueShutDownException.class);
            assertThatThrownBy(() -> shutDown.putAll(List.of(1, end))).isInstanceOf(QueueShutDownException.class);
            assertThatThrownBy(() -> mp.queue().putAll(List.of(end, new NotSendable())))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> mp.simpleQueue().put(List.of(end, new NotSendable())))
                    .isInstanceOf(IllegalArgumentException.class);
            end.close();
            assertThatThrownBy(() -> pipe.first().receive(Await.LIMIT)).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void closedEndCantBeSent() {
        Pipe pipe = mp.pipe();
        pipe.close();
        assertThatThrownBy(() -> mp.pipe().first().send(pipe.first())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void endIsHeldInManyPlaces_butNotInTooMany() throws Exception {
        try (Pipe pipe = mp.pipe()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            Travel.copyOf(new Object[] {pipe.second()});
                            mp.queue().put(pipe.second());
                        }
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("256");
        }
    }
}
