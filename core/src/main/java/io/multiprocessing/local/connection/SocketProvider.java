package io.multiprocessing.local.connection;

import io.multiprocessing.Connection;
import io.multiprocessing.Listener;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.spi.ConnectionProvider;
import io.multiprocessing.spi.Deadline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Connections between sockets of the Internet and of Unix. */
public final class SocketProvider implements ConnectionProvider {
    /** After 10 seconds of silence every 5 seconds, four times; these options are not of all systems. */
    private static final Map<String, Integer> KEEP_ALIVE =
            Map.of("TCP_KEEPIDLE", 10, "TCP_KEEPINTERVAL", 5, "TCP_KEEPCOUNT", 4);

    /** Called by the service loader. */
    public SocketProvider() {}

    @Override
    public Listener listen(@Nullable SocketAddress address, SocketOptions options) throws IOException {
        boolean isUnix = address == null || address instanceof UnixDomainSocketAddress;
        if (!isUnix) {
            requireInternet(address);
        }
        ServerSocketChannel server =
                isUnix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
        boolean open = false;
        try {
            server.configureBlocking(false);
            Listener listener = isUnix
                    ? listenAtFile(server, (UnixDomainSocketAddress) address, options)
                    : listenAtPort(server, address, options);
            open = true;
            return listener;
        } finally {
            if (!open) {
                server.close();
            }
        }
    }

    private static Listener listenAtFile(
            ServerSocketChannel server, @Nullable UnixDomainSocketAddress address, SocketOptions options)
            throws IOException {
        UnixAddress file = address == null
                ? UnixAddress.bindPrivately(server, options.backlog())
                : UnixAddress.bind(server, address, options.backlog());
        return new SocketListener(server, file.address(), file, options);
    }

    private static Listener listenAtPort(
            ServerSocketChannel server, @Nullable SocketAddress address, SocketOptions options) throws IOException {
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(address, options.backlog());
        return new SocketListener(server, server.getLocalAddress(), null, options);
    }

    @Override
    public Connection connect(SocketAddress address, SocketOptions options)
            throws IOException, InterruptedException, TimeoutException {
        boolean isUnix = address instanceof UnixDomainSocketAddress;
        if (!isUnix) {
            requireInternet(address);
        }
        Deadline deadline = Deadline.after(options.handshakeTimeout());
        SocketChannel channel = isUnix ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
        SocketConnection connection;
        boolean connected = false;
        try {
            if (isUnix) {
                channel.connect(address);
            } else {
                connect(channel, address, deadline);
            }
            SSLEngine engine = isUnix || options.tls().isEmpty()
                    ? null
                    : new TlsEngines(options.tls().get()).forClient((InetSocketAddress) address);
            connection = connection(channel, "connected to " + address, isUnix, engine);
            connected = true;
        } catch (ClosedByInterruptException interrupted) {
            Thread.interrupted();
            throw new InterruptedException();
        } finally {
            if (!connected) {
                channel.close();
            }
        }
        Handshake.run(connection, options, false, deadline);
        return connection;
    }

    private static void connect(SocketChannel channel, SocketAddress address, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        if (address instanceof InetSocketAddress internet && internet.isUnresolved()) {
            throw new ConnectException("there is no host named " + internet.getHostString());
        }
        channel.configureBlocking(false);
        try (ChannelWait wait = new ChannelWait(channel, SelectionKey.OP_CONNECT)) {
            boolean connected = channel.connect(address);
            while (!connected) {
                wait.await(deadline);
                connected = channel.finishConnect();
            }
        }
    }

    /** A connection by a channel that is connected. */
    static SocketConnection connection(
            SocketChannel channel, String description, boolean isUnix, @Nullable SSLEngine engine) throws IOException {
        channel.configureBlocking(false);
        if (!isUnix) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            keepAlive(channel);
        }
        return new SocketConnection(channel, description, isUnix, engine);
    }

    /**
     * Lets the kernels ask each other now and then whether they are still there, so that the end is seen also of a machine
     * that has gone without a word. A process that is slow or stopped has a kernel that answers.
     */
    private static void keepAlive(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (SocketOption<?> option : channel.supportedOptions()) {
            Integer value = KEEP_ALIVE.get(option.name());
            if (value != null && option.type() == Integer.class) {
                set(channel, option, value);
            }
        }
    }

    private static <T> void set(SocketChannel channel, SocketOption<T> option, Integer value) throws IOException {
        channel.setOption(option, option.type().cast(value));
    }

    private static void requireInternet(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress)) {
            throw new IllegalArgumentException("not an address of the Internet or of a Unix socket: " + address);
        }
    }
}
