package io.multiprocessing.local.queue;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.multiprocessing.SegmentException;
import io.multiprocessing.local.segment.CellId;
import io.multiprocessing.local.segment.ChannelWork;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Messages that are too large for a ring, each in a file of its own beside the context's segments. The name says which
 * queue and which message, so whoever finds a file that was left knows it without having seen it: a producer that was
 * killed before it committed is followed by one that writes the same file.
 *
 * <p>A file is written by system calls, which is faster than through a mapping whose pages don't exist yet, and read
 * through a mapping, straight to where the elements of an array belong.
 */
final class Spill {
    private static final FileAttribute<Set<PosixFilePermission>> USER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** So small that it stays in the processor's cache. */
    private static final int CHUNK_BYTES = 256 * 1024;

    private final Path folder;
    private final String prefix;

    Spill(Path folder, CellId queue) {
        this.folder = folder;
        this.prefix = "spill-" + Long.toHexString(queue.segment()) + "-" + Long.toHexString(queue.offset()) + "-";
    }

    /** @throws SegmentException if there is no room; nothing is left then */
    void write(int message, Outgoing bytes) {
        Path file = file(message);
        try {
            new ChannelWork<Boolean>() {
                @Override
                protected Boolean attempt() throws IOException {
                    writeFile(file, bytes);
                    return true;
                }
            }.run();
        } catch (IOException full) {
            remove(message);
            throw new SegmentException(
                    "no room for a message of " + bytes.length + " bytes in " + folder + ": " + full.getMessage(),
                    full);
        }
    }

    private static void writeFile(Path file, Outgoing bytes) throws IOException {
        // Of one that the dead have left it is the whole content that counts.
        try (FileChannel channel = FileChannel.open(file, Set.of(CREATE, WRITE, TRUNCATE_EXISTING), USER_ONLY);
                Arena arena = Arena.ofConfined()) {
            MemorySegment chunk = arena.allocate(CHUNK_BYTES);
            ByteBuffer buffer = chunk.asByteBuffer();
            for (int from = 0; from < bytes.length; ) {
                int count = Math.min(CHUNK_BYTES, bytes.length - from);
                bytes.copyTo(from, chunk, 0, count);
                buffer.clear().limit(count);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                from += count;
            }
        }
    }

    /** The bytes of a message, which have to be closed; the file may be removed before. */
    SpilledMessage read(int message, int length) {
        Path file = file(message);
        Arena arena = Arena.ofConfined();
        boolean isOpen = false;
        try {
            MemorySegment memory = new ChannelWork<MemorySegment>() {
                @Override
                protected MemorySegment attempt() throws IOException {
                    return mapFile(file, length, arena);
                }
            }.run();
            isOpen = true;
            return new SpilledMessage(memory, arena);
        } catch (IOException lost) {
            throw new SegmentException("the message in " + file + " can't be read", lost);
        } finally {
            if (!isOpen) {
                arena.close();
            }
        }
    }

    private static MemorySegment mapFile(Path file, int length, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(file, READ)) {
            if (channel.size() != length) {
                throw new SegmentException(
                        "the message in " + file + " is damaged: it has " + channel.size() + " bytes, not " + length);
            }
            return channel.map(MapMode.READ_ONLY, 0, length, arena);
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

    private Path file(int message) {
        return folder.resolve(prefix + Integer.toHexString(message));
    }
}
