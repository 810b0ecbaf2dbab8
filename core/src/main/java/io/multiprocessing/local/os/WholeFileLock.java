package io.multiprocessing.local.os;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A lock on all of a file, owned by one opening of it: two openings exclude each other, also within one process. It
 * goes when it is released, or the opening is closed, or the process ends.
 */
public interface WholeFileLock extends AutoCloseable {
    /**
     * Takes the lock if nobody is in the way. One opening takes it in one way at a time.
     *
     * @throws IOException if the system can't lock this file
     */
    boolean tryLock(boolean isShared) throws IOException;

    void unlock();

    /** Which file has been opened, whatever has become of the path. */
    FileNumber number();

    /**
     * The size of the file, if a path leads to it; −1 if it leads to another one, or nowhere.
     *
     * @throws IOException if the system can't tell
     */
    long sizeAt(Path path) throws IOException;

    @Override
    void close();
}
