package io.multiprocessing.local.segment;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.multiprocessing.SegmentException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
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
 * A file of shared memory. It is created under a temporary name, filled so that every page exists, and then linked to
 * its own name: who finds it finds it whole. It never shrinks or grows; an access to a missing page would kill the JVM.
 *
 * <p>Kill points: segment-K1 the temporary file exists, segment-K2 it is filled: it goes with its folder, and nobody has
 * found it.
 */
public final class SegmentFile {
    /** Where the owner's bytes begin. */
    public static final long DATA_OFFSET = SegmentLayout.HEADER_BYTES;

    private static final Set<PosixFilePermission> USER_ONLY = PosixFilePermissions.fromString("rw-------");
    static final FileAttribute<Set<PosixFilePermission>> USER_ONLY_ATTRIBUTE =
            PosixFilePermissions.asFileAttribute(USER_ONLY);

    private SegmentFile() {}

    /**
     * Creates a segment.
     *
     * @param kind which layout its bytes have, checked by {@link #attach}
     * @param bytes its size, header included
     * @return the whole file, mapped as long as {@code arena} lives
     * @throws SegmentException if there is no room for it, or a file of that name exists
     */
    public static MemorySegment create(Path file, int kind, long bytes, Arena arena) {
        try {
            return new ChannelWork<MemorySegment>() {
                @Override
                protected MemorySegment attempt() throws IOException {
                    return createFile(file, kind, bytes, arena);
                }
            }.run();
        } catch (FileAlreadyExistsException taken) {
            throw new SegmentException("a file named " + file + " exists already", taken);
        } catch (NoSuchFileException gone) {
            throw new SegmentException(
                    "shared memory can't be created: the folder " + file.getParent() + " is gone", gone);
        } catch (IOException full) {
            throw new SegmentException(
                    "no room for " + bytes + " bytes of shared memory in " + file.getParent() + " (" + full.getMessage()
                            + "); free some, or enlarge the file system that holds it",
                    full);
        }
    }

    /**
     * Attaches to a segment that somebody has created.
     *
     * @throws SegmentException if there is no such file, or it is not a segment of this kind and version; it is not
     *     touched then
     */
    public static MemorySegment attach(Path file, int kind, Arena arena) {
        return map(file, kind, arena, Set.of(READ, WRITE), MapMode.READ_WRITE);
    }

    /** As {@link #attach}, for looking only. */
    static MemorySegment view(Path file, int kind, Arena arena) {
        return map(file, kind, arena, Set.of(READ), MapMode.READ_ONLY);
    }

    private static MemorySegment map(Path file, int kind, Arena arena, Set<StandardOpenOption> access, MapMode mode) {
        try {
            return new ChannelWork<MemorySegment>() {
                @Override
                protected MemorySegment attempt() throws IOException {
                    return mapFile(file, kind, arena, access, mode);
                }
            }.run();
        } catch (NoSuchFileException missing) {
            throw new SegmentException("shared memory segment " + file + " is gone", missing);
        } catch (IOException unreadable) {
            throw new SegmentException("shared memory segment " + file + " can't be read", unreadable);
        }
    }

    private static MemorySegment mapFile(Path file, int kind, Arena arena, Set<StandardOpenOption> access, MapMode mode)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, access)) {
            long bytes = channel.size();
            if (bytes < SegmentLayout.HEADER_BYTES) {
                throw new SegmentException(file + " is no shared memory segment: it has only " + bytes + " bytes");
            }
            MemorySegment segment = channel.map(mode, 0, bytes, arena);
            check(file, segment, kind, bytes);
            return segment;
        }
    }

    private static void check(Path file, MemorySegment segment, int kind, long bytes) {
        if (Words.longPlain(segment, SegmentLayout.MAGIC_OFFSET) != SegmentLayout.MAGIC) {
            throw new SegmentException(file + " is no shared memory segment of this library");
        }
        int version = Words.intPlain(segment, SegmentLayout.VERSION_OFFSET);
        if (version != SegmentLayout.VERSION) {
            throw new SegmentException(
                    file + " has layout version " + version + "; this library reads version " + SegmentLayout.VERSION);
        }
        int actualKind = Words.intPlain(segment, SegmentLayout.KIND_OFFSET);
        if (actualKind != kind) {
            throw new SegmentException(file + " is of kind " + actualKind + ", not " + kind);
        }
        long size = Words.longPlain(segment, SegmentLayout.SIZE_OFFSET);
        if (size != bytes) {
            throw new SegmentException(file + " is damaged: it says " + size + " bytes and has " + bytes);
        }
    }

    private static MemorySegment createFile(Path file, int kind, long bytes, Arena arena) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(temporary, Set.of(CREATE_NEW, READ, WRITE), USER_ONLY_ATTRIBUTE)) {
            CrashPoint.reached("segment-K1");
            Reservation.make(temporary, channel, bytes);
            CrashPoint.reached("segment-K2");
            MemorySegment segment = channel.map(MapMode.READ_WRITE, 0, bytes, arena);
            Words.setLongPlain(segment, SegmentLayout.MAGIC_OFFSET, SegmentLayout.MAGIC);
            Words.setIntPlain(segment, SegmentLayout.VERSION_OFFSET, SegmentLayout.VERSION);
            Words.setIntPlain(segment, SegmentLayout.KIND_OFFSET, kind);
            Words.setLongPlain(segment, SegmentLayout.SIZE_OFFSET, bytes);
            Files.createLink(file, temporary);
            return segment;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
