package io.multiprocessing.examples;

import static java.nio.file.StandardOpenOption.APPEND;

import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * A file as the place to share. Five processes append a line each, one at a time, because each holds the lock while it
 * writes; the parent finds five whole lines, in the order in which the lock was had.
 *
 * <p>The Python idea: {@code open(path, 'a')} inside {@code with lock:}.
 */
public final class AppendToFileUnderLock {
    private AppendToFileUnderLock() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var file = Files.createTempFile("shared", ".txt");
        try (var mp = Multiprocessing.open()) {
            var lock = mp.lock();
            var path = file.toString();

            var writers = new ArrayList<Process>();
            for (int i = 0; i < 5; i++) {
                var writer = mp.process(() -> {
                    var line = "written by process " + ProcessHandle.current().pid() + "\n";
                    try (var _ = lock.hold()) {
                        Files.writeString(Path.of(path), line, APPEND);
                    }
                });
                writers.add(writer.start());
            }
            for (var writer : writers) {
                writer.join();
            }

            Files.readAllLines(file).forEach(System.out::println);
        } finally {
            Files.delete(file);
        }
    }
}
