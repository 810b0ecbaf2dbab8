package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;

/**
 * A file as the place to share. Five processes append a line each; the file has a lock of its own, which each holds while it
 * writes, so the parent finds five whole lines, in the order in which the lock was had.
 *
 * <p>The Python idea: {@code open(path, 'a')} inside {@code with lock:}.
 */
public final class AppendToFileUnderLock {
    private AppendToFileUnderLock() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("shared-");
        try (var mp = Multiprocessing.open()) {
            var file = mp.sharedFile(folder.resolve("lines.txt"));

            var writers = new ArrayList<Process>();
            for (int i = 0; i < 5; i++) {
                var writer = mp.process(() -> file.append(
                        "written by process " + ProcessHandle.current().pid()));
                writers.add(writer.start());
            }
            for (var writer : writers) {
                writer.join();
            }

            file.lines().forEach(System.out::println);
        } finally {
            remove(folder);
        }
    }

    static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
