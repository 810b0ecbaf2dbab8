package io.multiprocessing.examples.ways;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder on the disk for the files of one way; closing removes it, and so does the end of the JVM, as after Ctrl-C. */
final class WaysFolder implements AutoCloseable {
    private final Path path;
    private final Thread atExit = new Thread(this::removeQuietly, "ways-folder");

    WaysFolder() throws IOException {
        path = Files.createTempDirectory("mp-ways-");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Path path() {
        return path;
    }

    private void removeQuietly() {
        try {
            remove();
        } catch (IOException stillInUse) {
            // Nobody is left who could be told.
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException isEnding) {
            return; // it does the same
        }
        remove();
    }

    private void remove() throws IOException {
        try (var files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
