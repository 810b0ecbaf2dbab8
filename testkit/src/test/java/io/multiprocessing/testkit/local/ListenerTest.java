package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Client;
import io.multiprocessing.Connection;
import io.multiprocessing.Listener;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.testkit.contract.ListenerContract;
import io.multiprocessing.testkit.jvm.Await;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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
        void folderMustBeThere() {
            assertThatThrownBy(() -> Listener.open(
                            UnixDomainSocketAddress.of(folder.resolve("none").resolve("socket")),
                            SocketOptions.noKey()))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("no folder");
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
