package io.multiprocessing.spi;

import io.multiprocessing.Connection;
import io.multiprocessing.Listener;
import io.multiprocessing.SocketOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ServiceLoader;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Makes connections between sockets. Found by {@link ServiceLoader}; there is one. */
public interface ConnectionProvider {
    /** As {@link Listener#open(SocketAddress, SocketOptions)}; at a private address if none is given. */
    Listener listen(@Nullable SocketAddress address, SocketOptions options) throws IOException;

    /** As {@link io.multiprocessing.Client#connect}. */
    Connection connect(SocketAddress address, SocketOptions options)
            throws IOException, InterruptedException, TimeoutException;

    /** The provider of the library. */
    static ConnectionProvider find() {
        return ServiceLoader.load(ConnectionProvider.class, ConnectionProvider.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no provider of connections between sockets is there"));
    }
}
