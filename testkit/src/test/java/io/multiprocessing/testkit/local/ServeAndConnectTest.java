package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.AuthenticationException;
import io.multiprocessing.Client;
import io.multiprocessing.Connection;
import io.multiprocessing.Context;
import io.multiprocessing.Listener;
import io.multiprocessing.Lock;
import io.multiprocessing.Manager;
import io.multiprocessing.ManagerEndedException;
import io.multiprocessing.MessageNotSerializableException;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.testkit.jvm.Await;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A manager that serves at an address, and clients that are strangers: contexts of their own. */
@ExtendWith(OwnFolder.class)
class ServeAndConnectTest {
    private static final byte[] KEY = "a key".getBytes(StandardCharsets.UTF_8);
    private static final SocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final Duration FOREVER = Duration.ofMinutes(10);

    private Context mp;
    private Context stranger;

    @BeforeEach
    void open() {
        mp = Multiprocessing.open();
        stranger = Multiprocessing.open();
    }

    @AfterEach
    void close() throws Exception {
        Multiprocessing.activeChildren().forEach(Process::kill);
        stranger.close();
        mp.close();
        Await.until(
                "all processes are gone",
                () -> ProcessHandle.current().descendants().findAny().isEmpty());
    }

    @Test
    void strangersShareObjects() throws Exception {
        try (Manager served = mp.serve(ANY_PORT, KEY);
                Manager connected = stranger.connect(address(served), KEY)) {
            served.publish("jobs", served.queue());
            Queue<List<Integer>> jobs = queue(connected);
            List<Integer> list = connected.list(List.of(1));
            jobs.put(list);
            List<Integer> same = this.<List<Integer>>queue(served).get();
            same.add(2);
            assertThat(list).containsExactly(1, 2);
            assertThat(connected.pid()).isEqualTo(served.pid());
            assertThat(connected.address()).isEqualTo(served.address());
            assertThat(connected.isAlive()).isTrue();
            assertThat(mp.manager().address()).isEmpty();
        }
    }

    @Test
    void proxiesGoToTheProcessesOfTheContext_whichConnectByThemselves() throws Exception {
        try (Manager served = mp.serve(ANY_PORT, KEY);
                Manager connected = stranger.connect(address(served), KEY)) {
            List<Integer> list = connected.list();
            Queue<List<Integer>> own = stranger.queue();
            Process child = stranger.process(() -> {
                        list.add(1);
                        own.get().add(2);
                        connected.publish("made by the child", connected.list(List.of(3)));
                    })
                    .start();
            own.put(list);
            assertThat(child.join(Await.LIMIT)).isTrue();
            assertThat(child.exitCode()).hasValue(0);
            assertThat(list).containsExactly(1, 2);
            assertThat((Object) served.attach("made by the child", List.class)).isEqualTo(List.of(3));
        }
    }

    @Test
    void whatAClientHasIsTakenBack_whenItClosesItsConnection() throws Exception {
        try (Manager served = mp.serve(ANY_PORT, KEY)) {
            Lock lock = served.lock();
            served.publish("lock", lock);
            int before = served.objectCount();
            Manager connected = stranger.connect(address(served), KEY);
            Lock his = connected.attach("lock", Lock.class);
            his.acquire();
            List<Integer> list = connected.list();
            assertThat(list).isEmpty();
            assertThat(lock.tryAcquire()).isFalse();
            connected.close();
            connected.close();
            assertThat(lock.acquire(Await.LIMIT)).isTrue();
            assertThat(lock.abandonment()).isNotNull();
            Await.until("its list is gone", () -> served.objectCount() == before);
            assertThatThrownBy(list::size)
                    .isInstanceOf(ManagerEndedException.class)
                    .hasMessageContaining("closed");
            assertThat(connected.isAlive()).isFalse();
            try (Manager again = stranger.connect(address(served), KEY)) {
                assertThat(again.attach("lock", Lock.class).tryAcquire()).isFalse();
            }
        }
    }

