package io.multiprocessing;

import io.multiprocessing.spi.ConnectionProvider;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.TimeoutException;

/**
 * Connects to a {@link Listener}, ours or Python's.
 *
 * <p>Source: Python's {@code multiprocessing.connection.Client}.
 */
public final class Client {
    private Client() {}

    /**
     * Connects, and if there is a key does the handshake.
     *
     * @param address a {@link java.net.InetSocketAddress} or {@link java.net.UnixDomainSocketAddress}
     * @throws AuthenticationException if one side did not prove itself to the other
     * @throws java.net.ConnectException if nobody listens there
     * @throws TimeoutException if it takes longer than the options allow
     * @throws IllegalArgumentException if the address is of another family
     * @throws InterruptedException if the calling thread is interrupted
     */
    public static Connection connect(SocketAddress address, SocketOptions options)
            throws IOException, InterruptedException, TimeoutException {
        return ConnectionProvider.find().connect(address, options);
    }
}
