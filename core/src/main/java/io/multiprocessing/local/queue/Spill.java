package io.multiprocessing.local.queue;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.multiprocessing.SegmentException;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.ChannelWork;
import io.multiprocessing.local.segment.CrashPoint;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Messages that are too large for a ring, each in a file of its own beside the context's segments. A producer writes the file
 * before it takes the lock, and names it after the message when it puts that; a consumer that has taken the message names it
 * after itself, and reads it when it has let go of the lock. So the name says at each moment whose the file is, and a rename
 * hands it on: see {@link SpillFiles}.
 *
 * <p>A file is written by system calls, which is faster than through a mapping whose pages don't exist yet, and read
 * through a mapping, straight to where the elements of an array belong. Most of the time that a large message takes would
 * go to the making and freeing of its pages. So while large messages follow each other the file of one that was read
 * is kept as a spare, to be written again.
 *
 * <p><b>Death.</b> A file that is named after a process that is dead is removed by the next one who puts or gets and
 * finds that the last one to write or to read is dead, or who takes over a lock, or who makes a new file. One that is named
 * after a message was put, or is removed by who takes over the lock of its producer or consumer.
 */
final class Spill {
    private static final FileAttribute<Set<PosixFilePermission>> USER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** So small that it stays in the processor's cache. */
    private static final int CHUNK_BYTES = 256 * 1024;

    private static final long STREAM_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SpillFiles files;

    // Hints, for which it does not matter which thread was the last.
    private volatile long lastFinished = System.nanoTime() - STREAM_NANOS;
    private volatile boolean hasKept;

    Spill(Home home, Cell queue) {
        this.files = new SpillFiles(home.registry(), queue);
    }

    /**
     * Writes a message to a file that is this process's own.
     *
     * @throws SegmentException if there is no room; nothing is left then
     */
    Path write(Outgoing message) {
        Path file = files.beginToWrite();
        boolean isWritten = false;
        try {
            try {
                writeInto(file, message);
            } catch (IOException full) {
                if (!files.removeSpares()) {
                    throw full;
                }
                writeInto(file, message);
            }
            isWritten = true;
        } catch (IOException full) {
            throw new SegmentException(
                    "no room for a message of " + message.length + " bytes in " + file.getParent() + ": "
                            + full.getMessage(),
                    full);
        } finally {
            if (!isWritten) {
                files.discard(file);
            }
        }
        CrashPoint.reached("queue-K11");
        return file;
    }

    private static void writeInto(Path file, Outgoing message) throws IOException {
        new ChannelWork<Boolean>() {
            @Override
            protected Boolean attempt() throws IOException {
                writeFile(file, message);
                return true;
            }
        }.run();
    }

    private static void writeFile(Path file, Outgoing bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, Set.of(CREATE, WRITE), USER_ONLY);
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
            channel.truncate(bytes.length); // it may have held a longer one
        }
    }

    /** Makes a file that was written that of a message. The producers' lock is held, and the message not yet put. */
    void put(Path file, int message) {
        files.hand(file, message);
    }

    /** Forgets a file that was written for a message that is not put. */
    void discard(Path file) {
        files.discard(file);
    }

    /** The bytes of a message, to look at them. The consumers' lock is held until they are closed. */
    SpilledMessage view(int message, int length) {
        return open(files.of(message), length, () -> {});
    }

    /** The bytes of a message that will be {@linkplain #take taken}; they have to be closed. The consumers' lock is held. */
    SpilledMessage read(int message, int length) {
        Path reading = files.reading(message);
        return open(files.of(message), length, () -> finish(reading, length));
    }

    private static SpilledMessage open(Path file, int length, Runnable whenRead) {
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
            return new SpilledMessage(memory, arena, whenRead);
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

    /** Makes the file of a message that was taken this process's own. The consumers' lock is held. */
    void take(int message) {
        files.take(message);
    }

    private void finish(Path reading, int length) {
        CrashPoint.reached("queue-K13");
        long now = System.nanoTime();
        boolean isOneOfMany = now - lastFinished < STREAM_NANOS;
        lastFinished = now;
        if (files.finish(reading, isOneOfMany ? length : Long.MAX_VALUE)) {
            hasKept = true;
        }
    }

    /** Removes the file of a message that was not put, or was taken. */
    void remove(int message) {
        files.remove(message);
    }

    /** Removes the spares that this process has kept, because nothing comes that would need them. */
    void forgetSpares() {
        if (hasKept) {
            hasKept = false;
            files.removeSpares();
        }
    }

    /** Removes what the dead have left. */
    void removeLeft() {
        files.removeLeft();
    }

    /** As {@link #removeLeft()}, if the last producer of a large message is dead; cheap to ask often. */
    void removeLeftByLastWriter() {
        files.removeLeftByLastWriter();
    }

    /** As {@link #removeLeft()}, if the last consumer of a large message is dead; cheap to ask often. */
    void removeLeftByLastReader() {
        files.removeLeftByLastReader();
    }
}
