package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.BrokenPipeException;
import io.multiprocessing.BufferTooShortException;
import io.multiprocessing.Connection;
import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.MessageTooLongException;
import io.multiprocessing.Pipe;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.testkit.jvm.Await;
import java.io.EOFException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What connections do that go both ways, whatever carries them, between the threads of one process. */
public abstract class ConnectionContract extends SynchronizationContract {
    /** A message that can't be sent. */
    static final class NotSendable {}

    /** More than any carrier keeps. */
    private static final int LARGE = 20_000_000;

    /** Two ends that belong together. */
    protected abstract Pipe pair() throws Exception;

    @Test
    void objectsGoBothWaysInTheirOrder() throws Exception {
        try (Pipe pipe = pair()) {
            pipe.first().send("a");
            pipe.first().send(List.of(1, 2.0, true), Await.LIMIT);
            pipe.first().sendNow(null);
            pipe.second().send(7L);
            assertThat(pipe.first().receive()).isEqualTo(7L);
            assertThat(pipe.second().receive()).isEqualTo("a");
            assertThat(pipe.second().receive(Await.LIMIT)).isEqualTo(List.of(1, 2.0, true));
            assertThat(pipe.second().poll(Await.LIMIT)).isTrue();
            assertThat(pipe.second().receiveNow()).isNull();
        }
    }

