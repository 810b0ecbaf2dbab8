package io.multiprocessing.local.connection;

import io.multiprocessing.local.os.Os;
import java.io.IOException;
import java.net.BindException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix socket. It is made in a folder that only this user can enter, gets its permissions there, and then its
 * name, so it is never open to others. It never replaces a file but that of a listener that has died.
 *
 * <p>Of several that find the file of a dead listener one takes it away, by a rename to a folder of its own. There it looks
 * again: if it was not the one that it had found, for another was faster and listens, it gives it back.
 *
 * <p><b>Death.</b> What a killed process leaves, its socket and the folder that was its own, is removed by the next one that
 * listens at a file beside it.
 */
final class UnixAddress {
    private static final String SOCKET = "socket";
    private static final String DEAD = "dead";
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
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        sweep(parent);
        Path folder = privateFolder(parent);
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
        sweep(parent);
        Path folder = privateFolder(parent);
        Path made = folder.resolve(SOCKET);
        try {
            if (made.toString().length() > LONGEST_PATH) {
                throw new BindException("the path of the socket is too long: " + path);
            }
            bind(server, made, backlog);
            link(path, made);
        } catch (FileAlreadyExistsException taken) {
            throw new BindException("the address is in use: somebody listens at " + path
                    + ", or it is a file that is no socket, which is never replaced");
        } finally {
            Files.deleteIfExists(made);
            Files.delete(folder);
        }
        return new UnixAddress(path, null);
    }

    UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(path);
    }

    private static void link(Path path, Path made) throws IOException {
        try {
            Files.createLink(path, made);
        } catch (FileAlreadyExistsException taken) {
            if (!removeDead(path, made.resolveSibling(DEAD))) {
                throw taken;
            }
            Files.createLink(path, made);
        }
    }

    /** Removes the file of a listener that has died; false if it is something else. */
    private static boolean removeDead(Path path, Path takenAway) throws IOException {
        if (!Os.current().isDeadSocket(path)) {
            return false;
        }
        try {
            Files.move(path, takenAway, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException another) {
            return true;
        }
        try {
            if (!Os.current().isDeadSocket(takenAway)) {
                Files.createLink(path, takenAway);
                return false;
            }
            return true;
        } finally {
            Files.delete(takenAway);
        }
    }

    /** Removes the folders that killed processes have left; those of others can't be entered, and stay. */
    private static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                Path socket = folder.resolve(SOCKET);
                if (Os.current().isDeadSocket(socket)) {
                    Files.deleteIfExists(socket);
                    Files.deleteIfExists(folder.resolve(DEAD));
                    Files.deleteIfExists(folder);
                }
            }
        } catch (FileSystemException notOurs) {
            // Whoever may remove it will.
        }
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
        } catch (NoSuchFileException gone) {
            return null;
        }
    }
}
