package io.multiprocessing.local.process;

import io.multiprocessing.Context;
import io.multiprocessing.Event;
import io.multiprocessing.IntValue;
import io.multiprocessing.Lock;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Trains an {@link AotCache}, in a process of its own: starts a child as any other, the worker of a pool, lets it do a little of everything,
 * and keeps what the JVM has written about the classes this took. The file gets its name when it is complete.
 */
public final class AotTraining {
    private static final int KEPT_CACHES = 8;

    /** With profiles a child compiles from its first moment on what it may never need: 9 ms of a start. */
    private static final String WITHOUT_PROFILES = "-XX:-AOTRecordTraining";

    private static final String UNLOCK = "-XX:+UnlockDiagnosticVMOptions";
    private static final Duration LONGEST_TRAINING = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Stands in the arguments of a JVM that is to train where a child has its place in the context. */
    public static final String ARGUMENT = "train";

    /** What only a part of the children does, which is to be prepared as well. */
    @FunctionalInterface
    public interface Exercise extends Serializable {
        void run(Context here) throws Exception;
    }

    private AotTraining() {}

    /**
     * Trains.
     *
     * @param arguments those of this process: the cache file to be, {@link #ARGUMENT}, the file that says that a training is under
     *     way, and lists of {@link LoadedClasses} to prepare besides, which are removed
     * @param more what the child is to do besides
     */
    public static void run(String[] arguments, Exercise more) throws Exception {
        Path file = Path.of(arguments[0]);
        Path mark = Path.of(arguments[2]);
        List<Path> lists = Stream.of(arguments).skip(3).map(Path::of).toList();
        Path written = file.resolveSibling("." + ProcessHandle.current().pid() + "-" + file.getFileName());
        try {
            train(written, LoadedClasses.names(lists), more);
            if (Files.exists(written)) {
                Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            Files.deleteIfExists(written);
            Files.deleteIfExists(written.resolveSibling(written.getFileName() + ".config"));
            for (Path list : lists) {
                Files.deleteIfExists(list);
            }
            Files.deleteIfExists(mark);
        }
        Path folder = Objects.requireNonNull(file.getParent());
        removeOldCaches(folder, false);
        removeOldCaches(folder, true);
        removeRemains(folder);
    }

    private static void train(Path written, List<String> classes, Exercise more)
            throws InterruptedException, ExecutionException {
        try (Context mp = Multiprocessing.open("local:?standby=0")) {
            IntValue value = mp.intValue(0);
            Lock lock = mp.lock();
            Event event = mp.event();
            lock.acquire();
            Pool pool = mp.pool(PoolOptions.defaults()
                    .size(1)
                    .jvmOptions("-XX:AOTCacheOutput=" + written, UNLOCK, WITHOUT_PROFILES)
                    .initializer(() -> {
                        exercise(value, lock, event, more);
                        load(classes);
                    })
                    .exitHook(() -> {})); // without one, a worker that takes its time to end is killed
            pool.map(number -> number + 1, List.of(1, 2, 3, 4, 5, 6));
            pool.map(number -> number + 1, List.of(1, 2, 3), 1);
            pool.shutdown();
            if (!pool.join(PATIENCE)) {
                pool.terminate();
            }
        }
    }

    /** What a child commonly does, waiting included: that is when native functions are linked. */
    private static void exercise(IntValue value, Lock lock, Event event, Exercise more) throws Exception {
        value.increment();
        lock.acquire(Duration.ofMillis(1));
        event.await(Duration.ofMillis(1));
        event.set();
        try (var _ = value.lock().hold()) {
            value.set(value.get() + 1);
        }
        more.run(value.context());
    }

    /** Loads classes of the user, and runs nothing of them. */
    private static void load(List<String> names) {
        for (String name : names) {
            try {
                Class.forName(name, false, ClassLoader.getSystemClassLoader());
            } catch (ClassNotFoundException | LinkageError leftOut) {
                // It was of another class loader, or made by the program itself.
            }
        }
    }

    static void removeOldCaches(Path folder, boolean ofProgram) throws IOException {
        try (var files = Files.list(folder)) {
            List<Path> caches = files.filter(file -> file.toString().endsWith(".aot") && !isUnfinished(file))
                    .filter(file -> file.toString().endsWith(AotCache.OF_PROGRAM) == ofProgram)
                    .sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().lastModified())
                            .reversed())
                    .toList();
            for (Path old : caches.subList(Math.min(KEPT_CACHES, caches.size()), caches.size())) {
                Files.deleteIfExists(old);
            }
        }
    }

    /** What trainings that were killed have left behind. One that is under way is younger. */
    static void removeRemains(Path folder) throws IOException {
        long longAgo = System.currentTimeMillis() - LONGEST_TRAINING.toMillis();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(AotTraining::isUnfinished).toList()) {
                if (file.toFile().lastModified() < longAgo) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Whether it has not got its name yet, or is what a JVM has noted for it. */
    private static boolean isUnfinished(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString().startsWith(".");
    }
}
