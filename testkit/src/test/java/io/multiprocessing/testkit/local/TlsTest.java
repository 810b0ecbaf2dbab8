package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.AuthenticationException;
import io.multiprocessing.Client;
import io.multiprocessing.Connection;
import io.multiprocessing.Listener;
import io.multiprocessing.Manager;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.Tls;
import io.multiprocessing.testkit.jvm.Await;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Connections that are encrypted. */
@ExtendWith(OwnFolder.class)
class TlsTest {
    private static final String PASSWORD = "password";
    private static final byte[] KEY = "a key".getBytes(StandardCharsets.UTF_8);
    private static final SocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** Each side waits for the other's first word, until its patience is over. */
    private static final SocketOptions PLAIN = SocketOptions.authkey(KEY).handshakeTimeout(Duration.ofMillis(500));

    @TempDir
    static Path folder;

    private static Tls server;
    private static Tls trustsServer;
    private static Tls other;
    private static Tls trustsOther;

    @BeforeAll
    static void makeCertificates() throws Exception {
        server = makeCertificate("server", "ip:127.0.0.1");
        trustsServer = Tls.trusting(folder.resolve("server.pem"));
        other = makeCertificate("other", "dns:elsewhere.example");
        trustsOther = Tls.trusting(folder.resolve("other.pem"));
    }

