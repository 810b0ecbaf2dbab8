package io.multiprocessing.local.segment;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.multiprocessing.SegmentException;
import io.multiprocessing.local.os.Os;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of shared memory that strangers find by a flat name, as those of shm_open(3) do: the bytes that were asked for, and
 * nothing of ours.
 *
 * <p>It has two names. It is made in the folder of its context, where nobody looks for it. When all its pages exist and it is
 * filled, it is linked to its flat name; who finds it there finds it whole. The name in the folder stays: it says whose the file
 * is. Who removes the folder takes the flat name away before, if it is still that of the same file. Anybody may take the flat
 * name away, and give it to another file: then this one can't be found any more, and is kept for nobody.
 *
 * <p>Kill points: block-K1 the file exists, block-K2 it is filled: it has no flat name, and goes with the folder. block-K3 it has its
 * flat name: it is there, and goes with the folder. When it loses its names, block-K4 the flat one is gone: nobody finds the file any more,
 * and it goes with the folder.
 */
public final class BlockFile {
    /** How the names of such files begin in the folder of their context. */
    public static final String PREFIX = "memory-";

    private static final char SEPARATOR = '-';

    private BlockFile() {}

    /**
     * What tells a file from all others of its context.
     *
     * @param number one that no other file of the context ever has; 0 for a file of somebody else, which has its flat name only
     * @param name the flat name
     */
    public record Id(long number, String name) {
        /** Of a file in the folder of a context; null if it is something else, or has a name of another locale. */
        private static @Nullable Id of(Path file) {
            String text = file.getFileName().toString();
            int separator = text.indexOf(SEPARATOR, PREFIX.length());
            if (!text.startsWith(PREFIX) || separator < 0) {
                return null;
            }
            try {
                long number = Long.parseUnsignedLong(text, PREFIX.length(), separator, 16);
                var id = new Id(number, text.substring(separator + 1));
                id.flat();
                return id;
            } catch (NumberFormatException somethingElse) {
                return null;
            } catch (IllegalArgumentException ofAnotherLocale) {
                System.getLogger("io.multiprocessing")
                        .log(Level.WARNING, "the flat name of " + file + " is left alone", ofAnotherLocale);
                return null;
            }
        }

        Path inFolder(Path folder) {
            return folder.resolve(PREFIX + Long.toHexString(number) + SEPARATOR + name);
        }

        /** @throws IllegalArgumentException if no file can be so called in the locale of this process */
        Path flat() {
            try {
                return Os.current().sharedMemory().resolve(name);
            } catch (InvalidPathException unmappable) {
                throw new IllegalArgumentException(
                        "not a name of a block of shared memory: \"" + name + "\"; the locale of this process has only "
                                + System.getProperty("sun.jnu.encoding")
                                + ". Start it with LC_ALL=C.UTF-8, or take a name in ASCII",
                        unmappable);
            }
        }
    }

    /**
     * Makes a file.
     *
     * @param filling writes what must be there before anyone can find it
     * @return the file, mapped as long as {@code arena} lives; null if its flat name is taken
     * @throws SegmentException if there is no room for it
     */
    public static @Nullable MemorySegment create(
            Path folder, Id id, long bytes, Consumer<MemorySegment> filling, Arena arena) {
        try {
            return new ChannelWork<MemorySegment>() {
                @Override
                protected MemorySegment attempt() throws IOException {
                    return createFile(folder, id, bytes, filling, arena);
                }
            }.run();
        } catch (FileAlreadyExistsException taken) {
            return null;
        } catch (NoSuchFileException gone) {
            throw new SegmentException("a block can't be made: the folder " + folder + " of the context is gone", gone);
        } catch (IOException failed) {
            throw new SegmentException(reason(folder, id, bytes, failed), failed);
        }
    }

