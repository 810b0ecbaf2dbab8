package io.multiprocessing.testkit.junit;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.testkit.jvm.Await;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Knows what there was before a test, and finds what there is more when it has ended. */
final class LeakCheck implements AutoCloseable {
    /** How long it may take to end for what ends by itself. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final String FOLDER_PROPERTY = "multiprocessing.folder";
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final ExtensionContext test;
    private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
    private final @Nullable String folderBefore = System.getProperty(FOLDER_PROPERTY);
    private final @Nullable Path folder;

    private LeakCheck(ExtensionContext test, @Nullable Path folder) {
        this.test = test;
        this.folder = folder;
    }

    static LeakCheck begin(ExtensionContext test) {
        if (test.getExecutionMode() == ExecutionMode.CONCURRENT || !Files.isDirectory(SHARED_MEMORY)) {
            return new LeakCheck(test, null);
        }
        try {
            Path folder = Files.createTempDirectory(SHARED_MEMORY, "multiprocessing-test-");
            LeakCheck check = new LeakCheck(test, folder);
            System.setProperty(FOLDER_PROPERTY, folder.toString());
            return check;
        } catch (IOException failed) {
            throw new IllegalStateException("no folder can be made for the contexts of the test", failed);
        }
    }

    /**
     * Lets the children that are no daemons end by themselves, if that is soon, and kills them otherwise.
     *
     * @throws AssertionError if one had to be killed
     */
    static void endChildren() {
        List<Process> left = new ArrayList<>();
        for (Process child : Multiprocessing.activeChildren()) {
            if (!child.isDaemon() && !hasEnded(child)) {
                left.add(child);
                child.kill();
            }
        }
        if (!left.isEmpty()) {
            throw new AssertionError("the test has left children that run, and are no daemons: " + left
                    + "; join, terminate or kill them");
        }
    }

    private static boolean hasEnded(Process child) {
        try {
            return child.join(GRACE);
        } catch (InterruptedException keptForLater) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        List<String> left = new ArrayList<>();
        add(left, "children that run", Multiprocessing::activeChildren);
        add(left, "threads that run", this::newThreads);
        try {
            if (folder != null) {
                add(left, "contexts that are open, in " + folder, () -> entries(folder));
            }
        } finally {
            restore();
        }
        // The first failure of a test is its own.
        if (!left.isEmpty() && test.getExecutionException().isEmpty()) {
            throw new AssertionError("the test has left " + String.join("; ", left));
        }
    }

    private void restore() {
        if (folder == null) {
            return;
        }
        if (folderBefore == null) {
            System.clearProperty(FOLDER_PROPERTY);
        } else {
            System.setProperty(FOLDER_PROPERTY, folderBefore);
        }
        remove(folder.toFile());
    }

    private static void add(List<String> left, String what, Finding finding) {
        try {
            Await.until(what, GRACE, () -> finding.find().isEmpty());
        } catch (InterruptedException keptForLater) {
            Thread.currentThread().interrupt();
        } catch (AssertionError late) {
            List<?> found = finding.find();
            if (!found.isEmpty()) { // else it has ended just now
                left.add(what + ": " + found);
            }
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    private List<String> newThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !threadsBefore.contains(thread) && thread.isAlive() && isOfTheTest(thread))
                .map(thread -> "\"" + thread.getName() + "\"")
                .sorted()
                .toList();
    }

    /** Neither the JVM's, nor one that the JDK or this library keeps for the next who needs it. */
    private static boolean isOfTheTest(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        String name = thread.getName();
        return group != null
                && group.getParent() != null
                && !group.getName().equals("InnocuousThreadGroup")
                && !name.startsWith("ForkJoinPool")
                && !name.startsWith("CompletableFutureDelayScheduler")
                && !name.startsWith("multiprocessing-")
                && !name.startsWith("junit-")
                && !name.startsWith("surefire-");
    }

    private static List<String> entries(Path folder) {
        String[] entries = folder.toFile().list();
        return entries == null ? List.of() : List.of(entries);
    }

    private static void remove(File file) {
        File[] inside = file.listFiles();
        for (File each : inside == null ? new File[0] : inside) {
            remove(each);
        }
        file.delete();
    }

    /** Something that may be left. */
    private interface Finding {
        List<?> find();
    }
}
