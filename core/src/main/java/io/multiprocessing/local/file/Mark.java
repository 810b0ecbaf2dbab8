package io.multiprocessing.local.file;

import static io.multiprocessing.local.file.MarkLayout.APPENDS;
import static io.multiprocessing.local.file.MarkLayout.BIG_ENDIAN;
import static io.multiprocessing.local.file.MarkLayout.BYTES;
import static io.multiprocessing.local.file.MarkLayout.INODE;
import static io.multiprocessing.local.file.MarkLayout.LENGTH;
import static io.multiprocessing.local.file.MarkLayout.MAGIC;
import static io.multiprocessing.local.file.MarkLayout.MAGIC_AT;
import static io.multiprocessing.local.file.MarkLayout.NOTHING;
import static io.multiprocessing.local.file.MarkLayout.REPLACES;
import static io.multiprocessing.local.file.MarkLayout.SIZE_BEFORE;
import static io.multiprocessing.local.file.MarkLayout.STATE;
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
            MemorySegment memory = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, BYTES, Arena.ofAuto());
            check(memory, path);
            return new Mark(memory);
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
