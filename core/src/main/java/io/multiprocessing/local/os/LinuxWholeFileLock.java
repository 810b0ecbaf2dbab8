package io.multiprocessing.local.os;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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

    // Offsets in struct stat, the same on x86-64 and aarch64.
    private static final long DEVICE_IN_STATUS = 0;
    private static final long NUMBER_IN_STATUS = 8;
    private static final long SIZE_IN_STATUS = 48;

    private static final int AT_EMPTY_PATH = 0x1000;
    private static final MemorySegment EMPTY_NAME = Arena.global().allocate(1);

    private final SyscallNumbers numbers;
    private final Path path;
    private final int descriptor;
    private final FileNumber number;

    // Of the path that was last looked at, for the next time; one thread at a time has this opening.
    private @Nullable Path lookedAt;
    private MemorySegment nameLookedAt = EMPTY_NAME;

    /** @throws IOException if the system can't tell which file has been opened; it is open still */
    LinuxWholeFileLock(SyscallNumbers numbers, Path path, int descriptor) throws IOException {
        this.numbers = numbers;
        this.path = path;
        this.descriptor = descriptor;
        MemorySegment found = Scratch.zeroed();
        long result = status(descriptor, EMPTY_NAME, AT_EMPTY_PATH, found);
        if (result < 0) {
            throw Syscall.failure(path, (int) -result);
        }
        this.number = numberIn(found);
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
    public FileNumber number() {
        return number;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // only saves work
    public long sizeAt(Path at) throws IOException {
        if (lookedAt != at) {
            nameLookedAt = LinuxOs.name(at, Arena.ofAuto());
            lookedAt = at;
        }
        MemorySegment found = Scratch.zeroed();
        long result = status(LinuxOs.AT_FDCWD, nameLookedAt, 0, found);
        if (result == -Syscall.ENOENT || result == -Syscall.ENOTDIR) {
            return -1;
        }
        if (result < 0) {
            throw Syscall.failure(at, (int) -result);
        }
        return number.equals(numberIn(found)) ? found.get(JAVA_LONG, SIZE_IN_STATUS) : -1;
    }

    @Override
    public void close() {
        Syscall.call(numbers.close(), descriptor, 0, 0);
    }

    private long status(int folder, MemorySegment name, int flags, MemorySegment result) {
        return Syscall.call(numbers.newfstatat(), folder, name.address(), result.address(), flags);
    }

    private static FileNumber numberIn(MemorySegment status) {
        return new FileNumber(status.get(JAVA_LONG, DEVICE_IN_STATUS), status.get(JAVA_LONG, NUMBER_IN_STATUS));
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
