package io.multiprocessing.cli.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All processes that come of one, told by a variable of the environment, which everyone hands on to his children. It is
 * seen in the proc file system, also of those whose parents are dead.
 */
record Family(String mark) {
    private static final String VARIABLE = "MULTIPROCESSING_CHAOS";
    private static final Path PROC = Path.of("/proc");

    /** The family of one process of a storm, within that of the storm. */
    Family of(long serial) {
        return new Family(mark + "." + serial + ".");
    }

    String variable() {
        return VARIABLE;
    }

    /** The pids of those who live. */
    List<Long> living() {
        List<Long> living = new ArrayList<>();
        try (Stream<Path> entries = Files.list(PROC)) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                String name = entry.getFileName().toString();
                if (Character.isDigit(name.charAt(0)) && isMember(entry.resolve("environ"))) {
                    living.add(Long.parseLong(name));
                }
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("can't list " + PROC, impossible);
        }
        return living;
    }

    private boolean isMember(Path environment) {
        try {
            // Of a process that has ended nothing is left to read.
            return new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1)
                    .contains(VARIABLE + "=" + mark);
        } catch (IOException goneOrAnotherUsers) {
            return false;
        }
    }
}
