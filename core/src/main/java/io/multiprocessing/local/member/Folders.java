package io.multiprocessing.local.member;

import io.multiprocessing.SegmentException;
import io.multiprocessing.local.segment.BlockFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Folders and files that only their user can open. */
final class Folders {
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private Folders() {}

    /**
     * Makes a folder in a place where others may write, or takes the one that is there.
     *
     * @throws SegmentException if what is there is not a folder of this user that only this user can open
     */
    static Path createOrTrust(Path folder, long userId) {
        try {
            Files.createDirectory(folder, FOLDER);
            return folder;
        } catch (FileAlreadyExistsException exists) {
            return trust(folder, userId);
        } catch (IOException failed) {
            throw new SegmentException("the folder " + folder + " for shared memory can't be made", failed);
        }
    }

    private static Path trust(Path folder, long userId) {
        try {
            boolean isDirectory = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
            long owner = Integer.toUnsignedLong(attribute(folder, "unix:uid"));
            int mode = attribute(folder, "unix:mode");
            if (!isDirectory || owner != userId || (mode & 077) != 0) {
                throw new SegmentException("the folder " + folder + " for shared memory can't be trusted: it is "
                        + (isDirectory ? "a folder" : "no folder") + " of user " + owner + " with mode "
                        + Integer.toOctalString(mode & 0777) + "; it must be one of user " + userId
                        + " with mode 700. Remove it");
            }
            return folder;
        } catch (IOException gone) {
            throw new SegmentException("the folder " + folder + " for shared memory can't be read", gone);
        }
    }

    private static int attribute(Path folder, String name) throws IOException {
        return (Integer) Objects.requireNonNull(Files.getAttribute(folder, name, LinkOption.NOFOLLOW_LINKS));
    }

    static void create(Path folder) throws IOException {
        Files.createDirectory(folder, FOLDER);
    }

    static void createFile(Path file) throws IOException {
        Files.createFile(file, FILE);
    }

    /** What is in a folder; nothing if it is gone. */
    static List<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return new ArrayList<>(entries.sorted().toList());
        } catch (IOException gone) {
            return List.of();
        }
    }

    /** What tells a folder from another one of the same name; null if there is none. */
    static @Nullable Object identity(Path folder) {
        try {
            var attributes = Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isDirectory() ? attributes.fileKey() : null;
        } catch (IOException gone) {
            return null;
        }
    }

    /** How much memory the files in a folder take. */
    static long bytes(Path folder) {
        long bytes = 0;
        for (Path entry : list(folder)) {
            bytes += Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                    ? bytes(entry)
                    : entry.toFile().length();
        }
        return bytes;
    }

    /**
     * Removes a folder and all in it, following no links, and the flat names of the blocks in it; what somebody else has
     * removed already is fine.
     */
    static void remove(Path path) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : list(path)) {
                remove(entry);
            }
        }
        delete(path);
    }

    private static void delete(Path path) {
        try {
            if (path.getFileName().toString().startsWith(BlockFile.PREFIX)) {
                BlockFile.prepareRemoval(path);
            }
            Files.delete(path);
        } catch (NoSuchFileException gone) {
            // as it should be
        } catch (IOException failed) {
            throw new SegmentException(path + " can't be removed", failed);
        }
    }
}
