package io.multiprocessing.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The classes that children of a program have loaded: what the program's {@link AotCache} is trained with. The JVM of a child
 * notes them in a file of its own, whose name ends with its pid.
 */
final class LoadedClasses {
    private static final String ENDING = ".classes";
    private static final String FROM_FILE = " source: file:";

    private final Path folder;
    private final String prefix;

    LoadedClasses(Path cache) {
        folder = Objects.requireNonNull(cache.getParent());
        prefix = "." + cache.getFileName() + "-";
    }

    /** What tells a JVM to note them. */
    String option() throws IOException {
        AotCache.makeFolder(folder);
        return "-Xlog:class+load:file=\"" + folder.resolve(prefix + "%p" + ENDING) + "\":none:filecount=0";
    }

    /** What is there already, complete or not. */
    List<Path> lists() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = nameOf(file);
                        return name.startsWith(prefix) && name.endsWith(ENDING);
                    })
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    /** Whether the child that wrote it has ended. */
    static boolean isComplete(Path list) {
        String name = nameOf(list);
        String pid = name.substring(name.lastIndexOf('-') + 1, name.length() - ENDING.length());
        return ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }

    /** The names of those that come from the class path, in all lists together. */
    static List<String> names(List<Path> lists) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path list : lists) {
            for (String line : Files.readAllLines(list)) {
                int end = line.indexOf(FROM_FILE);
                if (end > 0) {
                    names.add(line.substring(0, end));
                }
            }
        }
        return new ArrayList<>(names);
    }

    private static String nameOf(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }
}