    private static MemorySegment createFile(
            Path folder, Id id, long bytes, Consumer<MemorySegment> filling, Arena arena) throws IOException {
        if (key(id.flat()) != null) {
            throw new FileAlreadyExistsException(id.name); // before memory is taken for nothing
        }
        Path file = id.inFolder(folder);
        boolean isLinked = false;
        try (FileChannel channel =
                FileChannel.open(file, Set.of(CREATE_NEW, READ, WRITE), SegmentFile.USER_ONLY_ATTRIBUTE)) {
            CrashPoint.reached("block-K1");
            Reservation.make(file, channel, bytes);
            MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, bytes, arena);
            filling.accept(memory);
            CrashPoint.reached("block-K2");
            Files.createLink(id.flat(), file);
            CrashPoint.reached("block-K3");
            isLinked = true;
            return memory;
        } finally {
            if (!isLinked) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String reason(Path folder, Id id, long bytes, IOException failed) {
        Path flat = id.flat().getParent();
        try {
            if (!Files.getFileStore(folder).equals(Files.getFileStore(flat))) {
                return "a block with a flat name can be made only where contexts are kept in " + flat
                        + ", and they are in " + folder.getParent()
                        + "; start without -Dmultiprocessing.folder, or with one in " + flat;
            }
        } catch (IOException gone) {
            failed.addSuppressed(gone);
        }
        return "no room for a block of " + bytes + " bytes in " + flat + " (" + failed.getMessage()
                + "); free some, or enlarge the file system that holds it";
    }

    /**
     * Attaches to a file.
     *
     * @return all of the file, mapped as long as {@code arena} lives; null if it is gone
     * @throws SegmentException if there is something else in its place, or it can't be read
     */
    public static @Nullable MemorySegment attach(Path folder, Id id, Arena arena) {
        try {
            if (id.number != 0 && !hasFlatName(folder, id)) {
                return null;
            }
            return new ChannelWork<MemorySegment>() {
                @Override
                protected MemorySegment attempt() throws IOException {
                    return map(id.number == 0 ? id.flat() : id.inFolder(folder), arena);
                }
            }.run();
        } catch (NoSuchFileException gone) {
            return null;
        } catch (IOException unreadable) {
            throw new SegmentException(
                    "the block of shared memory " + id.flat() + " can't be opened: " + unreadable.getMessage(),
                    unreadable);
        }
    }

    private static MemorySegment map(Path file, Arena arena) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS)
                .isRegularFile()) {
            throw new SegmentException(file + " is no block of shared memory, and no file at all");
        }
        try (FileChannel channel = FileChannel.open(file, Set.of(READ, WRITE, NOFOLLOW_LINKS))) {
            long bytes = channel.size();
            if (bytes == 0) {
                throw new SegmentException("the block of shared memory " + file
                        + " is empty: who makes it has not said yet how large it is to be, or has died");
            }
            return channel.map(MapMode.READ_WRITE, 0, bytes, arena);
        }
    }

    /** Takes a file's names away; false if the flat one was gone, or another file's, already. */
    public static boolean unlink(Path folder, Id id) {
        try {
            return id.number == 0 ? Files.deleteIfExists(id.flat()) : removeNames(folder, id);
        } catch (IOException failed) {
            throw new SegmentException(
                    "the block of shared memory " + id.flat() + " can't be unlinked: " + failed.getMessage(), failed);
        }
    }

    private static boolean removeNames(Path folder, Id id) throws IOException {
        boolean hadFlatName = removeFlatName(folder, id);
        Files.deleteIfExists(id.inFolder(folder));
        return hadFlatName;
    }

    /** Takes its flat name from a file that is about to be removed with the folder of its context. */
    public static void prepareRemoval(Path file) throws IOException {
        Id id = Id.of(file);
        if (id != null) {
            removeFlatName(Objects.requireNonNull(file.getParent()), id);
        }
    }

    private static boolean removeFlatName(Path folder, Id id) throws IOException {
        boolean isRemoved = hasFlatName(folder, id) && Files.deleteIfExists(id.flat());
        CrashPoint.reached("block-K4");
        return isRemoved;
    }

    /** Removes a file from the folder of its context if it has lost its flat name; false if it has it. */
    public static boolean removeIfUnlinked(Path folder, Id id) {
        try {
            if (hasFlatName(folder, id)) {
                return false;
            }
            Files.deleteIfExists(id.inFolder(folder));
            return true;
        } catch (IOException failed) {
            throw new SegmentException("the block of shared memory " + id.flat() + " can't be looked for", failed);
        }
    }

    /** The bytes of the files in the folder of a context, by their flat names, for people. */
    public static Map<String, Long> in(Path folder) {
        Map<String, Long> bytes = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path file : files) {
                Id id = Id.of(file);
                if (id != null && hasFlatName(folder, id)) {
                    bytes.put(id.name, file.toFile().length());
                }
            }
        } catch (IOException | DirectoryIteratorException gone) {
            throw new SegmentException("the folder of the context is gone: " + folder, gone);
        }
        return bytes;
    }

    /** False also if the file is gone. */
    private static boolean hasFlatName(Path folder, Id id) throws IOException {
        Object file = key(id.inFolder(folder));
        return file != null && file.equals(key(id.flat()));
    }

    private static @Nullable Object key(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException gone) {
            return null;
        }
    }
}
