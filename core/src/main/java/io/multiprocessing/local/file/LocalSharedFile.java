package io.multiprocessing.local.file;

import io.multiprocessing.FileLock;
import io.multiprocessing.FileLockException;
import io.multiprocessing.SharedFile;
import io.multiprocessing.local.os.FileNumber;
import io.multiprocessing.local.segment.CrashPoint;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A file whose records and contents are whole.
 *
 * <p>State: the file; its lock, which is in the file itself; and the {@link Mark} beside it, in which stands what is being
 * done, so that the bytes of the file can be any, and the file of no form of ours. All of it is written under the
 * exclusive lock.
 *
 * <p>Appending sets the mark, which says which file is appended to, its size and the length of the record; writes; and
 * clears the mark. What commits is the size of the file: as soon as it is that of the whole record, the record is there.
 * <pre>
 * file-append-K1  the mark is set, nothing is written   the record is not there
 *                 a part is written                     the record is not there: readers do not see the part, the next
 *                                                       writer cuts it off
 * file-append-K2  all is written, the mark is set       the record is there; the next writer clears the mark
 * file-append-K3  the mark is cleared, the lock kept    the record is there; the kernel gives the lock back
 * </pre>
 * The size grows while the kernel copies, so a part is what a size between the two says. A mark of another file, one that
 * somebody has put in the place of ours, is not heeded.
 *
 * <p>Replacing writes a file beside, has it on the disk, locks it, and renames it, which commits: it is the kernel's one
 * step.
 * <pre>
 * file-replace-K1  the mark is set               the old content; the next writer clears the mark
 * file-replace-K2  the file beside is complete   the old content; the next writer removes the file beside
 * file-replace-K3  it is renamed                 the new content; the next writer clears the mark
 * </pre>
 *
 * <p>A write that fails is taken back at once, by who wrote; if even that fails, by the next, as if he had died.
 *
 * <p>Memory order: the mark is stored before the write is called and cleared after it has returned; who reads the mark
 * has got the lock from the kernel, after its last holder.
 */
@SuppressWarnings("serial") // its fields never go into a stream: writeReplace puts the path there
public final class LocalSharedFile implements SharedFile, Serializable {
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final LockedPath locked;
    private final Path markPath;
    // Under the exclusive lock:
    private @Nullable DataFile data;
    private @Nullable Mark mark;

    private LocalSharedFile(LockedPath locked) {
        this.locked = locked;
        this.markPath = Mark.beside(locked.path());
    }

    public static LocalSharedFile of(Path path) {
        return new LocalSharedFile(LockedPaths.at(path));
    }

    @Override
    public Path path() {
        return locked.path();
    }

    @Override
    public FileLock lock() {
        return new LocalFileLock(locked, false);
    }

    @Override
    public void append(byte[] bytes) throws IOException, InterruptedException {
        if (bytes.length == 0) {
            return;
        }
        boolean hasWaited = acquire(false);
        boolean isKept = false;
        try {
            DataFile file = openData();
            // The size that was seen when the lock was taken, unless this thread had it already, or a part is cut off
            // now.
            boolean isFresh = locked.isHeldOnce() && mark != null && !mark.isSet();
            Mark begun = openMark(file);
            long size = isFresh ? Objects.requireNonNull(locked.file()).size() : file.size();
            begun.setAppends(file.number().inode(), size, bytes.length);
            CrashPoint.reached("file-append-K1");
            try {
                file.append(bytes);
            } catch (IOException refused) {
                file.cut(size);
                begun.clear();
                throw new FileSystemException(
                        path().toString(),
                        null,
                        "a record of " + bytes.length + " bytes can't be appended: " + refused.getMessage()
                                + "; nothing was appended");
            }
            CrashPoint.reached("file-append-K2");
            begun.clear();
            isKept = locked.isHeldOnce() && isTurnToGoOn(hasWaited);
        } finally {
            if (isKept) {
                CrashPoint.reached("file-append-K3");
                locked.releaseKeeping();
            } else {
                locked.release(false);
            }
        }
    }

    /** Whether this process keeps the lock for what it appends next. */
    private boolean isTurnToGoOn(boolean hasWaited) {
        Turns turns = locked.turns();
        if (turns == null) {
            return false;
        }
        if (!locked.wasKept()) {
            turns.begin(hasWaited);
        }
        return turns.isToBeKept();
    }

