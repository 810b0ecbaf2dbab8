package io.multiprocessing.local.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.multiprocessing.local.os.Launch.Redirect;
import io.multiprocessing.local.os.Pipes.Pipe;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts a process by libc's {@code posix_spawn}. {@link ProcessBuilder} would do, but for one thing: it reaps the
 * child itself and reports death by signal N as exit code 128+N, which a program may also return of its own will.
 *
 * <p>Source: posix_spawn(3); {@code posix_spawn_file_actions_addclosefrom_np} is of glibc 2.34, where it is missing
 * the open descriptors are listed and closed one by one.
 */
final class PosixSpawn {
    // Larger than the opaque structs of glibc and musl on both processors.
    private static final long STRUCT_BYTES = 1024;
    private static final int O_RDONLY = 0;
    private static final int O_WRONLY_APPEND_CREATE = 1 | 0x400 | 0x40;
    private static final int USER_ONLY = 0600;
    private static final int SETSIGDEF = 4;
    private static final int SETSIGMASK = 8;
    private static final int CONTROL = 3;
    private static final int ANSWERS = 4;
    private static final long SIGNAL_SET_BYTES = 128;
    private static final long SIGPIPE_BIT = 1L << (13 - 1);

    private static final MethodHandle SPAWN = Syscall.function("posix_spawn");
    private static final MethodHandle ACTIONS_INIT = Syscall.function("posix_spawn_file_actions_init");
    private static final MethodHandle ACTIONS_DESTROY = Syscall.function("posix_spawn_file_actions_destroy");
    private static final MethodHandle ADD_OPEN = Syscall.function("posix_spawn_file_actions_addopen");
    private static final MethodHandle ADD_DUP2 = Syscall.function("posix_spawn_file_actions_adddup2");
    private static final MethodHandle ATTRIBUTES_INIT = Syscall.function("posix_spawnattr_init");
    private static final MethodHandle ATTRIBUTES_DESTROY = Syscall.function("posix_spawnattr_destroy");
    private static final MethodHandle SET_FLAGS = Syscall.function("posix_spawnattr_setflags");
    private static final MethodHandle SET_MASK = Syscall.function("posix_spawnattr_setsigmask");
    private static final MethodHandle SET_DEFAULT = Syscall.function("posix_spawnattr_setsigdefault");

    private final SyscallNumbers numbers;
    private final Charset charset = LinuxOs.nativeCharset();

    PosixSpawn(SyscallNumbers numbers) {
        this.numbers = numbers;
    }

    Spawned spawn(Launch launch) throws IOException {
        try (Arena arena = Arena.ofConfined();
                Pipes pipes = new Pipes(numbers)) {
            MemorySegment actions = arena.allocate(STRUCT_BYTES, 16);
            MemorySegment attributes = arena.allocate(STRUCT_BYTES, 16);
            call(ACTIONS_INIT, actions.address(), 0, 0, 0, 0);
            call(ATTRIBUTES_INIT, attributes.address(), 0, 0, 0, 0);
            try {
                Pipe in = redirect(arena, actions, 0, launch.stdin(), pipes);
                Pipe out = redirect(arena, actions, 1, launch.stdout(), pipes);
                Pipe err = redirect(arena, actions, 2, launch.stderr(), pipes);
                OutputStream stdin = in == null ? null : in.writer();
                InputStream stdout = out == null ? null : out.reader();
                InputStream stderr = err == null ? null : err.reader();
                OutputStream control = control(actions, launch, pipes);
                InputStream answers = answers(actions, launch, pipes);
                closeFrom(actions, launch.answers() ? ANSWERS + 1 : launch.control() ? CONTROL + 1 : CONTROL);
                changeDirectory(arena, actions, launch.directory());
                resetSignals(arena, attributes);
                MemorySegment pid = arena.allocate(JAVA_INT);
                int error = Syscall.invoke(
                        SPAWN,
                        pid.address(),
                        text(arena, launch.command().getFirst()),
                        actions.address(),
                        attributes.address(),
                        texts(arena, launch.command()),
                        environment(arena, launch));
                if (error != 0) {
                    throw new IOException(whatFailed(launch) + ": " + reason(error));
                }
                return new Spawned(pid.get(JAVA_INT, 0), stdin, stdout, stderr, control, answers);
            } finally {
                call(ACTIONS_DESTROY, actions.address(), 0, 0, 0, 0);
                call(ATTRIBUTES_DESTROY, attributes.address(), 0, 0, 0, 0);
            }
        }
    }

    private @Nullable Pipe redirect(Arena arena, MemorySegment actions, int stream, Redirect redirect, Pipes pipes)
            throws IOException {
        switch (redirect) {
            case Redirect.Inherit() -> {}
            case Redirect.Discard() ->
                addOpen(arena, actions, stream, "/dev/null", stream == 0 ? O_RDONLY : O_WRONLY_APPEND_CREATE);
            case Redirect.Append(Path file) -> addOpen(arena, actions, stream, file.toString(), O_WRONLY_APPEND_CREATE);
            case Redirect.Pipe() -> {
                Pipe pipe = pipes.open();
                call(ADD_DUP2, actions.address(), stream == 0 ? pipe.readEnd() : pipe.writeEnd(), stream, 0, 0);
                return pipe;
            }
        }
        return null;
    }

