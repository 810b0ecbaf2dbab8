package io.multiprocessing.local.os;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * Open file description locks. Unlike the locks of {@code FileChannel} they do not vanish when some other opening of
 * the file is closed in this process. Source: fcntl(2), "Open file description locks".
 *
 * <p>{@code struct flock}: type@0:2, whence@2:2, start@8:8, length@16:8, pid@24:4, which must be 0.
 */
final class LinuxRangeLocks implements RangeLocks {
    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final int F_OFD_SETLKW = 38;
    private static final short F_WRLCK = 1;
    private static final short F_UNLCK = 2;

    private final SyscallNumbers numbers;
    private final int descriptor;

    LinuxRangeLocks(SyscallNumbers numbers, int descriptor) {
        this.numbers = numbers;
        this.descriptor = descriptor;
    }

    @Override
    public boolean tryLock(long position, long length) {
        long result = control(F_OFD_SETLK, flock(F_WRLCK, position, length));
        if (result == -Syscall.EAGAIN || result == -Syscall.EACCES) {
            return false;
        }
        return check(result);
    }

    @Override
    public void lock(long position, long length) {
        check(control(F_OFD_SETLKW, flock(F_WRLCK, position, length)));
    }

    @Override
    public void unlock(long position, long length) {
        check(control(F_OFD_SETLK, flock(F_UNLCK, position, length)));
    }

    @Override
    public boolean isHeld(long position, long length) {
        MemorySegment flock = flock(F_WRLCK, position, length);
        check(control(F_OFD_GETLK, flock));
        return flock.get(JAVA_SHORT, 0) != F_UNLCK;
    }

    @Override
    public void close() {
        Syscall.call(numbers.close(), descriptor, 0, 0);
    }

    private long control(int command, MemorySegment flock) {
        while (true) {
            long result = Syscall.call(numbers.fcntl(), descriptor, command, flock.address());
            if (result != -Syscall.EINTR) {
                return result;
            }
        }
    }

    private static MemorySegment flock(short type, long position, long length) {
        MemorySegment flock = Scratch.zeroed();
        flock.set(JAVA_SHORT, 0, type);
        flock.set(JAVA_LONG, 8, position);
        flock.set(JAVA_LONG, 16, length);
        return flock;
    }

    private static boolean check(long result) {
        if (result < 0) {
            throw new IllegalStateException("can't lock a file: error " + -result + " of fcntl");
        }
        return true;
    }
}
