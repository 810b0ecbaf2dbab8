package io.multiprocessing;

import io.multiprocessing.spi.FileProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A file that several processes write and read, and find whole: what is appended is there wholly or not at all, what is
 * replaced is the old content or the new one, and who reads sees nothing between.
 *
 * <p>{@snippet :
 * SharedFile log = mp.sharedFile(Path.of("log.txt"));
 * log.append("a line");
 * log.updateText(text -> text.toUpperCase(Locale.ROOT));
 * }
 *
 * <p>Each method that changes the file holds its {@link #lock()} meanwhile, and each that reads holds it shared; they wait
 * for it without limit. Who wants to wait for a time or not at all, or to do several things without others in between,
 * acquires the lock first: it is recursive. The lock is in the file itself, so a Python program takes part by locking the
 * file by {@code fcntl}; where the file is replaced, too, such a program must look after locking whether the path still
 * leads to the file that it has open.
 *
 * <p>Processes that append at the same time take turns: who has the turn keeps the lock between its appends, some tenths of a
 * millisecond, and at most a few milliseconds after its last one. Others get the lock in between, also programs that lock by
 * {@code fcntl}; only who does not wait at all may find it held in such a pause.
 *
 * <p>The file is created when it is first used. Texts are UTF-8. Nothing is kept in memory but the file's descriptors;
 * a shared file needs not be closed. It may be captured by the task of a {@link Process}.
 *
 * <p>Beside the file {@code name} lies {@code .name.mark}, by which an unfinished append is known; it may be removed
 * when nobody uses the file. While content is replaced the new one is in {@code .name.new}.
 *
 * <p>Thread and process safety: all methods may be called from any thread, virtual ones included, of any process.
 *
 * <p>Crash effects: of a process that is killed while it appends, the others see the whole record or nothing; the next
 * who writes cuts off what is half. One that is killed while it replaces leaves the old content or the new one. When the
 * machine stops, what {@link #force()} has not written may be lost, but for replacing, which is on the disk when it
 * returns.
 *
 * <p>Source: Python's {@code open(path, 'a')} under a {@code Lock}, and the usual write, fsync, rename.
 */
public interface SharedFile {
    /**
     * The shared file of a path. Nothing is opened yet.
     *
     * @throws IllegalArgumentException if the path is a directory
     */
    static SharedFile of(Path path) {
        return FileProvider.get().sharedFile(path);
    }

    /** The file, as an absolute path. */
    Path path();

    /** The lock of the file. */
    FileLock lock();

    /**
     * Appends a record: exactly these bytes.
     *
     * @throws IOException if the file can't be opened or written, as when the disk is full or read-only: nothing was
     *     appended
     * @throws InterruptedException if the calling thread is interrupted while it waits for the lock
     */
    void append(byte[] bytes) throws IOException, InterruptedException;

    /**
     * Appends a line: the text and a line feed.
     *
     * @throws IllegalArgumentException if there is a line feed in the text
     * @throws IOException as {@link #append(byte[])}
     * @throws InterruptedException if the calling thread is interrupted while it waits for the lock
     */
    default void append(String line) throws IOException, InterruptedException {
        appendAll(List.of(line));
    }

    /**
     * Appends lines, all of them or none.
     *
     * @throws IllegalArgumentException if there is a line feed in one of the texts
     * @throws IOException as {@link #append(byte[])}
     * @throws InterruptedException if the calling thread is interrupted while it waits for the lock
     */
    void appendAll(Collection<String> lines) throws IOException, InterruptedException;

    /**
     * The content: whole records only.
     *
     * @throws IOException if the file can't be read
     * @throws InterruptedException if the calling thread is interrupted while it waits for the lock
     */
    byte[] read() throws IOException, InterruptedException;

    /**
     * The content as text; what is no UTF-8 becomes U+FFFD.
     *
     * @throws IOException if the file can't be read
     * @throws InterruptedException if the calling thread is interrupted while it waits for the lock
     */
    String readText() throws IOException, InterruptedException;

    /**
     * The lines of the content.
     *
     * @throws IOException if the file can't be read
     * @throws InterruptedException if the calling thread is interrupted while it waits for the lock
     */
    default List<String> lines() throws IOException, InterruptedException {
        return readText().lines().toList();
    }

    /**
     * Replaces the content: writes the new one to a file beside, flushes that to the disk, and renames it. The file keeps
     * its permissions. Who has it open, and does not use this class, goes on with the old content.
     *
     * @throws IOException if the new content can't be written, as when the disk is full: the old one is still there
     * @throws InterruptedException if the calling thread is interrupted while it waits for the lock
     */
    void replace(byte[] content) throws IOException, InterruptedException;

    /** As {@link #replace(byte[])}, with a text. */
    void replaceText(String content) throws IOException, InterruptedException;

    /**
     * Reads the content, makes a new one of it, and replaces it, while nobody else reads or writes.
     *
     * @param change gets the content, which it may change; if it throws, or gives the same bytes, the content stays
     * @return the new content
     * @throws IOException if the content can't be read or written; the old one is still there
     * @throws InterruptedException if the calling thread is interrupted while it waits for the lock
     */
    byte[] update(UnaryOperator<byte[]> change) throws IOException, InterruptedException;

    /** As {@link #update}, of the content as text. */
    String updateText(UnaryOperator<String> change) throws IOException, InterruptedException;

    /**
     * Flushes what was appended, by anybody, to the disk.
     *
     * @throws IOException if the disk refuses
     * @throws InterruptedException if the calling thread is interrupted while it waits for the lock
     */
    void force() throws IOException, InterruptedException;

    /** The path. */
    @Override
    String toString();
}
