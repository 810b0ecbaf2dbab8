package io.multiprocessing.local.file;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The content of a shared file, opened to be appended to. Not a channel, which the interrupt of a thread would close.
 *
 * @param key which file it is
 */
record DataFile(FileOutputStream end, Path path, Object key, long inode) {
    /** Opens the file to which a path leads; its lock is held, so that it does not change meanwhile. */
    static DataFile open(Path path, Object key) throws IOException {
        var end = new FileOutputStream(path.toFile(), true);
        try {
            return new DataFile(end, path, key, inode(path));
        } catch (IOException failed) {
            end.close();
            throw failed;
        }
    }

    static long inode(Path path) throws IOException {
        return (long) Files.getAttribute(path, "unix:ino");
    }

    long size() throws IOException {
        return Files.size(path);
    }

    void append(byte[] content) throws IOException {
        end.write(content);
    }

    void cut(long size) throws IOException {
        try (var bytes = new RandomAccessFile(path.toFile(), "rw")) {
            bytes.setLength(size);
        }
    }

    void force() throws IOException {
        end.getFD().sync();
    }

    void close() {
        try {
            end.close();
        } catch (IOException unusable) {
            // What was written is written.
        }
    }
}
