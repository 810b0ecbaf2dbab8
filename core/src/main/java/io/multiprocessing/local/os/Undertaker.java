package io.multiprocessing.local.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.HexFormat;

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
            89 fb                 ; mov  ebx, edi          the argument: what shows the end of the process
            bf 0f 00 00 00        ; mov  edi, 15           prctl(PR_SET_NAME, name)
            48 8d 35 59 00 00 00  ; lea  rsi, [rip + name]
            b8 9d 00 00 00        ; mov  eax, 157
            0f 05                 ; syscall
            31 ff                 ; xor  edi, edi          close_range(0, ebx - 1, 0)
            8d 73 ff              ; lea  esi, [rbx - 1]
            31 d2                 ; xor  edx, edx
            b8 b4 01 00 00        ; mov  eax, 436
            0f 05                 ; syscall
            85 c0                 ; test eax, eax          with the files of others it must not stay
            75 37                 ; jne  end
            8d 7b 01              ; lea  edi, [rbx + 1]    close_range(ebx + 1, -1, 0)
            be ff ff ff ff        ; mov  esi, -1
            b8 b4 01 00 00        ; mov  eax, 436
            0f 05                 ; syscall
            85 c0                 ; test eax, eax
            75 24                 ; jne  end
            6a 01                 ; push 1                 a struct pollfd: ebx, POLLIN
            48 c1 24 24 20        ; shl  qword [rsp], 32
            48 09 1c 24           ; or   qword [rsp], rbx
            48 89 e7              ; again: mov rdi, rsp    poll(pollfd, 1, -1)
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

    private static final long PAGE_BYTES = 4096;
    private static final long CODE_AND_STACK_BYTES = 2 * PAGE_BYTES;

    // Of x86-64, as the instructions are.
    private static final int POLL_UNTIL_ENDED = 434; // pidfd_open
    private static final int MMAP = 9;
    private static final int MPROTECT = 10;
    private static final int MUNMAP = 11;
    private static final int SIGPROCMASK = 14;
    private static final int CLOSE = 3;

    private static final int READ_WRITE = 1 | 2;
    private static final int READ_EXECUTE = 1 | 4;
    private static final int PRIVATE_ANONYMOUS = 0x2 | 0x20;
    private static final int SHARING_MEMORY_AND_PARENT = 0x100 | 0x8000; // CLONE_VM | CLONE_PARENT
    private static final int SIGCHLD = 17;
    private static final int SETMASK = 2;
    private static final int SIGNAL_SET_BYTES = 8;

    /** All but those by which a thread tells itself of a fault: the JVM needs them at any moment. */
    private static final long ALL_SIGNALS_FROM_OUTSIDE = ~(bit(4) | bit(5) | bit(7) | bit(8) | bit(11));

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

    /** The pid of one that will wait for the end of this process; 0 if there can be none. */
    static long engage() {
        long memory = Syscall.call(MMAP, 0, CODE_AND_STACK_BYTES, READ_WRITE, PRIVATE_ANONYMOUS, -1, 0);
        if (memory < 0) {
            return 0;
        }
        MemorySegment page = MemorySegment.ofAddress(memory).reinterpret(PAGE_BYTES);
        MemorySegment.copy(CODE, 0, page, JAVA_BYTE, 0, CODE.length);
        long end = Syscall.call(POLL_UNTIL_ENDED, ProcessHandle.current().pid(), 0, 0);
        long pid = 0;
        if (end >= 0 && Syscall.call(MPROTECT, memory, PAGE_BYTES, READ_EXECUTE) == 0) {
            pid = withSignalsBlocked(memory, memory + CODE_AND_STACK_BYTES, end);
        }
        Syscall.call(CLOSE, end, 0, 0);
        if (pid == 0) {
            Syscall.call(MUNMAP, memory, CODE_AND_STACK_BYTES, 0);
        }
        return pid;
    }

    /** What is blocked in the thread that calls {@code clone} stays so in the new process. */
    private static long withSignalsBlocked(long code, long stack, long end) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment blocked = arena.allocate(SIGNAL_SET_BYTES, SIGNAL_SET_BYTES);
            MemorySegment before = arena.allocate(SIGNAL_SET_BYTES, SIGNAL_SET_BYTES);
            blocked.set(JAVA_LONG, 0, ALL_SIGNALS_FROM_OUTSIDE);
            Syscall.call(SIGPROCMASK, SETMASK, blocked.address(), before.address(), SIGNAL_SET_BYTES);
            try {
                return Math.max(0, Syscall.invoke(CLONE, code, stack, SHARING_MEMORY_AND_PARENT | SIGCHLD, end, 0, 0));
            } finally {
                Syscall.call(SIGPROCMASK, SETMASK, before.address(), 0, SIGNAL_SET_BYTES);
            }
        }
    }
}
