package io.multiprocessing.local.file;

import io.multiprocessing.FileLock;
import io.multiprocessing.FileLockException;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The lock of a file, taken exclusively or shared. It travels as its path. */
@SuppressWarnings("serial") // its fields never go into a stream: writeReplace puts the path there
public final class LocalFileLock implements FileLock, Serializable {
    private final LockedPath locked;
    private final boolean isShared;

    LocalFileLock(LockedPath locked, boolean isShared) {
        this.locked = locked;
        this.isShared = isShared;
    }

    public static LocalFileLock of(Path path) {
        return new LocalFileLock(LockedPaths.at(path), false);
    }

    @Override
    public Path path() {
        return locked.path();
    }

    @Override
    public FileLock shared() {
        return isShared ? this : new LocalFileLock(locked, true);
    }

    @Override
    public void acquire() throws InterruptedException {
        acquire(Patience.of(null));
    }

    @Override
    public boolean acquire(Duration timeout) throws InterruptedException {
        return acquire(Patience.of(timeout));
    }

    @Override
    public boolean tryAcquire() {
        return acquireUninterruptibly(Patience.none());
    }

    @Override
    public void lock() {
        acquireUninterruptibly(Patience.uninterruptible());
    }

    @Override
    public void release() {
        if (!locked.releaseAndLook(isShared)) {
            throw new FileLockException(
                    locked.path(),
                    "the lock file " + locked.path() + " was deleted or replaced while it was held:"
                            + " others may have held the lock at the same time",
                    new FileSystemException(locked.path().toString(), null, "deleted or replaced while it was held"));
        }
    }

    @Override
    public Hold hold() throws InterruptedException {
        acquire();
        return new Held();
    }

    @Override
    public boolean isHeldByCurrentThread() {
        return locked.isHeldByCurrentThread(isShared);
    }

    @Override
    public boolean isLost() {
        OpenFile file = isHeldByCurrentThread() ? locked.file() : null;
        try {
            return file != null && !file.isAt(locked.path());
        } catch (IOException unreachable) {
            return true;
        }
    }

    private boolean acquire(Patience patience) throws InterruptedException {
        try (patience) {
            return locked.acquire(isShared, patience);
        }
    }

    private boolean acquireUninterruptibly(Patience patience) {
        try {
            return acquire(patience);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LocalFileLock that && isShared == that.isShared && path().equals(that.path());
    }

    @Override
    public int hashCode() {
        return path().hashCode();
    }

    @Override
    public String toString() {
        return "FileLock[" + path() + (isShared ? ", shared" : "") + ", " + locked.state() + "]";
    }

    @Serial
    private Object writeReplace() {
        return new Travelling(path().toString(), isShared);
    }

    @Serial
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("a file lock travels as its path");
    }

    private final class Held implements Hold {
        private boolean isReleased;

        @Override
        public void close() {
            if (!isReleased) {
                isReleased = true;
                release();
            }
        }
    }

    private static final class Travelling implements Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        private final String path;
        private final boolean isShared;

        Travelling(String path, boolean isShared) {
            this.path = path;
            this.isShared = isShared;
        }

        @Serial
        private Object readResolve() {
            return new LocalFileLock(LockedPaths.at(Path.of(path)), isShared);
        }
    }
}
