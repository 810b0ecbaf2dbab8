package io.multiprocessing.local.connection;

import io.multiprocessing.local.os.Os;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The folders in which Unix sockets are made, each of one listener, and what killed processes have left of them: those with the
 * socket of a dead one, and empty ones. Nobody can tell whose an empty one is, so its maker makes another if it goes; that it
 * is left alone for a while just spares the living the trouble.
 */
public final class SocketFolders {
    static final String SOCKET = "socket";
    static final String DEAD = "dead";

    private static final String PREFIX = ".mp-";
    private static final long EMPTY_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private SocketFolders() {}

    /** Where the sockets of listeners lie that were given no address. */
    public static Path usualParent() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Makes a folder that only this user can enter. It may go as long as it is empty. */
    static Path make(Path parent) throws IOException {
        return Files.createTempDirectory(
                parent, PREFIX, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /**
     * Removes what killed processes have left.
     *
     * @param parent in which folder to look
     * @return which folders were removed; those of others can't be entered, and stay
     */
    public static List<Path> sweep(Path parent) throws IOException {
        List<Path> removed = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isRemoved(folder)) {
                    removed.add(folder);
                }
            }
        } catch (FileSystemException notOurs) {
            // Whoever may look there will.
        }
        return removed;
    }

    private static boolean isRemoved(Path folder) throws IOException {
        try {
            Path socket = folder.resolve(SOCKET);
            if (Os.current().isDeadSocket(socket)) {
                Files.deleteIfExists(socket);
                Files.deleteIfExists(folder.resolve(DEAD));
            } else if (!isOldAndEmpty(folder)) {
                return false;
            }
            Files.delete(folder);
            return true;
        } catch (FileSystemException usedOrNotOursOrGone) {
            return false;
        }
    }

    private static boolean isOldAndEmpty(Path folder) throws IOException {
        long age =
                System.currentTimeMillis() - Files.getLastModifiedTime(folder).toMillis();
        if (age < EMPTY_MILLIS) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        } catch (NoSuchFileException gone) {
            return false;
        }
    }
}
