package io.multiprocessing.local.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Linux on x86-64 and aarch64.
 *
 * <p>Sources: futex(2), futex_waitv in the kernel's {@code Documentation/userspace-api/futex2.rst}, fcntl(2),
 * waitid(2), proc_pid_stat(5).
 */
final class LinuxOs implements Os {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private static final int FUTEX_WAIT = 0;
    private static final int FUTEX_WAKE = 1;
    private static final int FUTEX2_SIZE_U32 = 2;
    private static final int FUTEX_WAITV_BYTES = 24;
    private static final int CLOCK_MONOTONIC = 1;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    static final int AT_FDCWD = -100;
    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;
    private static final int O_APPEND = 0x400;
    private static final int O_CREAT = 0x40;
    private static final int O_CLOEXEC = 0x80000;
    private static final int USER_ONLY = 0600;
    private static final int ANSWERS_DESCRIPTOR = 4;
    private static final int READ_AND_WRITE_BY_ALL = 0666; // less what the process's umask takes away
    private static final int P_PID = 1;
    private static final int WEXITED = 4;
    private static final int WNOWAIT = 0x01000000;
    private static final int CLD_EXITED = 1;

    private static final long SIG_IGN = 1;
    private static final long SIGNAL_SET_BYTES = 8;

    private final SyscallNumbers numbers;

    private LinuxOs(SyscallNumbers numbers) {
        this.numbers = numbers;
    }

    /** This system, if it is one of ours and has all that is needed. */
    static @Nullable LinuxOs detect() {
        SyscallNumbers numbers = SyscallNumbers.of(architecture());
        return numbers == null || missing() != null ? null : new LinuxOs(numbers);
    }

    /** What is needed and is not there; null if nothing. */
    static @Nullable String missing() {
        String system = System.getProperty("os.name", "unknown");
        if (!system.equals("Linux")) {
            return "shared memory contexts need Linux; this is " + system + " on " + architecture();
        }
        if (SyscallNumbers.of(architecture()) == null) {
            return "shared memory contexts need Linux on x86-64 or aarch64; this is Linux on " + architecture();
        }
        if (!Files.isDirectory(SHARED_MEMORY)) {
            return "shared memory contexts need a file system in memory at " + SHARED_MEMORY + "; mount one there";
        }
        return null;
    }

    private static String architecture() {
        return System.getProperty("os.arch", "unknown");
    }

    @Override
    public Path sharedMemory() {
        return SHARED_MEMORY;
    }

    @Override
    public void await(MemorySegment segment, long offset, int expected, long nanos) {
        MemorySegment timeout = Scratch.zeroed();
        timeout.set(JAVA_LONG, 0, nanos / TimeUnit.SECONDS.toNanos(1));
        timeout.set(JAVA_LONG, 8, nanos % TimeUnit.SECONDS.toNanos(1));
        // Not the private kind of futex: its key is the address space, so it would never be woken by others.
        Syscall.call(numbers.futex(), segment.address() + offset, FUTEX_WAIT, expected, timeout.address());
        Reference.reachabilityFence(segment);
    }

    @Override
    public int wake(MemorySegment segment, long offset, int count) {
        long woken = Syscall.call(numbers.futex(), segment.address() + offset, FUTEX_WAKE, count);
        Reference.reachabilityFence(segment);
        return (int) woken;
    }

