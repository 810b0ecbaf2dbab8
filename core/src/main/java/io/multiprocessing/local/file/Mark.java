package io.multiprocessing.local.file;

import static io.multiprocessing.local.file.MarkLayout.APPENDS;
import static io.multiprocessing.local.file.MarkLayout.ASKED;
import static io.multiprocessing.local.file.MarkLayout.BIG_ENDIAN;
import static io.multiprocessing.local.file.MarkLayout.BREATH;
import static io.multiprocessing.local.file.MarkLayout.BYTES;
import static io.multiprocessing.local.file.MarkLayout.INODE;
import static io.multiprocessing.local.file.MarkLayout.LENGTH;
import static io.multiprocessing.local.file.MarkLayout.MAGIC;
import static io.multiprocessing.local.file.MarkLayout.MAGIC_AT;
import static io.multiprocessing.local.file.MarkLayout.NOTHING;
import static io.multiprocessing.local.file.MarkLayout.REPLACES;
import static io.multiprocessing.local.file.MarkLayout.SIZE_BEFORE;
import static io.multiprocessing.local.file.MarkLayout.STATE;
import static io.multiprocessing.local.file.MarkLayout.TURN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The mark beside a shared file, mapped, so that to set and to clear it costs no system call. It is written under the
 * exclusive lock of the file only, and its pages belong to the kernel: what a process has stored stays when it is killed.
 */
final class Mark {
    private static final VarHandle WORD = JAVA_LONG.varHandle();

    private final MemorySegment memory;

    private Mark(MemorySegment memory) {
        this.memory = memory;
    }

    /** Where the mark of a file lies. */
    static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".mark");
    }

    /** Opens the mark, if it is there and this user may write it. */
    static @Nullable Mark openExisting(Path path) throws IOException {
        if (!Files.isWritable(path) || Files.size(path) < BYTES) {
            return null;
        }
        try (var file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return map(file, path);
        }
    }

    /** Opens the mark, or creates it. The exclusive lock is held. */
    static Mark open(Path path) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            if (file.length() < BYTES) {
                MemorySegment empty = MemorySegment.ofArray(new long[BYTES / Long.BYTES]);
                empty.set(BIG_ENDIAN, MAGIC_AT, MAGIC);
                // Written, not mapped: on a full disk this fails, where to touch a mapped page would end the JVM's
                // thread.
                file.write(empty.toArray(JAVA_BYTE));
            }
            return map(file.getChannel(), path);
        } catch (FileNotFoundException refused) {
            throw new FileSystemException(path.toString(), null, "the mark of the file beside it can't be written");
        }
    }

    /** What the mark says of a file, for one who only reads; the lock is held shared. */
    static Unfinished look(Path path, long inode) throws IOException {
        if (!Files.exists(path)) {
            return Unfinished.NOTHING;
        }
        byte[] bytes;
        try (var file = new FileInputStream(path.toFile())) {
            bytes = file.readNBytes(BYTES);
        }
        if (bytes.length < BYTES) {
            return Unfinished.NOTHING;
        }
        MemorySegment memory =
                MemorySegment.ofArray(new long[BYTES / Long.BYTES]).copyFrom(MemorySegment.ofArray(bytes));
        check(memory, path);
        return new Mark(memory).unfinished(inode);
    }

    private static Mark map(FileChannel file, Path path) throws IOException {
        MemorySegment memory = file.map(FileChannel.MapMode.READ_WRITE, 0, BYTES, Arena.ofAuto());
        check(memory, path);
        return new Mark(memory);
    }

    boolean isSet() {
        return (long) WORD.getAcquire(memory, STATE) != NOTHING;
    }

    Unfinished unfinished(long inode) {
        long state = (long) WORD.getAcquire(memory, STATE);
        boolean isAppend = state == APPENDS && memory.get(JAVA_LONG, INODE) == inode;
        return isAppend
                ? new Unfinished(memory.get(JAVA_LONG, SIZE_BEFORE), memory.get(JAVA_LONG, LENGTH))
                : Unfinished.NOTHING;
    }

    void setAppends(long inode, long sizeBefore, long length) {
        memory.set(JAVA_LONG, INODE, inode);
        memory.set(JAVA_LONG, SIZE_BEFORE, sizeBefore);
        memory.set(JAVA_LONG, LENGTH, length);
        WORD.setRelease(memory, STATE, APPENDS);
    }

    void setReplaces() {
        WORD.setRelease(memory, STATE, REPLACES);
    }

    void clear() {
        WORD.setRelease(memory, STATE, NOTHING);
    }

    /** How often somebody has asked for the lock; two who ask at the same time may count as one. */
    long asked() {
        return (long) WORD.getOpaque(memory, ASKED);
    }

    void ask() {
        WORD.setOpaque(memory, ASKED, asked() + 1);
    }

    /** Whose turn it is to append: it changes when another process has taken the lock to do so. */
    long turn() {
        return (long) WORD.getOpaque(memory, TURN);
    }

    long nextTurn() {
        long next = turn() + 1;
        WORD.setOpaque(memory, TURN, next);
        return next;
    }

    /** When the lock was last left to others, on the clock of {@link System#nanoTime}, which all processes share. */
    long breath() {
        return (long) WORD.getOpaque(memory, BREATH);
    }

    void breathe(long now) {
        WORD.setOpaque(memory, BREATH, now);
    }

    private static void check(MemorySegment memory, Path path) throws IOException {
        if (memory.get(BIG_ENDIAN, MAGIC_AT) != MAGIC) {
            throw new FileSystemException(
                    path.toString(), null, "it should be the mark of the file beside it, but is something else");
        }
    }

    /**
     * An append that somebody has begun: none if it is of length 0.
     *
     * @param sizeBefore the size of the file before
     */
    record Unfinished(long sizeBefore, long length) {
        static final Unfinished NOTHING = new Unfinished(0, 0);

        /** How much of a file of that size is whole. Who wrote behind a half record did not know of us: then all is. */
        long whole(long size) {
            return size > sizeBefore && size < sizeBefore + length ? sizeBefore : size;
        }
    }
}
