package io.multiprocessing.local.os;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The one native call through which all others go: libc's {@code syscall}. Linking a native function costs tens of
 * milliseconds in a fresh JVM; by giving every call the same shape, six machine words and a result, it is paid once.
 * Narrower arguments are widened, which the calling conventions of x86-64 and aarch64 allow.
 */
@SuppressWarnings("restricted") // the module or class path that holds us is given native access
final class Syscall {
    private static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EACCES = 13;
    static final int ENOTDIR = 20;
    private static final int EISDIR = 21;
    private static final int EMFILE = 24;
    private static final int ENOSPC = 28;
    static final int EROFS = 30;
    static final int ENOSYS = 38;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO_VALUE =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final FunctionDescriptor SHAPE = FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    /** Null where this JVM does not let us call native functions. */
    private static final @Nullable MethodHandle SYSCALL = functionIfAllowed("syscall");

    private static final ThreadLocal<MemorySegment> STATE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(Linker.Option.captureStateLayout()));

    private Syscall() {}

    /** Calls the kernel; the result is what it says, or the error number negated. */
    static long call(long number, long a, long b, long c, long d, long e, long f) {
        if (SYSCALL == null) {
            throw notAllowed();
        }
        MemorySegment state = STATE.get();
        long result = invoke(SYSCALL, state, number, a, b, c, d, e, f);
        return result != -1 ? result : -(int) ERRNO_VALUE.get(state, 0L);
    }

    static long call(long number, long a, long b, long c) {
        return call(number, a, b, c, 0, 0, 0);
    }

    static long call(long number, long a, long b, long c, long d) {
        return call(number, a, b, c, d, 0, 0);
    }

    /** What says that a file can't be opened, in words. */
    static FileSystemException failure(Path file, int error) {
        String path = file.toString();
        return switch (error) {
            case EACCES, EPERM -> new AccessDeniedException(path, null, "this user may not write it");
            case ENOENT -> new NoSuchFileException(path, null, "its folder is not there");
            case ENOTDIR -> new FileSystemException(path, null, "it lies in something that is no folder");
            case EISDIR -> new FileSystemException(path, null, "it is a folder");
            case EMFILE -> new FileSystemException(path, null, "this process has too many files open");
            case ENOSPC -> new FileSystemException(path, null, "the disk is full");
            case EROFS -> new FileSystemException(path, null, "its file system is read-only");
            default -> new FileSystemException(path, null, "error " + error);
        };
    }

    /** A function of libc that takes up to six words and returns an int. */
    static MethodHandle function(String name) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), SHAPE, ERRNO);
    }

    private static @Nullable MethodHandle functionIfAllowed(String name) {
        try {
            return function(name);
        } catch (IllegalCallerException denied) {
            return null;
        }
    }

    private static UnsupportedOperationException notAllowed() {
        Module module = Syscall.class.getModule();
        return new UnsupportedOperationException(
                "shared memory contexts call native functions, which this JVM forbids; start it with --enable-native-access="
                        + (module.isNamed() ? module.getName() : "ALL-UNNAMED"));
    }

    static boolean hasFunction(String name) {
        return LINKER.defaultLookup().find(name).isPresent();
    }

    /** Calls a function of libc; the upper half of what it returns is not defined, so it is cut off. */
    static int invoke(MethodHandle function, long a, long b, long c, long d, long e, long f) {
        return (int) invoke(function, STATE.get(), a, b, c, d, e, f, 0);
    }

    private static long invoke(
            MethodHandle function, MemorySegment state, long a, long b, long c, long d, long e, long f, long g) {
        try {
            return (long) function.invokeExact(state, a, b, c, d, e, f, g);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
