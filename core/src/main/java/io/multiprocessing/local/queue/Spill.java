package io.multiprocessing.local.queue;

import io.multiprocessing.SegmentException;
import io.multiprocessing.local.segment.CellId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Messages that are too large for a ring, each in a file of its own beside the context's segments. The name says which
 * queue and which message, so whoever finds a file that was left knows it without having seen it: a producer that was
 * killed before it committed is followed by one that writes the same file.
 *
 * <p>A file is written and read by system calls, not mapped: that is faster for memory that is touched once. Streams of
 * files, unlike channels, are not closed by an interrupt.
 */
final class Spill {
    private static final FileAttribute<Set<PosixFilePermission>> USER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;
    private final String prefix;

    Spill(Path folder, CellId queue) {
        this.folder = folder;
        this.prefix = "spill-" + Long.toHexString(queue.segment()) + "-" + Long.toHexString(queue.offset()) + "-";
    }

    /** @throws SegmentException if there is no room; nothing is left then */
    void write(int message, byte[] bytes, int offset, int length) {
        Path file = file(message);
        try {
            create(file);
            try (OutputStream out =
                    Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                out.write(bytes, offset, length);
            }
        } catch (IOException full) {
            remove(message);
            throw new SegmentException(
                    "no room for a message of " + length + " bytes in " + folder + ": " + full.getMessage(), full);
        }
    }

    void read(int message, byte[] target, int length) {
        Path file = file(message);
        try (InputStream in = Files.newInputStream(file)) {
            if (in.readNBytes(target, 0, length) < length) {
                throw new SegmentException("the message in " + file + " is damaged");
            }
        } catch (IOException lost) {
            throw new SegmentException("the message in " + file + " can't be read", lost);
        }
    }

    void remove(int message) {
        try {
            Files.delete(file(message));
        } catch (NoSuchFileException none) {
            // as it should be
        } catch (IOException left) {
            throw new SegmentException(file(message) + " can't be removed", left);
        }
    }

    private static void create(Path file) throws IOException {
        try {
            Files.createFile(file, USER_ONLY);
        } catch (FileAlreadyExistsException leftByTheDead) {
            // It is written anew.
        }
    }

    private Path file(int message) {
        return folder.resolve(prefix + Integer.toHexString(message));
    }
}
