package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.AuthenticationException;
import io.multiprocessing.Client;
import io.multiprocessing.Connection;
import io.multiprocessing.Listener;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.testkit.jvm.Await;
import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What listeners and clients do, for every family of addresses. */
public abstract class ListenerContract {
    protected static final byte[] KEY = "secret".getBytes(StandardCharsets.UTF_8);
    private static final Duration SHORT = Duration.ofMillis(60);

    /** A listener at a new address. */
    protected abstract Listener listen(SocketOptions options) throws Exception;

    /** Whether nobody but this user can connect, so that objects are received without a key. */
    protected abstract boolean isPrivate();

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "sha384", "sha3_256", "sha3_384", "md5"})
    void bothSidesProveThatTheyKnowTheKey(String digest) throws Exception {
        SocketOptions options = SocketOptions.authkey(KEY).digest(digest);
        exchangesAMessage(options, options);
    }

    @Test
    void emptyKeyIsAKey() throws Exception {
        exchangesAMessage(SocketOptions.authkey(new byte[0]), SocketOptions.authkey(new byte[0]));
    }

    @Test
    void eachSideChoosesTheDigestOfTheOther() throws Exception {
        exchangesAMessage(
                SocketOptions.authkey(KEY).digest("sha384"),
                SocketOptions.authkey(KEY).digest("sha3_256"));
    }

    private void exchangesAMessage(SocketOptions ofListener, SocketOptions ofClient) throws Exception {
        try (Listener listener = listen(ofListener);
                Threads threads = Threads.Kind.PLATFORM.open()) {
            Threads.Running<Connection> accepting = threads.start(() -> listener.accept(Await.LIMIT));
            try (Connection client = Client.connect(listener.address(), ofClient);
                    Connection server = accepting.get()) {
                client.send("question");
                assertThat(server.receive()).isEqualTo("question");
                server.send("answer");
                assertThat(client.receive()).isEqualTo("answer");
            }
        }
    }

    @Test
    void objectsAreReceivedWithoutAKey_onlyFromThisUser() throws Exception {
        try (Listener listener = listen(SocketOptions.noKey());
                Connection client = Client.connect(listener.address(), SocketOptions.noKey());
                Connection server = listener.accept(Await.LIMIT)) {
            client.send("object");
            client.sendBytes(new byte[] {1});
            if (isPrivate()) {
                assertThat(server.receive()).isEqualTo("object");
            } else {
                assertThatThrownBy(server::receive)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("authkey");
                assertThat(server.receiveBytes()).isNotEmpty();
            }
            assertThat(server.receiveBytes()).containsExactly(1);
        }
    }

    @Test
    void wrongKeyIsRefused_andOthersAreAccepted() throws Exception {
        try (Listener listener = listen(SocketOptions.authkey(KEY));
                Threads threads = Threads.Kind.PLATFORM.open()) {
            Threads.Running<Connection> refused =
                    threads.start(() -> Client.connect(listener.address(), SocketOptions.authkey(new byte[] {1})));
            assertThatThrownBy(() -> listener.accept(Await.LIMIT))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessage("the other side has another key");
            assertThat(refused.failure())
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("our key is another one");
            Threads.Running<Connection> accepted = threads.start(() -> listener.accept(Await.LIMIT));
            Client.connect(listener.address(), SocketOptions.authkey(KEY)).close();
            accepted.get().close();
        }
    }

    @Test
    void weakDigestIsRefused_unlessItIsAskedFor() throws Exception {
        try (Listener listener = listen(SocketOptions.authkey(KEY).digest("md5"));
                Threads threads = Threads.Kind.PLATFORM.open()) {
            Threads.Running<Connection> accepting = threads.start(() -> listener.accept(Await.LIMIT));
            assertThatThrownBy(() -> Client.connect(listener.address(), SocketOptions.authkey(KEY)))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("md5");
            assertThat(accepting.failure()).isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void clientWithoutAKeyIsRefused() throws Exception {
        try (Listener listener = listen(SocketOptions.authkey(KEY));
                Connection client = Client.connect(listener.address(), SocketOptions.noKey())) {
            client.send("let me in");
            assertThatThrownBy(() -> listener.accept(Await.LIMIT)).isInstanceOf(AuthenticationException.class);
            // What it gets is the challenge, and then the refusal.
            assertThat(new String(client.receiveBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("#CHALLENGE#{sha256}");
        }
    }

    @Test
    void clientNoticesThatTheListenerHasNoKey() throws Exception {
        SocketOptions impatient = SocketOptions.authkey(KEY).handshakeTimeout(Duration.ofMillis(300));
        try (Listener listener = listen(SocketOptions.noKey())) {
            assertThatThrownBy(() -> Client.connect(listener.address(), impatient))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("PT0.3S");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoSaysNothingHoldsUpNobody(Threads.Kind kind) throws Exception {
        SocketOptions patient = SocketOptions.authkey(KEY).handshakeTimeout(Duration.ofMinutes(5));
        try (Listener listener = listen(patient);
                SocketChannel silent = SocketChannel.open(listener.address());
                Threads threads = kind.open()) {
            Threads.Running<Connection> accepting = threads.start(() -> listener.accept(Await.LIMIT));
            try (Connection client = Client.connect(listener.address(), patient);
                    Connection server = accepting.get()) {
                client.send(1);
                assertThat(server.receive()).isEqualTo(1);
            }
            assertThat(silent.isConnected()).isTrue();
        }
    }

    @Test
    void whoSaysNothingIsRefusedInTheEnd() throws Exception {
        try (Listener listener = listen(SocketOptions.authkey(KEY).handshakeTimeout(Duration.ofMillis(200)));
                SocketChannel silent = SocketChannel.open(listener.address())) {
            assertThatThrownBy(() -> listener.accept(Await.LIMIT))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("PT0.2S");
            assertThat(silent.read(ByteBuffer.allocate(1_000))).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000", // an empty answer
                "00000003 414141",
                "0000000a 7b7368613235367d 0000", // a digest and no MAC
                "00000101", // longer than may be, before its bytes
                "7fffffff",
                "ffffffff 7fffffffffffffff",
                "ffffffff ffffffffffffffff",
                "fffffffe",
                "474554202f20485454502f312e310d0a" // another protocol
            })
    void garbageIsRefused(String garbage) throws Exception {
        try (Listener listener = listen(SocketOptions.authkey(KEY));
                SocketChannel peer = SocketChannel.open(listener.address())) {
            peer.write(ByteBuffer.wrap(java.util.HexFormat.of().parseHex(garbage.replace(" ", ""))));
            assertThatThrownBy(() -> listener.accept(Await.LIMIT)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whoLeavesInTheHandshakeIsNoticed() throws Exception {
        try (Listener listener = listen(SocketOptions.authkey(KEY))) {
            SocketChannel.open(listener.address()).close();
            assertThatThrownBy(() -> listener.accept(Await.LIMIT)).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "0000000a", "0000000a 0102030405", "ffffffff 00000000", "40000000 00"})
    @SuppressWarnings("try") // that it closes early is what is tested
    void endInTheMiddleOfAFrameIsAnError(String bytes) throws Exception {
        try (Listener listener = listen(SocketOptions.noKey());
                SocketChannel peer = SocketChannel.open(listener.address());
                Connection server = listener.accept(Await.LIMIT)) {
            peer.write(ByteBuffer.wrap(java.util.HexFormat.of().parseHex("00000001 07".replace(" ", ""))));
            peer.write(ByteBuffer.wrap(java.util.HexFormat.of().parseHex(bytes.replace(" ", ""))));
            peer.close();
            assertThat(server.receiveBytes()).containsExactly(7);
            assertThatThrownBy(server::receiveBytes)
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(EOFException.class)
                    .hasMessageContaining("middle");
        }
    }

    @Test
    void acceptKeepsTime() throws Exception {
        try (Listener listener = listen(SocketOptions.noKey())) {
            long begin = System.nanoTime();
            assertThatThrownBy(() -> listener.accept(SHORT)).isInstanceOf(TimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(SHORT);
            assertThatThrownBy(listener::acceptNow).isInstanceOf(TimeoutException.class);
            assertThat(listener.lastAccepted()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void acceptIsInterruptible(Threads.Kind kind) throws Exception {
        try (Listener listener = listen(SocketOptions.noKey())) {
            SynchronizationContract.assertInterruptible(kind, listener::accept);
            Client.connect(listener.address(), SocketOptions.noKey()).close();
            listener.accept(Await.LIMIT).close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingEndsAccept(Threads.Kind kind) throws Exception {
        Listener listener = listen(SocketOptions.noKey());
        SocketAddress address = listener.address();
        try (Threads threads = kind.open()) {
            Threads.Running<Void> accepting = SynchronizationContract.startAndLetWait(threads, listener::accept);
            listener.close();
            listener.close();
            assertThat(accepting.failure()).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(listener::accept).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Client.connect(address, SocketOptions.noKey())).isInstanceOf(IOException.class);
        assertThat(listener).hasToString("Listener[closed]");
    }

    @Test
    void connectionsOutliveTheListener() throws Exception {
        Listener listener = listen(SocketOptions.authkey(KEY));
        try (Threads threads = Threads.Kind.PLATFORM.open()) {
            Threads.Running<Connection> accepting = threads.start(() -> listener.accept(Await.LIMIT));
            try (Connection client = Client.connect(listener.address(), SocketOptions.authkey(KEY));
                    Connection server = accepting.get()) {
                listener.close();
                client.send(1);
                assertThat(server.receive()).isEqualTo(1);
            }
        }
    }

    @Test
    void addressInUseIsRefused() throws Exception {
        try (Listener listener = listen(SocketOptions.noKey())) {
            assertThatThrownBy(() -> Listener.open(listener.address(), SocketOptions.noKey()))
                    .isInstanceOf(BindException.class);
            Client.connect(listener.address(), SocketOptions.noKey()).close();
        }
    }

    @Test
    void keyIsInNoText() throws Exception {
        SocketOptions options = SocketOptions.authkey(KEY);
        try (Listener listener = listen(options)) {
            assertThat(options + " " + listener).doesNotContain("secret").contains("key");
        }
        byte[] key = {1, 2};
        SocketOptions copied = SocketOptions.authkey(key);
        key[0] = 9;
        assertThat(copied.key()).hasValueSatisfying(its -> assertThat(its).containsExactly(1, 2));
    }
}
