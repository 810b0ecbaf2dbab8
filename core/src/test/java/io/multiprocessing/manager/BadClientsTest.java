package io.multiprocessing.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.JoinableQueue;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Clients that send what they should not, or read nothing: they harm nobody but themselves. */
final class BadClientsTest extends ServerSuite {
    private static final long CLIENT = 5;

    @Test
    void garbageEndsOnlyTheSessionThatItCameIn() throws Exception {
        List<Integer> list = manager.list(List.of(1));
        for (byte[] garbage : new byte[][] {{}, {1}, {(byte) 0x80, 4, 5}, {2, 1, 1}, {1, 9, 0, 0, 0, 0, 0, 0, 0}}) {
            Channel channel = connector().connect();
            channel.send(garbage);
            assertThat(channel.receive()).isNull();
        }
        assertThat(list).containsExactly(1);
    }

    @Test
    void garbageInAControlSessionEndsTheClient() throws Exception {
        Channel control = greeted(Frame.CONTROL, 1);
        Channel calls = greeted(Frame.CALLS, 2);
        control.send(new byte[] {99, 1, 2});
        assertThat(control.receive()).isNull();
        assertThat(calls.receive()).isNull();
        assertThat(manager.list(List.of(1))).containsExactly(1);
    }

    @Test
    void garbageInASessionOfCallsEndsThatSession() throws Exception {
        List<Integer> list = manager.list(List.of(1));
        greeted(Frame.CONTROL, 1);
        long session = 2;
        for (byte[] garbage : new byte[][] {{}, {Frame.CALL}, {Frame.RECEIVED}, {Frame.HELLO, 1, 1}, {(byte) 0x80}}) {
            Channel calls = greeted(Frame.CALLS, session++);
            calls.send(garbage);
            assertThat(calls.receive()).isNull();
        }
        Channel good = greeted(Frame.CALLS, session);
        good.send(sizeOf(list));
        byte[] answer = good.receive();
        assertThat(Reply.read(answer, getClass().getClassLoader()).value()).isEqualTo(1);
    }

    @Test
    void argumentsThatAreGarbageAreToldToTheCaller() throws Exception {
        List<Integer> list = manager.list(List.of(1));
        greeted(Frame.CONTROL, 1);
        Channel calls = greeted(Frame.CALLS, 2);
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] frame = Request.write(i, 1, Proxies.coreOf(list).id(), "get", 0L, "text", List.of(1));
            for (int at = frame.length - 1 - random.nextInt(15); at < frame.length; at++) {
                frame[at] = (byte) random.nextInt();
            }
            calls.send(frame);
            byte[] answer = calls.receive();
            assertThat(answer).isNotNull();
            assertThat((int) answer[0]).isIn(Frame.RESULT, Frame.FAILURE);
        }
        assertThat(list).containsExactly(1);
    }

    @Test
    void whoDoesNotSayThatAMessageHasCome_hasNotGotIt() throws Exception {
        JoinableQueue<Integer> queue = manager.joinableQueue();
        queue.put(1);
        greeted(Frame.CONTROL, 1);
        Channel calls = greeted(Frame.CALLS, 2);
        calls.send(Request.write(1, 1, Proxies.coreOf(queue).id(), "get", Patience.FOREVER));
        assertThat((int) calls.receive()[0]).isEqualTo(Frame.TAKEN);
        assertThat(queue.poll()).isNull();
        calls.send(sizeOf(List.of()));
        assertThat(calls.receive()).isNull();
        assertThat(queue.get(LONG)).isEqualTo(1);
        queue.taskDone();
        assertThat(queue.join(LONG)).isTrue();
    }

    @Test
    void whoIsGoneHasGotWhatItSaidItHas() throws Exception {
        JoinableQueue<Integer> queue = manager.joinableQueue();
        for (int i = 0; i < 20; i++) {
            queue.put(i);
            Channel control = greeted(Frame.CONTROL, 1);
            Channel calls = greeted(Frame.CALLS, 2);
            calls.send(Request.write(1, 1, Proxies.coreOf(queue).id(), "get", Patience.FOREVER));
            assertThat((int) calls.receive()[0]).isEqualTo(Frame.TAKEN);
            calls.send(new byte[] {Frame.RECEIVED});
            control.close();
            assertThat(calls.receive()).isNull();
            until(() -> server.client(CLIENT) == null);
            assertThat(queue.poll()).isNull();
            queue.taskDone();
        }
    }

    @Test
    void theSameClientCantComeTwice() throws Exception {
        greeted(Frame.CONTROL, 1);
        Channel again = connector().connect();
        again.send(new Hello(Frame.CONTROL, CLIENT, 2, 1, "five").write());
        assertThat(again.receive()).isNull();
        Channel stranger = connector().connect();
        stranger.send(new Hello(Frame.CALLS, CLIENT + 1, 3, 1, "six").write());
        assertThat(stranger.receive()).isNull();
        assertThatThrownBy(() -> stranger.send(new byte[] {1})).isInstanceOf(IOException.class);
    }

    private Channel greeted(int role, long session) throws Exception {
        Channel channel = connector().connect();
        channel.send(new Hello(role, CLIENT, session, 1, "five").write());
        assertThat(channel.receive()).startsWith(Frame.WELCOME);
        return channel;
    }

    private static byte[] sizeOf(List<?> list) {
        Core core = Proxies.coreOf(list);
        return Request.write(77, 1, core == null ? 99 : core.id(), "size");
    }
}
