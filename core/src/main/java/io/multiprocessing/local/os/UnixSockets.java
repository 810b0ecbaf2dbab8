package io.multiprocessing.local.os;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Asks the kernel about Unix sockets. Whether somebody is bound to a file it tells whoever wants to connect a socket of
 * another type: that can't be connected, and is refused for its type if somebody is there. A listener does not notice.
 */
final class UnixSockets {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 02000000;
    private static final int ECONNREFUSED = 111;
    private static final int S_IFMT = 0170000;
    private static final int S_IFSOCK = 0140000;

    private final SyscallNumbers numbers;

    UnixSockets(SyscallNumbers numbers) {
        this.numbers = numbers;
    }

    boolean isDead(Path file) {
        return isSocket(file) && connect(file) == -ECONNREFUSED;
    }

    private static boolean isSocket(Path file) {
        try {
            Object mode = Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return mode instanceof Integer bits && (bits & S_IFMT) == S_IFSOCK;
        } catch (IOException gone) {
            return false;
        }
    }

    /** What the kernel says to it. */
    private long connect(Path file) {
        long socket = Syscall.call(numbers.socket(), AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (socket < 0) {
            return socket;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(file.toString(), LinuxOs.nativeCharset());
            MemorySegment address = arena.allocate(Short.BYTES + path.byteSize(), Short.BYTES);
            address.set(JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(path, 0, address, Short.BYTES, path.byteSize());
            return Syscall.call(numbers.connect(), socket, address.address(), address.byteSize());
        } finally {
            Syscall.call(numbers.close(), socket, 0, 0);
        }
    }
}
