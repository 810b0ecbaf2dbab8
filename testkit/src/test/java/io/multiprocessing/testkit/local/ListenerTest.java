package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Client;
import io.multiprocessing.Connection;
import io.multiprocessing.Listener;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.testkit.contract.ListenerContract;
import io.multiprocessing.testkit.jvm.Await;
import java.io.File;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenerTest {
    @Nested
    class Private extends ListenerContract {
        @Override
        protected Listener listen(SocketOptions options) throws Exception {
            return Listener.open(options);
        }

        @Override
        protected boolean isPrivate() {
            return true;
        }

        @Test
        void nothingIsLeft() throws Exception {
            Path file;
            try (Listener listener = Listener.open(SocketOptions.noKey())) {
                file = ((UnixDomainSocketAddress) listener.address()).getPath();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                        .isEqualTo("rwx------");
            }
            assertThat(file.getParent()).doesNotExist();
        }
    }

    @Nested
    class Unix extends ListenerContract {
        @TempDir
        Path folder;

        private int count;

        @Override
        protected Listener listen(SocketOptions options) throws Exception {
            return Listener.open(UnixDomainSocketAddress.of(folder.resolve("socket" + count++)), options);
        }

        @Override
        protected boolean isPrivate() {
            return true;
        }

        @Test
        void fileIsTheUsersAlone_andRemovedAtTheEnd() throws Exception {
            Path file = folder.resolve("mine");
            try (Listener listener = Listener.open(UnixDomainSocketAddress.of(file), SocketOptions.noKey())) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertThat(folder).isDirectoryContaining(one -> one.equals(file));
                assertThat(listener.address()).isEqualTo(UnixDomainSocketAddress.of(file));
            }
            assertThat(folder).isEmptyDirectory();
        }

        @Test
        void neverTouchesTheFilesOfOthers() throws Exception {
            Path file = Files.writeString(folder.resolve("text"), "text");
            assertThatThrownBy(() -> Listener.open(UnixDomainSocketAddress.of(file), SocketOptions.noKey()))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining(file.toString());
            assertThat(file).hasContent("text");
            Path mine = folder.resolve("mine");
            try (Listener listener = Listener.open(UnixDomainSocketAddress.of(mine), SocketOptions.noKey())) {
                Files.delete(((UnixDomainSocketAddress) listener.address()).getPath());
                Files.writeString(mine, "somebody else's");
            }
            assertThat(mine).hasContent("somebody else's");
        }

        @Test
        void replacesTheSocketOfAListenerThatHasDied() throws Exception {
            Path file = folder.resolve("dead");
            bindAndDie(file);
            assertThat(file).exists();
            try (Listener listener = listen(file);
                    Connection client = Client.connect(listener.address(), SocketOptions.noKey());
                    Connection server = listener.accept(Await.LIMIT)) {
                client.send("there is somebody again");
                assertThat(server.receive(Await.LIMIT)).isEqualTo("there is somebody again");
            }
            assertThat(folder).isEmptyDirectory();
        }

        @Test
        void listenerDoesNotNoticeWhoWantsItsAddress() throws Exception {
            Path file = folder.resolve("living");
            try (Listener listener = listen(file)) {
                assertThatThrownBy(() -> listen(file))
                        .isInstanceOf(BindException.class)
                        .hasMessageContaining(file.toString());
                assertThatThrownBy(() -> listener.accept(Duration.ofMillis(20))).isInstanceOf(TimeoutException.class);
                try (Connection client = Client.connect(listener.address(), SocketOptions.noKey());
                        Connection server = listener.accept(Await.LIMIT)) {
                    client.send(1);
                    assertThat(server.receive(Await.LIMIT)).isEqualTo(1);
                }
            }
            assertThat(folder).isEmptyDirectory();
        }

        @Test
        void foldersOfTheDeadAreSwept_andThoseOfTheLivingAreNot() throws Exception {
            Path dead = Files.createDirectory(folder.resolve(".mp-dead"));
            bindAndDie(dead.resolve("socket"));
            Path living = Files.createDirectory(folder.resolve(".mp-living"));
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(living.resolve("socket")));
                listen(folder.resolve("new")).close();
                assertThat(dead).doesNotExist();
                assertThat(living).isDirectoryContaining("glob:**socket");
            }
        }

        @Test
        void emptyFoldersThatAreOldAreSwept() throws Exception {
            Path left = Files.createDirectory(folder.resolve(".mp-left"));
            Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(120)));
            Path used = Files.createDirectory(folder.resolve(".mp-used"));
            Files.createFile(used.resolve("something"));
            Files.setLastModifiedTime(used, FileTime.from(Instant.now().minusSeconds(120)));
            Path young = Files.createDirectory(folder.resolve(".mp-young"));
            listen(folder.resolve("new")).close();
            assertThat(left).doesNotExist();
            assertThat(used).exists();
            assertThat(young).exists();
        }

        @Test
        void listens_whateverFoldersAreSweptMeanwhile() throws Exception {
            AtomicBoolean ended = new AtomicBoolean();
            Thread sweeper = Thread.ofPlatform().start(() -> {
                while (!ended.get()) {
                    for (File one : Objects.requireNonNull(folder.toFile().listFiles())) {
                        one.delete(); // an empty folder; others are kept by what is in them
                    }
                }
            });
            try {
                for (int i = 0; i < 50; i++) {
                    listen(folder.resolve("deeper")).close();
                }
            } finally {
                ended.set(true);
                sweeper.join();
            }
        }

        private Listener listen(Path file) throws Exception {
            return Listener.open(UnixDomainSocketAddress.of(file), SocketOptions.noKey());
        }

        /** Leaves what a killed listener leaves: nobody removes the file of a channel that is closed. */
        private static void bindAndDie(Path file) throws Exception {
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(UnixDomainSocketAddress.of(file));
            }
        }

        @Test
        void folderMustBeThere() {
            assertThatThrownBy(() -> Listener.open(
                            UnixDomainSocketAddress.of(folder.resolve("none").resolve("socket")),
                            SocketOptions.noKey()))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("no folder");
        }

        @Test
        void pathToWhichNobodyCouldConnectIsRefused() {
            Path path = folder.resolve("x".repeat(108));
            assertThatThrownBy(() -> Listener.open(UnixDomainSocketAddress.of(path), SocketOptions.noKey()))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("at most 107 bytes");
            assertThat(path).doesNotExist();
        }
    }

    @Nested
    class Tcp extends ListenerContract {
        @Override
        protected Listener listen(SocketOptions options) throws Exception {
            return Listener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options);
        }

        @Override
        protected boolean isPrivate() {
            return false;
        }

        @Test
        void knowsWhoCame() throws Exception {
            try (Listener listener = listen(SocketOptions.noKey());
                    Connection client = Client.connect(listener.address(), SocketOptions.noKey());
                    Connection server = listener.accept(Await.LIMIT)) {
                assertThat(((InetSocketAddress) listener.address()).getPort()).isPositive();
                assertThat(listener.lastAccepted())
                        .hasValueSatisfying(
                                from -> assertThat(server.toString()).contains(from.toString()));
                assertThat(client.toString()).contains(listener.address().toString());
            }
        }

        @Test
        void otherFamiliesAreRefused() {
            SocketAddress other = new SocketAddress() {};
            assertThatThrownBy(() -> Listener.open(other, SocketOptions.noKey()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Client.connect(other, SocketOptions.noKey()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> SocketOptions.noKey().digest("sha1")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> SocketOptions.noKey().backlog(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> SocketOptions.noKey().handshakeTimeout(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