    @Override
    public void appendAll(Collection<String> lines) throws IOException, InterruptedException {
        var text = new StringBuilder();
        for (String line : lines) {
            if (line.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("a line has no line feed in it, but this one has: \"" + line + "\"");
            }
            text.append(line).append('\n');
        }
        append(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] read() throws IOException, InterruptedException {
        acquire(true);
        try {
            return content();
        } finally {
            locked.release(true);
        }
    }

    @Override
    public String readText() throws IOException, InterruptedException {
        return new String(read(), StandardCharsets.UTF_8);
    }

    @Override
    public void replace(byte[] content) throws IOException, InterruptedException {
        acquire(false);
        try {
            swap(content);
        } finally {
            locked.release(false);
        }
    }

    @Override
    public void replaceText(String content) throws IOException, InterruptedException {
        replace(content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public byte[] update(UnaryOperator<byte[]> change) throws IOException, InterruptedException {
        acquire(false);
        try {
            byte[] old = content();
            byte[] changed = Objects.requireNonNull(change.apply(old.clone()), "the new content");
            if (!Arrays.equals(old, changed)) {
                swap(changed);
            }
            return changed;
        } finally {
            locked.release(false);
        }
    }

    @Override
    public String updateText(UnaryOperator<String> change) throws IOException, InterruptedException {
        byte[] changed = update(old -> Objects.requireNonNull(
                        change.apply(new String(old, StandardCharsets.UTF_8)), "the new content")
                .getBytes(StandardCharsets.UTF_8));
        return new String(changed, StandardCharsets.UTF_8);
    }

    @Override
    public void force() throws IOException, InterruptedException {
        acquire(false);
        try {
            openData().force();
        } finally {
            locked.release(false);
        }
    }

    /** Gives whether it had to wait for other processes. */
    private boolean acquire(boolean isShared) throws IOException, InterruptedException {
        try (Patience patience = Patience.of(null)) {
            locked.acquire(isShared, patience);
            return patience.isSlow();
        } catch (FileLockException failed) {
            throw failed.getCause();
        }
    }

    private DataFile openData() throws IOException {
        FileNumber number = Objects.requireNonNull(locked.file()).number();
        DataFile file = data;
        if (file == null || !file.number().equals(number)) {
            if (file != null) {
                file.close();
            }
            data = null;
            file = DataFile.open(path(), number);
            data = file;
        }
        return file;
    }

    /** The mark, after what somebody has left unfinished has been put in order. */
    private Mark openMark(DataFile file) throws IOException {
        Mark present = mark;
        if (present == null) {
            present = Mark.open(markPath);
            mark = present;
        }
        if (present.isSet()) {
            long size = file.size();
            long whole = present.unfinished(file.number().inode()).whole(size);
            if (whole < size) {
                file.cut(whole);
            }
            new Replacement(path()).remove();
            present.clear();
        }
        return present;
    }

    private byte[] content() throws IOException {
        try (var in = new FileInputStream(path().toFile())) {
            long inode = Objects.requireNonNull(locked.file()).number().inode();
            long size = Mark.look(markPath, inode).whole(in.getChannel().size());
            if (size > MOST_BYTES) {
                throw new FileSystemException(
                        path().toString(), null, "it is too large to be read at once: " + size + " bytes");
            }
            return in.readNBytes((int) size);
        }
    }

    private void swap(byte[] content) throws IOException {
        Mark begun = openMark(openData());
        var replacement = new Replacement(path());
        begun.setReplaces();
        CrashPoint.reached("file-replace-K1");
        try {
            replacement.write(content);
            OpenFile file = replacement.lock();
            CrashPoint.reached("file-replace-K2");
            boolean isTaken = false;
            try {
                replacement.take();
                isTaken = true;
            } finally {
                if (!isTaken) {
                    file.close();
                }
            }
            CrashPoint.reached("file-replace-K3");
            locked.goOnWith(file);
        } catch (IOException refused) {
            replacement.remove();
            begun.clear();
            throw new FileSystemException(
                    path().toString(),
                    null,
                    "the content can't be replaced: " + refused.getMessage() + "; the old one is still there");
        }
        begun.clear();
        replacement.forceFolder();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LocalSharedFile that && path().equals(that.path());
    }

    @Override
    public int hashCode() {
        return path().hashCode();
    }

    @Override
    public String toString() {
        return "SharedFile[" + path() + "]";
    }

    @Serial
    private Object writeReplace() {
        return new Travelling(path().toString());
    }

    @Serial
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a shared file travels as its path");
    }

    private static final class Travelling implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String path;

        Travelling(String path) {
            this.path = path;
        }

        @Serial
        private Object readResolve() {
            return of(Path.of(path));
        }
    }
}
