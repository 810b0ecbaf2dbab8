package io.multiprocessing.local.os;

import org.jspecify.annotations.Nullable;

/**
 * The kernel's numbers for the calls we make, which differ between processors. Source: Linux,
 * {@code arch/x86/entry/syscalls/syscall_64.tbl} and {@code include/uapi/asm-generic/unistd.h}.
 */
record SyscallNumbers(
        int futex,
        int futexWaitv,
        int fcntl,
        int flock,
        int newfstatat,
        int openat,
        int close,
        int pipe2,
        int kill,
        int waitid,
        int geteuid,
        int dup3,
        int rtSigaction,
        int socket,
        int connect) {

    private static final SyscallNumbers X86_64 =
            new SyscallNumbers(202, 449, 72, 73, 262, 257, 3, 293, 62, 247, 107, 292, 13, 41, 42);
    private static final SyscallNumbers AARCH64 =
            new SyscallNumbers(98, 449, 25, 32, 79, 56, 57, 59, 129, 95, 175, 24, 134, 198, 203);

    /** The numbers for a processor as {@code os.arch} names it; null if we do not know it. */
    static @Nullable SyscallNumbers of(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64" -> AARCH64;
            default -> null;
        };
    }

    boolean areOfX86() {
        return equals(X86_64);
    }
}
