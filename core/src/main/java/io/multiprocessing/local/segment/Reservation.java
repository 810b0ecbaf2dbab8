package io.multiprocessing.local.segment;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Gives a new file of shared memory all its pages; a file that is merely extended gets them when they are first touched. */
final class Reservation {
    private static final int ZEROS_BYTES = 256 * 1024;

    private Reservation() {}

    /** @throws IOException if there is no room for so many bytes; the file may have a part of them then */
    static void make(Path file, FileChannel channel, long bytes) throws IOException {
        requireRoom(file.toFile(), bytes);
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(bytes, ZEROS_BYTES));
        long left = bytes;
        while (left > 0) {
            zeros.clear().limit((int) Math.min(left, zeros.capacity()));
            left -= channel.write(zeros);
        }
    }

    /** Asked first, so that a size that can't be had does not take all memory from everybody before it fails. */
    private static void requireRoom(File onFileSystem, long bytes) throws IOException {
        long free = onFileSystem.getUsableSpace();
        boolean isUnlimited = onFileSystem.getTotalSpace() == 0;
        if (bytes > free && !isUnlimited) {
            throw new IOException(free + " bytes are free");
        }
    }
}
