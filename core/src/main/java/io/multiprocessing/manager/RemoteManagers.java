package io.multiprocessing.manager;

import io.multiprocessing.Context;
import io.multiprocessing.Manager;
import io.multiprocessing.SocketOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Supplier;

/** Managers that other machines use: serving one, and connecting to one. */
public final class RemoteManagers {
    private RemoteManagers() {}

    /**
     * Starts a manager that also listens at an address.
     *
     * @param start starts one that does not
     * @throws IllegalArgumentException if the key is not good enough for the address
     * @throws IOException if it can't listen there; nothing is left then
     */
    public static Manager serve(Supplier<Manager> start, SocketAddress address, SocketOptions options)
            throws IOException {
        SocketPlace place = SocketPlace.of(address);
        requireKey(address, options);
        Manager manager = start.get();
        boolean isListening = false;
        try {
            ((ManagerClient) manager).listen(place, DoorOptions.of(options));
            isListening = true;
            return manager;
        } finally {
            if (!isListening) {
                manager.close();
            }
        }
    }

    /**
     * Connects to a manager that listens at an address.
     *
     * @throws IOException if that fails
     */
    public static Manager connect(Context context, SocketAddress address, SocketOptions options)
            throws IOException, InterruptedException {
        if (address instanceof InetSocketAddress && options.key().isEmpty()) {
            throw new IllegalArgumentException("connecting to a manager at " + address
                    + " needs a key: what comes from somebody who has not proved who he is would be read as objects");
        }
        RemoteDoor door = RemoteDoor.make(context, address, options);
        Link link = new Link(door.address(), context, door);
        link.connect();
        Links.add(link);
        return new Connected(link.server());
    }

    private static void requireKey(SocketAddress address, SocketOptions options) {
        if (!(address instanceof InetSocketAddress internet)) {
            return; // the file of a Unix socket is this user's alone
        }
        byte[] key = options.key()
                .orElseThrow(() -> new IllegalArgumentException("a manager does not listen at " + address
                        + " without a key: anybody could connect; give SocketOptions.authkey"));
        boolean isLoopback =
                internet.getAddress() != null && internet.getAddress().isLoopbackAddress();
        if (key.length == 0 && !isLoopback) {
            throw new IllegalArgumentException("a manager does not listen at " + address
                    + " with an empty key: other machines can reach it; give a key of random bytes");
        }
    }

    /** A manager that this process has connected to. */
    private static final class Connected extends ManagerClient {
        private static final long serialVersionUID = 1L;

        Connected(Core server) {
            super(server);
        }

        @Override
        public boolean isAlive() {
            return core().link().isOpen() && super.isAlive();
        }

        @Override
        public void close() {
            core().link().end("this process has closed its connection to the manager");
        }
    }
}