    @Test
    void messagesOfAnySizeGoBothWays() throws Exception {
        try (Listener listener = listen(server);
                Ends ends = Ends.open(listener, trustsServer)) {
            Connection client = ends.client();
            Connection accepted = ends.accepted();
            Random random = new Random(1);
            for (int length : new int[] {0, 1, 100, 16_384, 16_385, 100_000, 3_000_000}) {
                byte[] message = new byte[length];
                random.nextBytes(message);
                var echo = new FutureTask<>(() -> {
                    accepted.sendBytes(accepted.receiveBytes());
                    return true;
                });
                Thread.ofVirtual().start(echo);
                client.sendBytes(message);
                assertThat(client.receiveBytes()).isEqualTo(message);
                assertThat(echo.get()).isTrue();
            }
            client.send(List.of("an", "object"));
            assertThat(accepted.receive()).isEqualTo(List.of("an", "object"));
            client.close();
            assertThatThrownBy(accepted::receiveBytes).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void certificatesThatAreNotTrustedAreRefused_andOthersAreServedOn() throws Exception {
        try (Listener listener = listen(server)) {
            var accepting = accept(listener);
            assertThatThrownBy(() -> connect(listener, trustsOther)).isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(accepting::get).hasCauseInstanceOf(AuthenticationException.class);
            try (Ends ends = Ends.open(listener, trustsServer)) {
                ends.client().send(1);
                assertThat(ends.accepted().receive()).isEqualTo(1);
            }
        }
    }

    @Test
    void theCertificateMustBeThatOfTheHost_unlessAnyWillDo() throws Exception {
        try (Listener listener = listen(other)) {
            var accepting = accept(listener);
            assertThatThrownBy(() -> connect(listener, trustsOther))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("127.0.0.1");
            assertThatThrownBy(accepting::get).hasCauseInstanceOf(AuthenticationException.class);
            try (Ends ends = Ends.open(listener, trustsOther.anyHost())) {
                ends.client().send(1);
                assertThat(ends.accepted().receive()).isEqualTo(1);
            }
        }
    }

    @Test
    void whoConnectsMustShowACertificate_ifThatIsWanted() throws Exception {
        try (Listener listener = listen(server.and(trustsOther))) {
            var accepting = accept(listener);
            assertThatThrownBy(() -> {
                        try (Connection client = connect(listener, trustsServer)) {
                            client.receiveBytes();
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(accepting::get).hasCauseInstanceOf(AuthenticationException.class);
            try (Ends ends = Ends.open(listener, trustsServer.and(other))) {
                ends.client().send(1);
                assertThat(ends.accepted().receive()).isEqualTo(1);
            }
        }
    }

    @Test
    void oneSideThatDoesNotEncryptIsFoundOut() throws Exception {
        try (Listener listener = listen(server)) {
            var accepting = accept(listener);
            assertThatThrownBy(() -> Client.connect(listener.address(), PLAIN))
                    .isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(accepting::get).hasCauseInstanceOf(AuthenticationException.class);
        }
        try (Listener listener = Listener.open(ANY_PORT, PLAIN)) {
            var accepting = accept(listener);
            assertThatThrownBy(() -> Client.connect(listener.address(), PLAIN.tls(trustsServer)))
                    .isInstanceOf(AuthenticationException.class);
            assertThatThrownBy(accepting::get).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void mistakesAreToldAtOnce() throws Exception {
        assertThatThrownBy(() -> listen(trustsServer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Tls.identity");
        assertThatThrownBy(() -> listen(Tls.identity(folder.resolve("server.p12"), "wrong".toCharArray())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("password");
        Path noStore = Files.writeString(folder.resolve("text"), "text");
        assertThatThrownBy(() -> listen(Tls.identity(noStore, PASSWORD.toCharArray())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tls.trusting(folder.resolve("none"))).isInstanceOf(IOException.class);
        assertThat(server.toString()).doesNotContain(PASSWORD);
        assertThat(SocketOptions.authkey(KEY).tls(server).backlog(5).toString())
                .doesNotContain(PASSWORD)
                .contains("a certificate");
    }

    @Test
    void managersServeByTls_alsoProcessesThatConnectByThemselves() throws Exception {
        SocketOptions serving = SocketOptions.authkey(KEY).tls(server);
        SocketOptions connecting = SocketOptions.authkey(KEY).tls(trustsServer);
        try (var mp = Multiprocessing.open();
                var stranger = Multiprocessing.open();
                Manager served = mp.serve(ANY_PORT, serving)) {
            SocketAddress address = served.address().orElseThrow();
            try (Manager connected = stranger.connect(address, connecting)) {
                List<Integer> list = connected.list(List.of(1));
                Process child = stranger.process(() -> list.add(2)).start();
                assertThat(child.join(Await.LIMIT)).isTrue();
                assertThat(list).containsExactly(1, 2);
            }
            assertThatThrownBy(() -> stranger.connect(address, PLAIN)).isInstanceOf(AuthenticationException.class);
        }
    }

    private static Listener listen(Tls tls) throws IOException {
        return Listener.open(ANY_PORT, SocketOptions.authkey(KEY).tls(tls));
    }

    private static Connection connect(Listener listener, Tls tls) throws Exception {
        return Client.connect(listener.address(), SocketOptions.authkey(KEY).tls(tls));
    }

    /** Clients are let in while somebody waits for them. */
    private static FutureTask<Connection> accept(Listener listener) {
        var accepting = new FutureTask<>(() -> listener.accept(Await.LIMIT));
        Thread.ofPlatform().daemon().start(accepting);
        return accepting;
    }

    /** Both ends of a connection. */
    private record Ends(Connection client, Connection accepted) implements AutoCloseable {
        static Ends open(Listener listener, Tls tls) throws Exception {
            var accepting = accept(listener);
            return new Ends(connect(listener, tls), accepting.get());
        }

        @Override
        public void close() {
            client.close();
            accepted.close();
        }
    }

    private static Tls makeCertificate(String name, String subject) throws Exception {
        Path store = folder.resolve(name + ".p12");
        List<String> access = List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-alias", name);
        keytool(
                access,
                "-genkeypair",
                "-storetype",
                "PKCS12",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=" + subject,
                "-validity",
                "2");
        keytool(
                access,
                "-exportcert",
                "-rfc",
                "-file",
                folder.resolve(name + ".pem").toString());
        return Tls.identity(store, PASSWORD.toCharArray());
    }

    private static void keytool(List<String> access, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(Arrays.asList(arguments));
        command.addAll(access);
        var keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
    }
}
