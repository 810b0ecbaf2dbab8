package io.multiprocessing.cli.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the processes print, a file for each. Those stay that somebody has been told to read. */
final class Logs implements AutoCloseable {
    private static final int SHOWN_CHARACTERS = 300;

    private final Path folder;
    private final List<Path> kept = new ArrayList<>();

    Logs() throws IOException {
        folder = Files.createTempDirectory("mp-chaos-");
        Runtime.getRuntime()
                .addShutdownHook(new Thread(this::close, "chaos-logs")); // who ends it by Ctrl-C closes nothing
    }

    Path of(long serial) {
        return folder.resolve("process-" + serial + ".log");
    }

    /** Keeps a log, and says where it is and how it ends. */
    synchronized String keep(long serial) {
        Path log = of(serial);
        kept.add(log);
        try {
            String text = Files.readString(log, StandardCharsets.UTF_8);
            return log + ": " + text.substring(Math.max(0, text.length() - SHOWN_CHARACTERS));
        } catch (IOException none) {
            return "it has printed nothing";
        }
    }

    synchronized void forget(long serial) {
        if (!kept.contains(of(serial))) {
            of(serial).toFile().delete();
        }
    }

    /** Closing again does nothing. */
    @Override
    public synchronized void close() {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> !kept.contains(file))
                    .forEach(file -> file.toFile().delete());
        } catch (IOException gone) {
            return;
        }
        folder.toFile().delete(); // unless a log is kept
    }
}