    @Override
    public void awaitAny(Word[] words, int count, long nanos) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment waiters = arena.allocate((long) FUTEX_WAITV_BYTES * count, 8);
            for (int i = 0; i < count; i++) {
                long at = (long) FUTEX_WAITV_BYTES * i;
                waiters.set(JAVA_LONG, at, Integer.toUnsignedLong(words[i].expected()));
                waiters.set(JAVA_LONG, at + 8, words[i].segment().address() + words[i].offset());
                waiters.set(JAVA_INT, at + 16, FUTEX2_SIZE_U32);
            }
            // On Linux System.nanoTime() reads CLOCK_MONOTONIC. Were it another clock, the wait would end too early or
            // be cut off by the next wake of the control word: the callers loop.
            long deadline = System.nanoTime() + nanos;
            MemorySegment timeout = Scratch.zeroed();
            timeout.set(JAVA_LONG, 0, deadline / TimeUnit.SECONDS.toNanos(1));
            timeout.set(JAVA_LONG, 8, deadline % TimeUnit.SECONDS.toNanos(1));
            long result = Syscall.call(
                    numbers.futexWaitv(), waiters.address(), count, 0, timeout.address(), CLOCK_MONOTONIC, 0);
            if (result == -Syscall.ENOSYS) {
                // Before Linux 5.16: sleep on the first word alone, and look at the others often.
                Word first = words[0];
                await(first.segment(), first.offset(), first.expected(), Math.min(nanos, POLL_NANOS));
            }
        }
        Reference.reachabilityFence(words);
    }

    @Override
    public RangeLocks openLocks(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long descriptor =
                    Syscall.call(numbers.openat(), AT_FDCWD, name(file, arena).address(), O_RDWR | O_CLOEXEC, 0);
            if (descriptor < 0) {
                throw new NoSuchFileException(file.toString(), null, "can't be opened, error " + -descriptor);
            }
            return new LinuxRangeLocks(numbers, (int) descriptor);
        }
    }

    @Override
    public WholeFileLock openWholeFileLock(Path file, boolean isShared) throws IOException {
        // Not at once with O_CREAT: where everybody may write, it is refused for a file of another user.
        long descriptor = open(file, O_RDWR | O_CLOEXEC);
        if (descriptor == -Syscall.ENOENT) {
            descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC);
        } else if (isShared && (descriptor == -Syscall.EACCES || descriptor == -Syscall.EROFS)) {
            descriptor = open(file, O_CLOEXEC);
        }
        if (descriptor < 0) {
            throw Syscall.failure(file, (int) -descriptor);
        }
        try {
            return new LinuxWholeFileLock(numbers, file, (int) descriptor);
        } catch (IOException failed) {
            Syscall.call(numbers.close(), descriptor, 0, 0);
            throw failed;
        }
    }

    private long open(Path file, int flags) {
        try (Arena arena = Arena.ofConfined()) {
            return Syscall.call(numbers.openat(), AT_FDCWD, name(file, arena).address(), flags, READ_AND_WRITE_BY_ALL);
        }
    }

    /** A path as the kernel takes it. */
    static MemorySegment name(Path path, Arena arena) {
        return arena.allocateFrom(path.toString(), nativeCharset());
    }

    @Override
    public long startTime(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The name in parentheses may hold anything; after the last one come: state, and as 20th the start time.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean ended = fields[0].equals("Z") || fields[0].equals("X");
            return ended ? -1 : Long.parseLong(fields[19]);
        } catch (IOException gone) {
            return -1;
        }
    }

    @Override
    public boolean isDeadSocket(Path file) {
        return new UnixSockets(numbers).isDead(file);
    }

    @Override
    public long userId() {
        return Syscall.call(numbers.geteuid(), 0, 0, 0);
    }

    @Override
    public Spawned spawn(Launch launch) throws IOException {
        return new PosixSpawn(numbers).spawn(launch);
    }

    @Override
    public Redirection redirection(Launch.Redirect stdin, Launch.Redirect stdout, Launch.Redirect stderr)
            throws IOException {
        var redirection = new Redirection(new Pipes(numbers));
        boolean complete = false;
        try {
            redirection.open(stdin, stdout, stderr);
            complete = true;
            return redirection;
        } finally {
            if (!complete) {
                redirection.abandon();
            }
        }
    }

    @Override
    public void reopen(int stream, String file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long path = arena.allocateFrom(file, nativeCharset()).address();
            long opened = Syscall.call(
                    numbers.openat(),
                    AT_FDCWD,
                    path,
                    (stream == 0 ? 0 : O_WRONLY | O_APPEND | O_CREAT) | O_CLOEXEC,
                    USER_ONLY);
            if (opened < 0) {
                throw Syscall.failure(Path.of(file), (int) -opened);
            }
            Syscall.call(numbers.dup3(), opened, stream, 0);
            Syscall.call(numbers.close(), opened, 0, 0);
        }
    }

    @Override
    public void endAnswers() {
        Syscall.call(numbers.close(), ANSWERS_DESCRIPTOR, 0, 0);
    }

    @Override
    public long engageUndertaker() {
        return numbers.areOfX86() ? Undertaker.engage() : 0;
    }

    @Override
    public void rehearseUndertaker() {
        if (numbers.areOfX86()) {
            Undertaker.load();
        }
    }

    @Override
    public void awaitEnd(long pid) {
        await(pid, WEXITED | WNOWAIT, Scratch.zeroed());
    }

    @Override
    public ExitStatus reap(long pid) {
        MemorySegment info = Scratch.zeroed();
        long result = await(pid, WEXITED, info);
        if (result != 0) {
            throw new IllegalStateException("process " + pid + " can't be waited for: error " + -result);
        }
        return new ExitStatus(info.get(JAVA_INT, 8) != CLD_EXITED, info.get(JAVA_INT, 24));
    }

    private long await(long pid, int options, MemorySegment info) {
        long result;
        do {
            result = Syscall.call(numbers.waitid(), P_PID, pid, info.address(), options);
        } while (result == -Syscall.EINTR);
        return result;
    }

    @Override
    public void signal(long pid, int signal) {
        Syscall.call(numbers.kill(), pid, signal, 0);
    }

    @Override
    public void ignore(int signal) {
        MemorySegment action = Scratch.zeroed(); // a struct sigaction of the kernel's
        action.set(JAVA_LONG, 0, SIG_IGN);
        Syscall.call(numbers.rtSigaction(), signal, action.address(), 0, SIGNAL_SET_BYTES, 0, 0);
    }

    @Override
    public void killSelf() {
        Syscall.call(numbers.kill(), ProcessHandle.current().pid(), Signals.SIGKILL, 0);
    }

    static Charset nativeCharset() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }
}
