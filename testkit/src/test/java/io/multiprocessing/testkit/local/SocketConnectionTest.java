package io.multiprocessing.testkit.local;

import io.multiprocessing.Client;
import io.multiprocessing.Connection;
import io.multiprocessing.Listener;
import io.multiprocessing.Pipe;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.testkit.contract.ConnectionContract;
import io.multiprocessing.testkit.jvm.Await;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Nested;

class SocketConnectionTest {
    private static final SocketOptions OPTIONS = SocketOptions.authkey(new byte[] {1, 2, 3});

    private static Pipe pair(Listener listener) throws Exception {
        try (listener) {
            CompletableFuture<Connection> client = CompletableFuture.supplyAsync(() -> {
                try {
                    return Client.connect(listener.address(), OPTIONS);
                } catch (Exception failed) {
                    throw new CompletionException(failed);
                }
            });
            return new Pipe(listener.accept(Await.LIMIT), client.join());
        }
    }

    @Nested
    class Unix extends ConnectionContract {
        @Override
        protected String uri() {
            return "local:";
        }

        @Override
        protected Pipe pair() throws Exception {
            return SocketConnectionTest.pair(Listener.open(OPTIONS));
        }
    }

    @Nested
    class Tcp extends ConnectionContract {
        @Override
        protected String uri() {
            return "local:";
        }

        @Override
        protected Pipe pair() throws Exception {
            return SocketConnectionTest.pair(
                    Listener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), OPTIONS));
        }
    }
}
