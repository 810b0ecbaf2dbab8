package io.multiprocessing.local.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The content of a shared file, opened to be written. Not a channel, which the interrupt of a thread would close.
 *
 * @param key which file it is
 */
record DataFile(RandomAccessFile bytes, Object key, long inode) {
    /** Opens the file to which a path leads; its lock is held, so that it does not change meanwhile. */
    static DataFile open(Path path, Object key) throws IOException {
        var bytes = new RandomAccessFile(path.toFile(), "rw");
        try {
            return new DataFile(bytes, key, inode(path));
        } catch (IOException failed) {
            bytes.close();
            throw failed;
        }
    }

    static long inode(Path path) throws IOException {
        return (long) Files.getAttribute(path, "unix:ino");
    }

    long size() throws IOException {
        return bytes.length();
    }

    void write(long position, byte[] content) throws IOException {
        bytes.seek(position);
        bytes.write(content);
    }

    void cut(long size) throws IOException {
        bytes.setLength(size);
    }

    void force() throws IOException {
        bytes.getFD().sync();
    }

    void close() {
        try {
            bytes.close();
        } catch (IOException unusable) {
            // What was written is written.
        }
    }
}
