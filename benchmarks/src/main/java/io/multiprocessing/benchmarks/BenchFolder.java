package io.multiprocessing.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder on the disk for one round; closing removes it. */
record BenchFolder(Path path) implements AutoCloseable {
    static BenchFolder create() throws IOException {
        return new BenchFolder(Files.createTempDirectory("mp-bench-"));
    }

    Path file(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