    @Test
    void whatAKilledClientHadIsTakenBack() throws Exception {
        try (Manager served = mp.serve(ANY_PORT, KEY);
                Manager connected = stranger.connect(address(served), KEY)) {
            Lock lock = connected.lock();
            var taken = connected.event();
            Process child = stranger.process(() -> {
                        lock.acquire();
                        taken.set();
                        Thread.sleep(FOREVER);
                    })
                    .start();
            assertThat(taken.await(Await.LIMIT)).isTrue();
            child.kill();
            assertThat(lock.acquire(Await.LIMIT)).isTrue();
        }
    }

    @Test
    void allClientsLearnThatTheManagerWasKilled() throws Exception {
        Manager served = mp.serve(ANY_PORT, KEY);
        Manager connected = stranger.connect(address(served), KEY);
        Queue<Integer> queue = connected.queue();
        var waiting = new FutureTask<>(queue::get);
        Thread.ofPlatform().daemon().start(waiting);
        Await.until("it is waited for", () -> queue.isEmpty());
        ProcessHandle.of(served.pid()).orElseThrow().destroyForcibly();
        assertThatThrownBy(() -> waiting.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(ManagerEndedException.class);
        assertThatThrownBy(queue::size).isInstanceOf(ManagerEndedException.class);
        assertThatThrownBy(() -> connected.list()).isInstanceOf(ManagerEndedException.class);
    }

    @Test
    void anAddressCanBeServedAgain_atOnce() throws Exception {
        SocketAddress address;
        try (Manager first = mp.serve(ANY_PORT, KEY);
                Manager connected = stranger.connect(address(first), KEY)) {
            assertThat(connected.list()).isEmpty();
            address = address(first);
            assertThatThrownBy(() -> mp.serve(address, KEY)).isInstanceOf(BindException.class);
        }
        assertThatThrownBy(() -> stranger.connect(address, KEY)).isInstanceOf(ConnectException.class);
        try (Manager second = mp.serve(address, KEY);
                Manager connected = stranger.connect(address, KEY)) {
            assertThat(connected.pid()).isEqualTo(second.pid());
        }
    }

    @Test
    void unixSocketsNeedNoKey(@TempDir Path folder) throws Exception {
        SocketAddress address = UnixDomainSocketAddress.of(folder.resolve("manager"));
        try (Manager served = mp.serve(address, SocketOptions.noKey());
                Manager connected = stranger.connect(address, SocketOptions.noKey())) {
            assertThat(served.address()).contains(address);
            assertThat(connected.dict(Map.of("a", 1))).containsEntry("a", 1);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aKeyMustBeGoodEnoughForTheAddress() throws Exception {
        byte[] empty = {};
        SocketAddress everywhere = new InetSocketAddress(0);
        assertThatThrownBy(() -> mp.serve(everywhere, empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty key");
        assertThatThrownBy(() -> mp.serve(everywhere, SocketOptions.noKey()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without a key");
        assertThatThrownBy(() -> mp.serve(ANY_PORT, SocketOptions.noKey()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> stranger.connect(ANY_PORT, SocketOptions.noKey()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs a key");
        try (Manager served = mp.serve(ANY_PORT, empty);
                Manager connected = stranger.connect(address(served), empty)) {
            assertThat(connected.list(List.of(1))).containsExactly(1);
        }
    }

    @Test
    void whoHasAnotherKeyIsRefused_andOthersAreServedOn() throws Exception {
        try (Manager served = mp.serve(ANY_PORT, KEY);
                Manager connected = stranger.connect(address(served), KEY)) {
            List<Integer> list = connected.list(List.of(1));
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> stranger.connect(address(served), "another".getBytes(StandardCharsets.UTF_8)))
                        .isInstanceOf(AuthenticationException.class);
            }
            assertThat(list).containsExactly(1);
            try (Manager late = stranger.connect(address(served), KEY)) {
                assertThat(late.isAlive()).isTrue();
            }
        }
    }

    @Test
    void garbageAfterARightHandshakeEndsOnlyWhoSentIt() throws Exception {
        try (Manager served = mp.serve(ANY_PORT, KEY);
                Manager connected = stranger.connect(address(served), KEY)) {
            List<Integer> list = connected.list(List.of(1));
            byte[][] garbages = {{}, {0}, {2, 1, 1}, {(byte) 0x80, 4, 'N', '.'}, new byte[100_000]};
            for (byte[] garbage : garbages) {
                try (Connection bad = Client.connect(address(served), SocketOptions.authkey(KEY))) {
                    bad.sendBytes(garbage);
                    assertThatThrownBy(() -> bad.receiveBytes(Await.LIMIT)).isInstanceOf(IOException.class);
                }
            }
            assertThat(list).containsExactly(1);
        }
    }

    @Test
    void whoIsNoManagerIsFoundOut() throws Exception {
        try (Listener other = Listener.open(ANY_PORT, SocketOptions.authkey(KEY))) {
            var accepting = new FutureTask<>(() -> {
                try (Connection connection = other.accept()) {
                    connection.receiveBytes();
                    connection.sendBytes("no manager".getBytes(StandardCharsets.UTF_8));
                    return connection;
                }
            });
            Thread.ofPlatform().daemon().start(accepting);
            assertThatThrownBy(() -> stranger.connect(other.address(), KEY))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not take");
        }
    }

    @Test
    void whoSaysNothingIsNotWaitedForForEver() throws Exception {
        try (Listener mute = Listener.open(ANY_PORT, SocketOptions.authkey(KEY))) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    mute.accept();
                } catch (IOException | InterruptedException | IllegalStateException theTestIsOver) {
                    // it has done its part
                }
            });
            SocketOptions hurried = SocketOptions.authkey(KEY).handshakeTimeout(Duration.ofMillis(300));
            assertThatThrownBy(() -> stranger.connect(mute.address(), hurried))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("PT0.3S");
        }
    }

    @Test
    void clientsOfOtherContextsMayNotBringCode_norEndTheManager() throws Exception {
        try (Manager served = mp.serve(ANY_PORT, KEY)) {
            try (Manager connected = stranger.connect(address(served), KEY)) {
                assertThatThrownBy(() -> connected.register("text", CharSequence.class, () -> "made"))
                        .isInstanceOf(SecurityException.class);
                served.register("text", CharSequence.class, () -> "made");
                assertThat(connected.create("text", CharSequence.class).length())
                        .isEqualTo(4);
            }
            assertThat(served.isAlive()).isTrue();
        }
    }

    @Test
    void onlyProxiesOfTheManagerGoThere() throws Exception {
        try (Manager served = mp.serve(ANY_PORT, KEY);
                Manager connected = stranger.connect(address(served), KEY)) {
            List<Object> list = connected.list();
            assertThatThrownBy(() -> list.add(stranger.queue())).hasMessageContaining("only proxies");
            assertThatThrownBy(() -> list.add(stranger.manager().list())).hasMessageContaining("only proxies");
            assertThatThrownBy(() -> list.add(new Thread())).isInstanceOf(MessageNotSerializableException.class);
            list.add(connected);
            assertThat(((Manager) list.getFirst()).pid()).isEqualTo(served.pid());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local:", "threads:"})
    void socketGoesWithTheContext_whenNobodyHasClosedTheManager(String uri, @TempDir Path folder) throws Exception {
        Path socket = folder.resolve("socket");
        try (Context passing = Multiprocessing.open(uri)) {
            passing.serve(UnixDomainSocketAddress.of(socket), SocketOptions.noKey());
            assertThat(socket).exists();
        }
        Await.until("the socket is gone", () -> Files.notExists(socket));
    }

    @SuppressWarnings("unchecked") // it was published as that
    private <E> Queue<E> queue(Manager manager) {
        return (Queue<E>) manager.attach("jobs", Queue.class);
    }

    private static SocketAddress address(Manager manager) {
        return manager.address().orElseThrow();
    }
}
