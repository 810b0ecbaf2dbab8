package io.multiprocessing.local.file;

import io.multiprocessing.local.os.FileNumber;
import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.os.WholeFileLock;
import java.io.IOException;
import java.nio.file.Path;

/** A file opened to be locked. The path by which it was opened may lead to another one by now. */
final class OpenFile {
    private final WholeFileLock lock;
    private final boolean isForSharing;
    private long size;

    private OpenFile(WholeFileLock lock, boolean isForSharing) {
        this.lock = lock;
        this.isForSharing = isForSharing;
    }

    /** Opens the file, or creates it. One that was opened for sharing may be read-only. */
    static OpenFile open(Path path, boolean isForSharing) throws IOException {
        return new OpenFile(Os.current().openWholeFileLock(path, isForSharing), isForSharing);
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

    FileNumber number() {
        return lock.number();
    }

    /** Whether the path leads to this file; and looks at its size. */
    boolean isAt(Path path) throws IOException {
        size = lock.sizeAt(path);
        return size >= 0;
    }

    /** The size of the file when {@link #isAt} last found it. */
    long size() {
        return size;
    }

    void close() {
        lock.close();
    }
}
