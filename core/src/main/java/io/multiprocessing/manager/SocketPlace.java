package io.multiprocessing.manager;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The address of a socket, as it travels.
 *
 * @param host a name or number of the Internet; null for a Unix socket
 * @param port of the host
 * @param path of a Unix socket; null for the Internet
 */
record SocketPlace(
        @Nullable String host, int port, @Nullable String path) {
    /** @throws IllegalArgumentException if it is of another family */
    static SocketPlace of(SocketAddress address) {
        if (address instanceof UnixDomainSocketAddress unix) {
            return new SocketPlace(null, 0, unix.getPath().toString());
        }
        if (address instanceof InetSocketAddress internet) {
            return new SocketPlace(internet.getHostString(), internet.getPort(), null);
        }
        throw new IllegalArgumentException("not an address of the Internet or of a Unix socket: " + address);
    }

    SocketAddress address() {
        return path == null ? new InetSocketAddress(host, port) : UnixDomainSocketAddress.of(path);
    }

    @Override
    public String toString() {
        return path == null ? host + ":" + port : path;
    }
}
