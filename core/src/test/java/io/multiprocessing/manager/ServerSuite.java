package io.multiprocessing.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.Manager;
import io.multiprocessing.Multiprocessing;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server and its clients in one process. */
abstract class ServerSuite {
    static final Duration LONG = Duration.ofSeconds(20);

    private String address;
    Context context;
    Server server;
    Link link;
    Manager manager;

    @BeforeEach
    void start() {
        context = Multiprocessing.open();
        address = Links.address("test-" + System.nanoTime());
        server = new Server(context, address, Duration.ZERO, () -> {});
        link = newLink();
        manager = new ManagerClient(link.server());
    }

    @AfterEach
    void stop() throws Exception {
        link.end("the test is over");
        server.stop(Duration.ZERO);
        context.close();
    }

    final Connector connector() {
        return ThreadChannel.to(server);
    }

    /** Another client. */
    final Link newLink() {
        return new Link(address, context, connector());
    }

    /** Another client, of which is told whenever it sends something. */
    final Link newLink(Runnable whenItSends) {
        Connector connector = connector();
        return new Link(address, context, new Connector() {
            @Override
            public Channel connect() throws IOException, InterruptedException {
                Channel channel = connector.connect();
                return (Channel) Proxy.newProxyInstance(
                        Channel.class.getClassLoader(), new Class<?>[] {Channel.class}, (_, method, arguments) -> {
                            if (method.getName().equals("send")) {
                                whenItSends.run();
                            }
                            return method.invoke(channel, arguments);
                        });
            }

            @Override
            public boolean isServerGone() {
                return false;
            }
        });
    }

    /** The proxy that another client has of what one has. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // it is of the same kind
    static <T> T proxyOf(Link other, T proxy) {
        Core core = Proxies.coreOf(proxy);
        return (T) Proxies.of(other.hold(core.kind(), core.id()), 0);
    }

    static void until(Question condition) throws Exception {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(2);
        }
    }

    interface Question {
        boolean holds() throws Exception;
    }
}
