package io.multiprocessing.testkit.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.AuthenticationException;
import io.multiprocessing.Client;
import io.multiprocessing.Connection;
import io.multiprocessing.Listener;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.testkit.jvm.Await;
import java.io.EOFException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections to a stock CPython, which has nothing of ours: both ways, in both roles, through both kinds of sockets. */
class PythonConnectionTest {
    private static final byte[] KEY = "the key".getBytes(StandardCharsets.UTF_8);
    private static final int LARGE = 3_000_000;

    /** Both scripts are given the path of a Unix socket, or a host and a port. */
    private static final String ADDRESS = """
        import sys
        from multiprocessing.connection import Client, Listener
        address = sys.argv[1] if len(sys.argv) == 2 else (sys.argv[1], int(sys.argv[2]))
        key = b"the key"
        """;

    private static final String EXCHANGE = """
        connection.send_bytes(b"from Python")
        assert connection.recv_bytes() == b"from Java", "first"
        assert connection.recv_bytes() == b"", "empty"
        connection.send_bytes(b"")
        large = connection.recv_bytes()
        assert len(large) == 3_000_000 and large[-1] == 7, "large"
        connection.send_bytes(large)
        assert connection.poll(60)
        buffer = bytearray(5)
        assert connection.recv_bytes_into(buffer) == 3
        connection.send({"a": "pickle"})
        connection.close()
        """;

    @TempDir
    Path folder;

    private SocketAddress address(boolean unix) {
        return unix
                ? UnixDomainSocketAddress.of(folder.resolve("socket"))
                : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static String[] arguments(SocketAddress address) {
        return address instanceof InetSocketAddress internet
                ? new String[] {internet.getAddress().getHostAddress(), String.valueOf(internet.getPort())}
                : new String[] {((UnixDomainSocketAddress) address).getPath().toString()};
    }

    private static void exchange(Connection connection) throws Exception {
        assertThat(connection.receiveBytes()).asString().isEqualTo("from Python");
        connection.sendBytes("from Java".getBytes(StandardCharsets.UTF_8));
        connection.sendBytes(new byte[0]);
        assertThat(connection.receiveBytes()).isEmpty();
        byte[] large = new byte[LARGE];
        large[LARGE - 1] = 7;
        connection.sendBytes(large);
        assertThat(connection.receiveBytes()).isEqualTo(large);
        connection.sendBytes(new byte[] {1, 2, 3});
        assertThatThrownBy(connection::receive)
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("pickle");
        assertThatThrownBy(connection::receive).isInstanceOf(EOFException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pythonIsTheClient(boolean unix) throws Exception {
        try (Listener listener = Listener.open(address(unix), SocketOptions.authkey(KEY));
                PythonScript python = PythonScript.start(
                        ADDRESS + "connection = Client(address, authkey=key)\n" + EXCHANGE,
                        arguments(listener.address()))) {
            try (Connection connection = listener.accept(Await.LIMIT)) {
                exchange(connection);
            }
            assertThat(python.end()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pythonIsTheListener(boolean unix) throws Exception {
        String script = ADDRESS + """
            listener = Listener(address, authkey=key)
            print(listener.address[1] if isinstance(listener.address, tuple) else "", flush=True)
            connection = listener.accept()
            """ + EXCHANGE;
        try (PythonScript python = PythonScript.start(script, arguments(address(unix)))) {
            String port = python.line().strip();
            SocketAddress address = unix
                    ? address(true)
                    : new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
            try (Connection connection = Client.connect(address, SocketOptions.authkey(KEY))) {
                exchange(connection);
            }
            assertThat(python.end()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pythonWithAnotherKeyIsRefused(boolean unix) throws Exception {
        String script = ADDRESS + """
            from multiprocessing import AuthenticationError
            try:
                Client(address, authkey=b"another key")
            except AuthenticationError as refused:
                print(refused)
            """;
        try (Listener listener = Listener.open(address(unix), SocketOptions.authkey(KEY));
                PythonScript python = PythonScript.start(script, arguments(listener.address()))) {
            assertThatThrownBy(() -> listener.accept(Await.LIMIT)).isInstanceOf(AuthenticationException.class);
            assertThat(python.end()).isEqualTo("digest sent was rejected");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pythonRefusesAnotherKeyOfOurs(boolean unix) throws Exception {
        String script = ADDRESS + """
            from multiprocessing import AuthenticationError
            listener = Listener(address, authkey=key)
            print(listener.address[1] if isinstance(listener.address, tuple) else "", flush=True)
            try:
                listener.accept()
            except AuthenticationError as refused:
                print(refused)
            """;
        try (PythonScript python = PythonScript.start(script, arguments(address(unix)))) {
            String port = python.line().strip();
            SocketAddress address = unix
                    ? address(true)
                    : new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
            assertThatThrownBy(() -> Client.connect(address, SocketOptions.authkey(new byte[0])))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("our key is another one");
            assertThat(python.end()).isEqualTo("digest received was wrong");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha384", "sha3_256", "sha3_384", "md5"})
    void digestsOfPythonAreOurs(String digest) throws Exception {
        String script = ADDRESS + """
            connection = Client(address, authkey=key)
            connection.send_bytes(connection.recv_bytes())
            """;
        SocketOptions options = SocketOptions.authkey(KEY).digest(digest);
        try (Listener listener = Listener.open(address(true), options);
                PythonScript python = PythonScript.start(script, arguments(listener.address()));
                Connection connection = listener.accept(Await.LIMIT)) {
            connection.sendBytes(new byte[] {1});
            assertThat(connection.receiveBytes()).containsExactly(1);
            assertThat(python.end()).isEmpty();
        }
    }
}
