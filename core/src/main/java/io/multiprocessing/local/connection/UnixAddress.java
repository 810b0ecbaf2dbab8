package io.multiprocessing.local.connection;

import java.io.IOException;
import java.net.BindException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket. It is made in a folder that only this user can enter, gets its permissions there, and then its
 * name, so it is never open to others; and it never replaces a file.
 */
final class UnixAddress {
    private static final String SOCKET = "socket";
    private static final String PREFIX = ".mp-";
    private static final int LONGEST_PATH = 107;

    private final Path path;
    private final @Nullable Path folder;
    private final @Nullable Object identity;

    private UnixAddress(Path path, @Nullable Path folder) throws IOException {
        this.path = path;
        this.folder = folder;
        this.identity = identity(path);
    }

    /** Binds a socket to a file in a folder of its own. */
    static UnixAddress bindPrivately(ServerSocketChannel server, int backlog) throws IOException {
        Path folder = privateFolder(Path.of(System.getProperty("java.io.tmpdir")));
        Path path = folder.resolve(SOCKET);
        bind(server, path, backlog);
        return new UnixAddress(path, folder);
    }

    /** Binds a socket to a file that is not there. */
    static UnixAddress bind(ServerSocketChannel server, UnixDomainSocketAddress address, int backlog)
            throws IOException {
        Path path = address.getPath().toAbsolutePath();
        Path parent = path.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new BindException("there is no folder for the socket " + path);
        }
        Path folder = privateFolder(parent);
        Path made = folder.resolve(SOCKET);
        try {
            if (made.toString().length() > LONGEST_PATH) {
                throw new BindException("the path of the socket is too long: " + path);
            }
            bind(server, made, backlog);
            Files.createLink(path, made);
        } catch (FileAlreadyExistsException taken) {
            throw new BindException("the address is in use: there is a file " + path
                    + "; if nobody listens there it was left by a process that was killed, and may be removed");
        } finally {
            Files.deleteIfExists(made);
            Files.delete(folder);
        }
        return new UnixAddress(path, null);
    }

    UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(path);
    }

    /** Removes the file, unless it is somebody else's by now. */
    void remove() throws IOException {
        if (Objects.equals(identity, identity(path))) {
            Files.deleteIfExists(path);
        }
        if (folder != null) {
            Files.deleteIfExists(folder);
        }
    }

    private static void bind(ServerSocketChannel server, Path path, int backlog) throws IOException {
        server.bind(UnixDomainSocketAddress.of(path), backlog);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    private static Path privateFolder(Path parent) throws IOException {
        return Files.createTempDirectory(
                parent, PREFIX, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static @Nullable Object identity(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (java.nio.file.NoSuchFileException gone) {
            return null;
        }
    }
}
