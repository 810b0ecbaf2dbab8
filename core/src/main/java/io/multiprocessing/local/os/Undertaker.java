package io.multiprocessing.local.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that shares this one's memory, and so has to take it apart when this one has ended. The system tells a parent of
 * its child's end when it is done with all that the child had; of that the pages of a JVM take longer than the rest together.
 * Files, locks and ports are not shared: they are gone when the parent is told.
 *
 * <p>It is made by {@code clone}, as a thread is, but as a process of its own, with the parent of this one. It runs no Java and no
 * libc, for it has no thread that they would know, only the few instructions below: it closes all files but one, through
 * which it sees this process end, waits for that, and ends. It takes no signals but those that can't be refused. Should one of them end it, this process
 * ends as if it had never been.
 *
 * <p>There is none where the system refuses it: an old kernel, a policy against memory that becomes code, a filter on system
 * calls; or on another processor than x86-64, for which nobody has written the instructions yet.
 *
 * <p>Source: clone(2), close_range(2), pidfd_open(2); Linux, {@code kernel/exit.c}, {@code do_exit}: {@code exit_mm}
 * comes first, and takes apart what nobody shares.
 */
@SuppressWarnings("restricted") // as all native access, see Syscall
final class Undertaker {
    private static final String INSTRUCTIONS = """
            48 89 fb              ; mov  rbx, rdi          the argument: a struct pollfd, and the word it is to set
            bf 0f 00 00 00        ; mov  edi, 15           prctl(PR_SET_NAME, name)
            48 8d 35 55 00 00 00  ; lea  rsi, [rip + name]
            b8 9d 00 00 00        ; mov  eax, 157
            0f 05                 ; syscall
            31 ff                 ; xor  edi, edi          close_range(0, fd - 1, 0)
            8b 33                 ; mov  esi, [rbx]
            ff ce                 ; dec  esi
            31 d2                 ; xor  edx, edx
            b8 b4 01 00 00        ; mov  eax, 436
            0f 05                 ; syscall
            89 c5                 ; mov  ebp, eax
            8b 3b                 ; mov  edi, [rbx]        close_range(fd + 1, -1, 0)
            ff c7                 ; inc  edi
            be ff ff ff ff        ; mov  esi, -1
            b8 b4 01 00 00        ; mov  eax, 436
            0f 05                 ; syscall
            c7 43 08 01 00 00 00  ; mov  dword [rbx + 8], 1
            09 c5                 ; or   ebp, eax          with the files of others it must not stay
            75 19                 ; jnz  end
            48 89 df              ; again: mov rdi, rbx    poll(pollfd, 1, -1)
            be 01 00 00 00        ; mov  esi, 1
            ba ff ff ff ff        ; mov  edx, -1
            b8 07 00 00 00        ; mov  eax, 7
            0f 05                 ; syscall
            83 f8 fc              ; cmp  eax, -EINTR       it was stopped, and continued
            74 e7                 ; je   again
            31 ff                 ; end: xor edi, edi      exit_group(0)
            b8 e7 00 00 00        ; mov  eax, 231
            0f 05                 ; syscall
            6d 70 2d 75 6e 64 65 72 74 61 6b 65 72 00   ; name: "mp-undertaker"
            """;

    private static final byte[] CODE = assembled();
    private static final MethodHandle CLONE = Syscall.function("clone");

    // What the two have in common, at the lower end of the stack: a struct pollfd, and a word.
    private static final int FD = 0;
    private static final int EVENTS = 4;
    private static final short POLLIN = 1;
    private static final long CLOSED = 8;
    private static final VarHandle INT = JAVA_INT.varHandle();
    private static final long PAGE_BYTES = 4096;

    // Of x86-64, as the instructions are.
    private static final int PIDFD_OPEN = 434;
    private static final int MMAP = 9;
    private static final int MPROTECT = 10;
    private static final int MUNMAP = 11;
    private static final int SIGPROCMASK = 14;
    private static final int CLOSE = 3;

