package io.multiprocessing.local.file;

import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.os.WholeFileLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A file opened to be locked, and which one it is: the path may lead to another one by now. */
final class OpenFile {
    private final WholeFileLock lock;
    private final Object key;
    private final boolean isForSharing;
    private long size;

    private OpenFile(WholeFileLock lock, Object key, boolean isForSharing) {
        this.lock = lock;
        this.key = key;
        this.isForSharing = isForSharing;
    }

    /** Opens the file, or creates it. One that was opened for sharing may be read-only. */
    static OpenFile open(Path path, boolean isForSharing) throws IOException {
        WholeFileLock lock = Os.current().openWholeFileLock(path, isForSharing);
        try {
            return new OpenFile(lock, keyAt(lock.opened()), isForSharing);
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    boolean serves(boolean isShared) {
        return isShared || !isForSharing;
    }

    boolean tryLock(boolean isShared) throws IOException {
        return lock.tryLock(isShared);
    }

    void unlock() {
        lock.unlock();
    }

    /** What tells this file from all others: its device and number. */
    Object key() {
        return key;
    }

    /** Whether the path leads to this file; and looks at its size. */
    boolean isAt(Path path) throws IOException {
        try {
            var found = Files.readAttributes(path, BasicFileAttributes.class);
            size = found.size();
            return key.equals(found.fileKey());
        } catch (NoSuchFileException deleted) {
            return false;
        }
    }

    /** The size of the file when {@link #isAt} last found it. */
    long size() {
        return size;
    }

    void close() {
        lock.close();
    }

    private static Object keyAt(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }
}