    @Test
    void bytesKeepTheirBounds() throws Exception {
        try (Pipe pipe = pair()) {
            byte[] bytes = {0, 1, 2, 3, 4};
            pipe.first().sendBytes(bytes);
            pipe.first().sendBytes(bytes, 1, 3);
            pipe.first().sendBytes(bytes, 5, 0);
            pipe.first().sendBytes(bytes, 2, 1, Await.LIMIT);
            pipe.first().sendBytesNow(new byte[0]);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment memory = arena.allocate(100_000);
                memory.set(ValueLayout.JAVA_BYTE, 99_999, (byte) 9);
                pipe.first().sendBytes(memory);
            }
            assertThat(pipe.second().receiveBytes()).containsExactly(0, 1, 2, 3, 4);
            assertThat(pipe.second().receiveBytes(3)).containsExactly(1, 2, 3);
            assertThat(pipe.second().receiveBytes(0)).isEmpty();
            assertThat(pipe.second().receiveBytes(Await.LIMIT)).containsExactly(2);
            assertThat(pipe.second().poll(Await.LIMIT)).isTrue();
            assertThat(pipe.second().receiveBytesNow()).isEmpty();
            byte[] received = pipe.second().receiveBytes();
            assertThat(received).hasSize(100_000).endsWith(9);
        }
    }

    @Test
    void emptyMessageIsAMessage() throws Exception {
        try (Pipe pipe = pair()) {
            assertThat(pipe.second().poll()).isFalse();
            pipe.first().sendBytes(new byte[0]);
            assertThat(pipe.second().poll(Await.LIMIT)).isTrue();
            assertThat(pipe.second().poll()).isTrue();
            assertThat(pipe.second().receiveBytes()).isEmpty();
            assertThat(pipe.second().poll()).isFalse();
        }
    }

    @Test
    void receivesIntoAnArray() throws Exception {
        try (Pipe pipe = pair()) {
            byte[] target = new byte[5];
            pipe.first().sendBytes(new byte[] {1, 2, 3});
            pipe.first().sendBytes(new byte[] {4, 5, 6});
            pipe.first().sendBytes(new byte[] {7});
            assertThat(pipe.second().receiveBytesInto(target, 2)).isEqualTo(3);
            assertThat(target).containsExactly(0, 0, 1, 2, 3);
            assertThatThrownBy(() -> pipe.second().receiveBytesInto(target, 3))
                    .isInstanceOfSatisfying(
                            BufferTooShortException.class,
                            tooShort -> assertThat(tooShort.bytes()).containsExactly(4, 5, 6));
            assertThat(pipe.second().receiveBytesInto(target, 0, Await.LIMIT)).isEqualTo(1);
            assertThat(target).startsWith(7, 0);
            assertThatThrownBy(() -> pipe.second().receiveBytesInto(target, 6))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void wrongArgumentsAreRefused() throws Exception {
        try (Pipe pipe = pair()) {
            byte[] bytes = new byte[5];
            assertThatThrownBy(() -> pipe.first().sendBytes(bytes, -1, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> pipe.first().sendBytes(bytes, 1, -1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> pipe.first().sendBytes(bytes, 6, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> pipe.first().sendBytes(bytes, 3, 3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> pipe.first().receiveBytes(-1)).isInstanceOf(IllegalArgumentException.class);
            assertThat(pipe.second().poll()).isFalse();
        }
    }

    @Test
    void whatCantBeSentIsRefused_andTheConnectionIsUnharmed() throws Exception {
        try (Pipe pipe = pair()) {
            assertThatThrownBy(() -> pipe.first().send(List.of(new NotSendable())))
                    .isInstanceOf(MessageNotSerializableException.class)
                    .hasMessageContaining("NotSendable");
            pipe.first().send(1);
            assertThat(pipe.second().receive()).isEqualTo(1);
        }
    }

    @Test
    void whatCantBeReadIsLostAlone() throws Exception {
        try (Pipe pipe = pair()) {
            pipe.first().sendBytes(new byte[] {(byte) 0x80, 4, 'N', '.'});
            pipe.first().sendBytes(new byte[] {0x7f, 1});
            pipe.first().sendBytes(new byte[0]);
            pipe.first().send(1);
            assertThatThrownBy(() -> pipe.second().receive())
                    .isInstanceOf(UnreadableMessageException.class)
                    .hasMessageContaining("pickle");
            assertThatThrownBy(() -> pipe.second().receive()).isInstanceOf(UnreadableMessageException.class);
            assertThatThrownBy(() -> pipe.second().receive()).isInstanceOf(UnreadableMessageException.class);
            assertThat(pipe.second().receive(Integer.class)).isEqualTo(1);
        }
    }

    @Test
    void typeOfAMessageIsChecked() throws Exception {
        try (Pipe pipe = pair()) {
            pipe.first().send("text");
            pipe.first().send(null);
            assertThatThrownBy(() -> pipe.second().receive(Integer.class))
                    .isInstanceOf(ClassCastException.class)
                    .hasMessageContaining("java.lang.String");
            assertThatThrownBy(() -> pipe.second().receive(Integer.class))
                    .isInstanceOf(ClassCastException.class)
                    .hasMessageContaining("null");
        }
    }

    @Test
    void nothingMoreIsReceived_afterAMessageThatIsTooLong() throws Exception {
        try (Pipe pipe = pair()) {
            pipe.first().sendBytes(new byte[11]);
            assertThatThrownBy(() -> pipe.second().receiveBytes(10))
                    .isInstanceOf(MessageTooLongException.class)
                    .hasMessageContaining("11");
            assertThat(pipe.second().isReadable()).isFalse();
            assertThatThrownBy(() -> pipe.second().receiveBytes()).isInstanceOf(IllegalStateException.class);
            pipe.second().send("still");
            assertThat(pipe.first().receive()).isEqualTo("still");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 32_752, 32_753, 131_055, 131_072, 1_000_000, LARGE})
    void messagesOfAllSizesArrive(int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        try (Pipe pipe = pair();
                Threads threads = Threads.Kind.PLATFORM.open()) {
            Threads.Running<Void> sender = threads.run(() -> {
                pipe.first().sendBytes(bytes);
                pipe.first().send(bytes);
                pipe.first().sendBytes(bytes, size / 2, size / 4);
            });
            assertThat(pipe.second().receiveBytes()).isEqualTo(bytes);
            assertThat(pipe.second().receive()).isEqualTo(bytes);
            assertThat(pipe.second().receiveBytes(Await.LIMIT)).hasSize(size / 4);
            sender.get();
        }
    }

    @Test
    void manyMessagesOfManySizesArriveInOrder() throws Exception {
        int messages = 2_000;
        try (Pipe pipe = pair();
                Threads threads = Threads.Kind.PLATFORM.open()) {
            Threads.Running<Void> sender = threads.run(() -> {
                Random random = new Random(1);
                for (int i = 0; i < messages; i++) {
                    pipe.first().sendBytes(message(i, random));
                }
            });
            Random random = new Random(1);
            for (int i = 0; i < messages; i++) {
                assertThat(pipe.second().receiveBytes()).isEqualTo(message(i, random));
            }
            sender.get();
        }
    }

    private static byte[] message(int number, Random random) {
        byte[] message = new byte[random.nextInt(4) == 0 ? random.nextInt(150_000) : random.nextInt(100)];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) (number + i);
        }
        return message;
    }

    @Test
    void severalSendersAndReceiversLoseNothing() throws Exception {
        int each = 3_000;
        List<Object> received = new ArrayList<>();
        try (Pipe pipe = pair();
                Threads threads = Threads.Kind.PLATFORM.open()) {
            for (int sender = 0; sender < 2; sender++) {
                int from = sender * each;
                threads.run(() -> {
                    for (int i = 0; i < each; i++) {
                        pipe.first().send(from + i);
                    }
                });
                threads.run(() -> {
                    for (int i = 0; i < each; i++) {
                        Object message = pipe.second().receive();
                        synchronized (received) {
                            received.add(message);
                        }
                    }
                });
            }
            threads.join();
        }
        assertThat(received).hasSize(2 * each).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void receiveWaits(Threads.Kind kind) throws Exception {
        try (Pipe pipe = pair();
                Threads threads = kind.open()) {
            assertInterruptible(kind, pipe.first()::receive);
            assertInterruptible(kind, pipe.first()::receiveBytes);
            assertInterruptible(kind, () -> pipe.first().poll(Await.LIMIT));
            Threads.Running<Void> receiver = startAndLetWait(
                    threads, () -> assertThat(pipe.first().receive()).isEqualTo(1));
            assertThat(receiver.isDone()).isFalse();
            pipe.second().send(1);
            receiver.get();
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendWaitsForRoom(Threads.Kind kind) throws Exception {
        try (Pipe pipe = pair();
                Threads threads = kind.open()) {
            byte[] large = new byte[LARGE];
            assertInterruptible(kind, () -> pipe.first().sendBytes(large));
            // What an interrupted sender had begun is either never seen, or the connection says so.
            if (pipe.first().isClosed()) {
                return;
            }
            Threads.Running<Void> sender =
                    startAndLetWait(threads, () -> pipe.first().sendBytes(large));
            assertThat(sender.isDone()).isFalse();
            assertThat(pipe.second().receiveBytes()).isEqualTo(large);
            sender.get();
        }
    }

    @Test
    void timeIsKept() throws Exception {
        try (Pipe pipe = pair()) {
            assertTimesOut(() -> pipe.first().poll(SHORT), SHORT);
            assertTimesOut(() -> pipe.first().await(SHORT), SHORT);
            assertTimesOut(() -> inTime(() -> pipe.first().receive(SHORT)), SHORT);
            assertTimesOut(() -> inTime(() -> pipe.first().receiveBytes(SHORT)), SHORT);
            assertTimesOut(() -> inTime(() -> pipe.first().receiveBytesInto(new byte[1], 0, SHORT)), SHORT);
            assertTimesOut(() -> inTime(() -> pipe.first().receiveNow()), NONE);
            assertTimesOut(() -> inTime(() -> pipe.first().receiveBytesNow()), NONE);
            assertTimesOut(() -> inTime(() -> pipe.first().receive(NONE.minus(SHORT))), NONE);
            assertThat(pipe.first().poll(NONE)).isFalse();
            assertThat(pipe.first().isReady()).isFalse();
        }
    }

    private static boolean inTime(Threads.Work work) throws Exception {
        try {
            work.run();
            return true;
        } catch (TimeoutException late) {
            return false;
        }
    }

    @ParameterizedTest
    @EnumSource
    void endComes_whenTheOtherEndIsClosed(Threads.Kind kind) throws Exception {
        try (Pipe pipe = pair();
                Threads threads = kind.open()) {
            Threads.Running<Void> receiver = startAndLetWait(threads, () -> {
                assertThat(pipe.first().receive()).isEqualTo("last");
                pipe.first().receive();
            });
            pipe.second().send("last");
            pipe.second().close();
            pipe.second().close();
            assertThat(receiver.failure()).isInstanceOf(EOFException.class);
            assertThat(pipe.first().poll()).isTrue();
            assertThatThrownBy(() -> pipe.first().receiveBytesNow()).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> pipe.first().receive(SHORT)).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> {
                        // A socket notices when the other side has answered.
                        while (true) {
                            pipe.first().sendBytes(new byte[100_000]);
                        }
                    })
                    .isInstanceOf(BrokenPipeException.class);
            assertThat(pipe.second().isClosed()).isTrue();
            assertThat(pipe.first().isClosed()).isFalse();
        }
    }

    @Test
    void whatWasSentIsReceived_whenTheSenderHasClosed() throws Exception {
        try (Pipe pipe = pair()) {
            for (int i = 0; i < 100; i++) {
                pipe.second().send(i);
            }
            pipe.second().close();
            for (int i = 0; i < 100; i++) {
                assertThat(pipe.first().receive()).isEqualTo(i);
            }
            assertThatThrownBy(() -> pipe.first().receive()).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingEndsTheUseOfAnEnd(Threads.Kind kind) throws Exception {
        try (Pipe pipe = pair();
                Threads threads = kind.open()) {
            Connection end = pipe.first();
            Threads.Running<Void> receiver = startAndLetWait(threads, end::receive);
            Threads.Running<Void> sender = startAndLetWait(threads, () -> end.sendBytes(new byte[LARGE]));
            end.close();
            assertThat(receiver.failure()).isInstanceOf(IllegalStateException.class);
            assertThat(sender.failure()).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(end::receive).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> end.send(1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> end.sendBytesNow(new byte[1])).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(end::poll).isInstanceOf(IllegalStateException.class);
            assertThat(end).hasToString("Connection[closed]");
        }
    }

    @Test
    void saysWhatItIs() throws Exception {
        try (Pipe pipe = pair()) {
            assertThat(pipe.first().isReadable()).isTrue();
            assertThat(pipe.first().isWritable()).isTrue();
            assertThat(pipe.first().isClosed()).isFalse();
            assertThat(pipe.first().toString()).startsWith("Connection[").contains("sends and receives");
        }
    }
}
