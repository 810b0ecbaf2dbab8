package io.multiprocessing.local.queue;

import io.multiprocessing.SegmentException;
import io.multiprocessing.local.member.Registry;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The files of a queue's large messages. Whose a file is stands in its name, and a rename, which is done or not, hands it on:
 *
 * <pre>
 *  spill-Q-new-P-N    process P writes it
 *  spill-Q-M          it is that of message M: in the queue, or about to be put, or just taken
 *  spill-Q-read-P-M   process P reads it
 *  spare-Q-N          it is nobody's; who wants to write takes it
 * </pre>
 *
 * where Q is the cell of the queue. Two words of the queue say which process has begun last to write and to read, so that who
 * comes next can find out whether it has died. They are hints: another may have begun since. What they miss is found by who
 * makes the next new file.
 */
final class SpillFiles {
    private static final String WRITTEN = "new-";
    private static final String READ = "read-";
    private static final long MOST_SPARE_BYTES = 64L << 20;
    private static final int ROOM_FOR = 4;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Registry registry;
    private final MemorySegment memory;
    private final long writing;
    private final long reading;
    private final Path folder;
    private final String prefix;
    private final List<Path> spares;
    private final AtomicInteger written = new AtomicInteger();
    private volatile long looked = System.nanoTime() - LOOK_NANOS;

    SpillFiles(Registry registry, Cell queue) {
        this.registry = registry;
        this.memory = queue.memory();
        this.writing = queue.offset() + QueueLayout.WRITING;
        this.reading = queue.offset() + QueueLayout.READING;
        this.folder = registry.folder();
        String cell = Long.toHexString(queue.id().segment()) + "-"
                + Long.toHexString(queue.id().offset()) + "-";
        this.prefix = "spill-" + cell;
        this.spares = List.of(folder.resolve("spare-" + cell + 0), folder.resolve("spare-" + cell + 1));
    }

    /** The name for a file to write; there may be one, whose content does not matter. */
    Path beginToWrite() {
        Words.setIntVolatile(memory, writing, registry.self());
        Path file = own(WRITTEN, written.getAndIncrement());
        for (Path spare : spares) {
            if (spare.toFile().renameTo(file.toFile())) {
                return file;
            }
        }
        removeLeft();
        return file;
    }

    void discard(Path file) {
        file.toFile().delete();
        Words.casInt(memory, writing, registry.self(), 0);
    }

    /** Names a file that was written after its message. */
    void hand(Path file, int message) {
        rename(file, of(message));
        Words.casInt(memory, writing, registry.self(), 0);
    }

    /** Names the file of a message after this process. */
    void take(int message) {
        Words.setIntVolatile(memory, reading, registry.self());
        rename(of(message), reading(message));
    }

    /**
     * Makes a file that was read a spare, or removes it.
     *
     * @param bytes how many it has; a very large one is no good as a spare
     * @return whether it is a spare
     */
    boolean finish(Path file, long bytes) {
        boolean isKept =
                bytes <= MOST_SPARE_BYTES && folder.toFile().getUsableSpace() >= ROOM_FOR * bytes && keep(file);
        if (!isKept) {
            file.toFile().delete();
        }
        Words.casInt(memory, reading, registry.self(), 0);
        return isKept;
    }

    private boolean keep(Path file) {
        for (Path spare : spares) {
            if (!Files.exists(spare)) {
                return file.toFile().renameTo(spare.toFile()); // another one may do that as well: then one of both goes
            }
        }
        return false;
    }

    /** Whether there were any. */
    boolean removeSpares() {
        boolean any = false;
        for (Path spare : spares) {
            any |= spare.toFile().delete();
        }
        return any;
    }

    void remove(int message) {
        try {
            Files.delete(of(message));
        } catch (NoSuchFileException none) {
            // as it should be
        } catch (IOException left) {
            throw new SegmentException(of(message) + " can't be removed", left);
        }
    }

    /** Removes the files of this queue that are named after processes that have died. */
    void removeLeft() {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, prefix + "{" + WRITTEN + "," + READ + "}*")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                String[] parts = name.substring(prefix.length()).split("-", -1);
                if (registry.isDead(Integer.parseUnsignedInt(parts[1], 16))) {
                    file.toFile().delete();
                }
            }
        } catch (IOException gone) {
            // with the context
        }
    }

    void removeLeftByLastWriter() {
        removeLeftBy(writing);
    }

    void removeLeftByLastReader() {
        removeLeftBy(reading);
    }

    private void removeLeftBy(long word) {
        int last = Words.intVolatile(memory, word);
        if (last != 0 && last != registry.self() && isTimeToLook() && registry.isDead(last)) {
            removeLeft();
            Words.casInt(memory, word, last, 0);
        }
    }

    /** To ask whether a process lives is a system call. */
    private boolean isTimeToLook() {
        long now = System.nanoTime();
        if (now - looked < LOOK_NANOS) {
            return false;
        }
        looked = now;
        return true;
    }

    Path of(int message) {
        return folder.resolve(prefix + Integer.toHexString(message));
    }

    /** The name of the file of a message while this process reads it. */
    Path reading(int message) {
        return own(READ, message);
    }

    private Path own(String what, int number) {
        return folder.resolve(prefix + what + Integer.toHexString(registry.self()) + "-" + Integer.toHexString(number));
    }

    private static void rename(Path from, Path to) {
        if (!from.toFile().renameTo(to.toFile())) {
            throw new SegmentException("the message in " + from + " is gone");
        }
    }
}
