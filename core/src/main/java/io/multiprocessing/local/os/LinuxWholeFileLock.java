package io.multiprocessing.local.os;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * Two locks of the kernel, which do not know of each other: that of fcntl(2), of the kind whose owner is the open file
 * description, and that of flock(2). Other programs use the one or the other; who has both excludes all of them.
 *
 * <p>Neither is waited for while the other is held, so that two who take them in different orders do not wait for each
 * other.
 */
final class LinuxWholeFileLock implements WholeFileLock {
    private static final int F_OFD_SETLK = 37;
    private static final short F_RDLCK = 0;
    private static final short F_WRLCK = 1;
    private static final short F_UNLCK = 2;
    private static final int LOCK_SH = 1;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int LOCK_UN = 8;

    private final SyscallNumbers numbers;
    private final Path path;
    private final int descriptor;

    LinuxWholeFileLock(SyscallNumbers numbers, Path path, int descriptor) {
        this.numbers = numbers;
        this.path = path;
        this.descriptor = descriptor;
    }

    @Override
    public boolean tryLock(boolean isShared) throws IOException {
        if (!succeeds(control(isShared ? F_RDLCK : F_WRLCK))) {
            return false;
        }
        boolean isLocked = false;
        try {
            isLocked = succeeds(flock((isShared ? LOCK_SH : LOCK_EX) | LOCK_NB));
        } finally {
            if (!isLocked) {
                control(F_UNLCK);
            }
        }
        return isLocked;
    }

    @Override
    public void unlock() {
        flock(LOCK_UN);
        control(F_UNLCK);
    }

    @Override
    public Path opened() {
        return Path.of("/proc/self/fd", Integer.toString(descriptor));
    }

    @Override
    public void close() {
        Syscall.call(numbers.close(), descriptor, 0, 0);
    }

    /** All of the file: what {@code struct flock} says where all but its type is 0; see {@link LinuxRangeLocks}. */
    private long control(short type) {
        MemorySegment all = Scratch.zeroed();
        all.set(JAVA_SHORT, 0, type);
        all.set(JAVA_LONG, 16, 0);
        while (true) {
            long result = Syscall.call(numbers.fcntl(), descriptor, F_OFD_SETLK, all.address());
            if (result != -Syscall.EINTR) {
                return result;
            }
        }
    }

    private long flock(int operation) {
        while (true) {
            long result = Syscall.call(numbers.flock(), descriptor, operation, 0);
            if (result != -Syscall.EINTR) {
                return result;
            }
        }
    }

    private boolean succeeds(long result) throws IOException {
        if (result == -Syscall.EAGAIN || result == -Syscall.EACCES) {
            return false;
        }
        if (result < 0) {
            throw new FileSystemException(path.toString(), null, "its file system can't lock: error " + -result);
        }
        return true;
    }
}
