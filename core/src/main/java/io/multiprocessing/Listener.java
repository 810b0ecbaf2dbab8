package io.multiprocessing;

import io.multiprocessing.spi.ConnectionProvider;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Waits for {@linkplain Client clients} at an address, which may be programs in Python that use {@code
 * multiprocessing.connection}: frames and handshake are CPython's. Such a program sends by {@code send_bytes} and receives by
 * {@code recv_bytes}.
 *
 * <p>A Unix socket is a file that only its user can open, and that is removed when the
 * listener is closed or the process ends; addresses of the Internet can be
 * reached by others, so give a key, and {@link SocketOptions#tls} where others can listen on the way.
 *
 * <p>Thread safety: all methods may be called from any thread, virtual ones included. Several clients do their handshakes
 * at the same time, so one that says nothing holds up nobody.
 *
 * <p>Crash effects: the file of a Unix socket is left when the process is killed; nobody can connect to it, and who listens
 * there next replaces it. A client that dies is an {@link java.io.EOFException} at the connection to it.
 *
 * <p>Source: Python's {@code multiprocessing.connection.Listener}.
 */
public interface Listener extends AutoCloseable {
    /** Listens at a Unix socket in a new folder that only this user can enter. */
    static Listener open(SocketOptions options) throws IOException {
        return ConnectionProvider.find().listen(null, options);
    }

    /**
     * Listens at an address.
     *
     * @param address a {@link java.net.InetSocketAddress}, of which port 0 means any free one, or a {@link
     *     java.net.UnixDomainSocketAddress} where there is no file, but for the socket of a listener that has died
     * @throws java.net.BindException if the address is in use or not ours, or the path of more than 107 bytes, to which nobody could
     *     connect
     * @throws IllegalArgumentException if it is of another family
     */
    static Listener open(SocketAddress address, SocketOptions options) throws IOException {
        return ConnectionProvider.find().listen(address, options);
    }

    /** Where clients connect to. */
    SocketAddress address();

    /**
     * Waits for the next client, without limit.
     *
     * @throws AuthenticationException if a client did not prove itself, or not in time; others can be accepted
     * @throws IllegalStateException if the listener is closed
     * @throws InterruptedException if the calling thread is interrupted
     */
    Connection accept() throws IOException, InterruptedException;

    /**
     * As {@link #accept()}, at most so long. A timeout of zero or less does not wait.
     *
     * @throws TimeoutException if no client has come and proved itself in time
     */
    Connection accept(Duration timeout) throws IOException, InterruptedException, TimeoutException;

    /**
     * As {@link #accept()}, if there is a client now that has proved itself.
     *
     * @throws TimeoutException if there is none
     */
    Connection acceptNow() throws IOException, TimeoutException;

    /** The address of the client that was accepted last; empty if none was, or it has no address, as with Unix sockets. */
    Optional<SocketAddress> lastAccepted();

    /** Ends listening. Connections that were accepted go on. Closing again does nothing. */
    @Override
    void close();
}
