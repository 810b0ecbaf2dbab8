package io.multiprocessing.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder on the disk for one round; closing removes it. */
record BenchFolder(Path path) implements AutoCloseable {
    static BenchFolder create() throws IOException {
        var folder = new BenchFolder(Files.createTempDirectory("mp-bench-"));
        Runtime.getRuntime().addShutdownHook(new Thread(folder::removeQuietly, "bench-folder")); // as after Ctrl-C
        return folder;
    }

    Path file(String name) {
        return path.resolve(name);
    }

    private void removeQuietly() {
        try {
            close();
        } catch (IOException stillInUse) {
            // Nobody is left who could be told.
        }
    }

    @Override
    public void close() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (var files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
