package io.multiprocessing.cli.chaos;

import io.multiprocessing.local.member.ContextFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Looks for what is left behind when all is over. */
final class Remains {
    private static final String OUR_THREADS = "multiprocessing-";

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The JVM may open files of its own. */
    private static final int DESCRIPTORS_OF_OTHERS = 16;

    private final int descriptorsBefore;

    private Remains(int descriptorsBefore) {
        this.descriptorsBefore = descriptorsBefore;
    }

    /** What is there before anything begins. */
    static Remains before() {
        return new Remains(files(DESCRIPTORS).size());
    }

    /** Processes that should have ended. */
    static List<String> processes(Family family) {
        List<Long> pids = afterGrace(family::living);
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        return pids.isEmpty() ? List.of() : List.of("processes: " + pids);
    }

    /** What a sweep leaves of the contexts that the processes have opened. */
    static List<String> contexts(Path folders) {
        if (!Files.isDirectory(folders)) {
            return List.of();
        }
        ContextFolders.in(folders).sweep();
        List<Path> left = files(folders);
        return left.isEmpty() ? List.of() : List.of("folders of contexts, after a sweep: " + left);
    }

    /** What is left when the context of the storm is closed. */
    List<String> after(Path folder) {
        List<String> leaks = new ArrayList<>();
        if (Files.exists(folder)) {
            leaks.add("the folder of a closed context: " + folder);
        }
        List<String> threads = afterGrace(Remains::threads);
        if (!threads.isEmpty()) {
            leaks.add("threads: " + threads);
        }
        int descriptors = files(DESCRIPTORS).size();
        if (descriptors > descriptorsBefore + DESCRIPTORS_OF_OTHERS) {
            leaks.add("open files: " + descriptors + ", and there were " + descriptorsBefore);
        }
        return leaks;
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith(OUR_THREADS))
                .toList();
    }

    /** What is left when there was time to end. */
    private static <T> List<T> afterGrace(Supplier<List<T>> look) {
        long begin = System.nanoTime();
        List<T> left = look.get();
        while (!left.isEmpty() && System.nanoTime() - begin < GRACE_NANOS) {
            LockSupport.parkNanos(POLL_NANOS);
            left = look.get();
        }
        return left;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException none) {
            return List.of();
        }
    }
}