    private void addOpen(Arena arena, MemorySegment actions, int stream, String path, int flags) {
        call(ADD_OPEN, actions.address(), stream, text(arena, path), flags, USER_ONLY);
    }

    private static @Nullable OutputStream control(MemorySegment actions, Launch launch, Pipes pipes)
            throws IOException {
        if (!launch.control()) {
            return null;
        }
        Pipe pipe = pipes.open();
        call(ADD_DUP2, actions.address(), pipe.readEnd(), CONTROL, 0, 0);
        return pipe.writer();
    }

    private static @Nullable InputStream answers(MemorySegment actions, Launch launch, Pipes pipes) throws IOException {
        if (!launch.answers()) {
            return null;
        }
        Pipe pipe = pipes.open();
        call(ADD_DUP2, actions.address(), pipe.writeEnd(), ANSWERS, 0, 0);
        return pipe.reader();
    }

    private static void closeFrom(MemorySegment actions, int first) {
        if (Syscall.hasFunction("posix_spawn_file_actions_addclosefrom_np")) {
            MethodHandle closeFrom = Syscall.function("posix_spawn_file_actions_addclosefrom_np");
            call(closeFrom, actions.address(), first, 0, 0, 0);
            return;
        }
        MethodHandle close = Syscall.function("posix_spawn_file_actions_addclose");
        String[] open = new java.io.File("/proc/self/fd").list();
        for (String descriptor : open == null ? new String[0] : open) {
            if (Integer.parseInt(descriptor) >= first) {
                call(close, actions.address(), Integer.parseInt(descriptor), 0, 0, 0);
            }
        }
    }

    private void changeDirectory(Arena arena, MemorySegment actions, @Nullable Path directory) {
        if (directory != null) {
            MethodHandle changeDirectory = Syscall.function("posix_spawn_file_actions_addchdir_np");
            call(changeDirectory, actions.address(), text(arena, directory.toString()), 0, 0, 0);
        }
    }

    /** The child gets no signal blocked, and none ignored that our threads may have had so. */
    private static void resetSignals(Arena arena, MemorySegment attributes) {
        MemorySegment none = arena.allocate(SIGNAL_SET_BYTES, 8);
        MemorySegment pipe = arena.allocate(SIGNAL_SET_BYTES, 8);
        pipe.set(JAVA_LONG, 0, SIGPIPE_BIT);
        call(SET_MASK, attributes.address(), none.address(), 0, 0, 0);
        call(SET_DEFAULT, attributes.address(), pipe.address(), 0, 0, 0);
        call(SET_FLAGS, attributes.address(), SETSIGDEF | SETSIGMASK, 0, 0, 0);
    }

    private long environment(Arena arena, Launch launch) {
        List<String> entries = new ArrayList<>();
        (launch.environment() == null ? System.getenv() : launch.environment())
                .forEach((name, value) -> entries.add(name + "=" + value));
        return texts(arena, entries);
    }

    private long texts(Arena arena, List<String> texts) {
        MemorySegment pointers = arena.allocate(ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            pointers.setAtIndex(JAVA_LONG, i, text(arena, texts.get(i)));
        }
        return pointers.address();
    }

    private long text(Arena arena, String text) {
        return arena.allocateFrom(text, charset).address();
    }

    /** All steps of a start fail with one number, which does not say what is missing. */
    private static String whatFailed(Launch launch) {
        Path directory = launch.directory();
        if (directory != null && !Files.isDirectory(directory)) {
            return "can't run in " + directory;
        }
        for (Redirect redirect : List.of(launch.stdin(), launch.stdout(), launch.stderr())) {
            if (redirect instanceof Redirect.Append(Path file) && !isAppendable(file)) {
                return "can't append to " + file;
            }
        }
        return "can't start " + launch.command().getFirst();
    }

    private static boolean isAppendable(Path file) {
        if (Files.exists(file)) {
            return !Files.isDirectory(file) && Files.isWritable(file);
        }
        Path folder = file.getParent();
        return folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
    }

    private static int call(MethodHandle function, long a, long b, long c, long d, long e) {
        int error = Syscall.invoke(function, a, b, c, d, e, 0);
        if (error != 0) {
            throw new IllegalStateException("can't describe a process to be started: " + reason(error));
        }
        return error;
    }

    static String reason(int error) {
        return switch (error) {
            case 1, 13 -> "permission denied";
            case 2 -> "no such file or directory";
            case 7 -> "the class path, arguments and environment are longer than the system allows";
            case 11 -> "too many processes";
            case 12 -> "out of memory";
            case 20 -> "not a directory";
            case 21 -> "it is a directory";
            case 24 -> "too many open files";
            default -> "error " + error;
        };
    }
}