    private static final int READ_WRITE = 1 | 2;
    private static final int READ_EXECUTE = 1 | 4;
    private static final int PRIVATE_ANONYMOUS = 0x2 | 0x20;
    private static final int CLONE_VM = 0x100;
    private static final int CLONE_PARENT = 0x8000;
    private static final int SIGCHLD = 17;
    private static final int SETMASK = 2;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private static final int SIGILL = 4;
    private static final int SIGTRAP = 5;
    private static final int SIGBUS = 7;
    private static final int SIGFPE = 8;
    private static final int SIGSEGV = 11;

    /** All but those by which a thread tells itself of a fault: the JVM needs them at any moment. */
    private static final long ALL_SIGNALS_FROM_OUTSIDE =
            ~(bit(SIGILL) | bit(SIGTRAP) | bit(SIGBUS) | bit(SIGFPE) | bit(SIGSEGV));

    private Undertaker() {}

    private static long bit(int signal) {
        return 1L << (signal - 1);
    }

    private static byte[] assembled() {
        StringBuilder digits = new StringBuilder();
        for (String line : INSTRUCTIONS.split("\n")) {
            digits.append(line, 0, line.indexOf(';'));
        }
        return HexFormat.of().parseHex(digits.toString().replace(" ", ""));
    }

    /** To be called so that the class is loaded. */
    static void load() {}

    /** The pid of one that waits for the end of this process, and has no files of it any more; 0 if there can be none. */
    static long engage() {
        long memory = Syscall.call(MMAP, 0, 2 * PAGE_BYTES, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
        if (memory < 0) {
            return 0;
        }
        MemorySegment code = MemorySegment.ofAddress(memory).reinterpret(PAGE_BYTES);
        MemorySegment dataAndStack =
                MemorySegment.ofAddress(memory + PAGE_BYTES).reinterpret(PAGE_BYTES);
        MemorySegment.copy(CODE, 0, code, JAVA_BYTE, 0, CODE.length);
        long end = Syscall.call(PIDFD_OPEN, ProcessHandle.current().pid(), 0, 0);
        dataAndStack.set(JAVA_INT, FD, (int) end);
        dataAndStack.set(JAVA_SHORT, EVENTS, POLLIN);
        long pid = 0;
        if (end >= 0 && Syscall.call(MPROTECT, memory, PAGE_BYTES, READ_EXECUTE) == 0) {
            pid = cloned(code, dataAndStack);
        }
        Syscall.call(CLOSE, end, 0, 0);
        if (pid == 0) {
            Syscall.call(MUNMAP, memory, 2 * PAGE_BYTES, 0);
        } else {
            awaitFilesClosed(dataAndStack);
        }
        return pid;
    }

    /** What is blocked in the thread that calls {@code clone} stays so in the new process. */
    private static long cloned(MemorySegment code, MemorySegment dataAndStack) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment blocked = arena.allocate(JAVA_LONG);
            MemorySegment before = arena.allocate(JAVA_LONG);
            blocked.set(JAVA_LONG, 0, ALL_SIGNALS_FROM_OUTSIDE);
            Syscall.call(SIGPROCMASK, SETMASK, blocked.address(), before.address(), Long.BYTES);
            try {
                long stack = dataAndStack.address() + PAGE_BYTES;
                int flags = CLONE_VM | CLONE_PARENT | SIGCHLD;
                return Math.max(0, Syscall.invoke(CLONE, code.address(), stack, flags, dataAndStack.address(), 0, 0));
            } finally {
                Syscall.call(SIGPROCMASK, SETMASK, before.address(), 0, Long.BYTES);
            }
        }
    }

    /** Waits no longer than a second, should it be killed or stopped: it closes them before it does anything else. */
    private static void awaitFilesClosed(MemorySegment dataAndStack) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while ((int) INT.getVolatile(dataAndStack, CLOSED) == 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
