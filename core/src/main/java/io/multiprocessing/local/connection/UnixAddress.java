package io.multiprocessing.local.connection;

import io.multiprocessing.local.os.Os;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
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
 * <p>Of a listener that nobody has closed it is removed when the process ends.
 *
 * <p><b>Death.</b> What a killed process leaves, its socket and the folder that was its own, is removed by the next one that
 * listens at a file beside it: see {@link SocketFolders}.
 */
final class UnixAddress {
    private static final int LONGEST_PATH = 107;

    private final Path path;
    private final @Nullable Path folder;
    private final @Nullable Object identity;
    private final Thread removalAtEnd = new Thread(this::removeAtEnd, "multiprocessing-socket-removal");

    private UnixAddress(Path path, @Nullable Path folder) throws IOException {
        this.path = path;
        this.folder = folder;
        this.identity = identity(path);
    }

    private UnixAddress kept() {
        try {
            Runtime.getRuntime().addShutdownHook(removalAtEnd);
        } catch (IllegalStateException ending) {
            // then it is left as by a process that was killed
        }
        return this;
    }

    /** Binds a socket to a file in a folder of its own. */
    static UnixAddress bindPrivately(ServerSocketChannel server, int backlog) throws IOException {
        Path parent = SocketFolders.usualParent();
        SocketFolders.sweep(parent);
        Path path = bindInFolder(server, parent, backlog);
        return new UnixAddress(path, path.getParent()).kept();
    }

    /** Binds a socket to a file that is not there. */
    static UnixAddress bind(ServerSocketChannel server, UnixDomainSocketAddress address, int backlog)
            throws IOException {
        Path path = address.getPath().toAbsolutePath();
        Path parent = path.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new BindException("there is no folder for the socket " + path);
        }
        int length = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_PATH) {
            throw new BindException("nobody could connect: the path of a Unix socket has at most " + LONGEST_PATH
                    + " bytes, and this one has " + length + ": " + path);
        }
        SocketFolders.sweep(parent);
        Path made = bindInFolder(server, parent, backlog);
        try {
            link(path, made);
        } catch (FileAlreadyExistsException taken) {
            throw new BindException("the address is in use: somebody listens at " + path
                    + ", or it is a file that is no socket, which is never replaced");
        } finally {
            Files.deleteIfExists(made);
            Files.deleteIfExists(Objects.requireNonNull(made.getParent()));
        }
        return new UnixAddress(path, null).kept();
    }

    UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(path);
    }

    private static void link(Path path, Path made) throws IOException {
        try {
            Files.createLink(path, made);
        } catch (FileAlreadyExistsException taken) {
            if (!removeDead(path, made.resolveSibling(SocketFolders.DEAD))) {
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

    /** Removes the file, unless it is somebody else's by now. */
    void remove() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(removalAtEnd);
        } catch (IllegalStateException ending) {
            // then it is removed twice, which is no harm
        }
        removeFiles();
    }

    private void removeAtEnd() {
        try {
            removeFiles();
        } catch (IOException left) {
            // who listens there next removes it, as what a killed process leaves
        }
    }

    private void removeFiles() throws IOException {
        if (Objects.equals(identity, identity(path))) {
            Files.deleteIfExists(path);
        }
        if (folder != null) {
            Files.deleteIfExists(folder);
        }
    }

    /** Binds a socket to a file in a folder of its own, in another one if somebody has swept that away meanwhile. */
    private static Path bindInFolder(ServerSocketChannel server, Path parent, int backlog) throws IOException {
        while (true) {
            Path folder = SocketFolders.make(parent);
            Path path = folder.resolve(SocketFolders.SOCKET);
            boolean isBound = false;
            try {
                if (path.toString().length() > LONGEST_PATH) {
                    throw new BindException("the path of the socket is too long: it is made at " + path);
                }
                server.bind(UnixDomainSocketAddress.of(path), backlog);
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
                isBound = true;
                return path;
            } catch (SocketException failed) {
                if (failed instanceof BindException || Files.isDirectory(folder)) {
                    throw failed;
                }
            } finally {
                if (!isBound) {
                    Files.deleteIfExists(path);
                    Files.deleteIfExists(folder);
                }
            }
        }
    }

    private static @Nullable Object identity(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException gone) {
            return null;
        }
    }
}
