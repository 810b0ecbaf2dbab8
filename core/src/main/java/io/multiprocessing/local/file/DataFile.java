package io.multiprocessing.local.file;

import io.multiprocessing.local.os.FileNumber;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The content of a shared file, opened to be appended to. Not a channel, which the interrupt of a thread would close.
 */
record DataFile(FileOutputStream end, Path path, FileNumber number) {
    /** Opens the file to which a path leads; its lock is held, so that it does not change meanwhile. */
    static DataFile open(Path path, FileNumber number) throws IOException {
        return new DataFile(new FileOutputStream(path.toFile(), true), path, number);
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
