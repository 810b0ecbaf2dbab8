package io.multiprocessing.local.process;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a child's command line says of a cache of prepared classes; also has one trained that is not there yet. A cache that does
 * not fit the other options would be refused, which is slower than none; so options that we don't know for harmless mean none.
 *
 * <p>The system property {@code multiprocessing.aot} says {@code off} to do without, {@code now} to wait for the training of the
 * library's cache, and {@code program} to have one with the program's own classes as well: the first child that finds none notes
 * which classes it loads, and the first that is started after its end has a cache trained with them.
 */
final class AotOptions {
    private static final List<String> MODES = List.of("background", "now", "program", "off");
    private static final String HEAP = "-Xmx";

    /** With 2 MiB a JVM does not start with a cache, with 3 it does. */
    private static final long LEAST_HEAP = 4 << 20;

    private static final List<String> HARMLESS = List.of(
            "-D",
            HEAP,
            "-Xms",
            "-Xss",
            "-ea",
            "-da",
            "-enableassertions",
            "-disableassertions",
            "-XX:MaxRAM",
            "-XX:ErrorFile=");
    private static final List<String> SILENT = List.of("-Xlog:aot*=off", "-Xlog:cds*=off");

    private AotOptions() {}

    /**
     * What to add to a child's command line.
     *
     * @param bootstrap a class of the library
     * @param inherited the options that all children get
     * @param own the options that this child gets
     * @throws IllegalArgumentException if the system property says something else
     */
    static List<String> of(Class<?> bootstrap, List<String> inherited, List<String> own) {
        String mode = mode();
        Path jar = AotCache.jar(bootstrap);
        if (mode.equals("off")
                || jar == null
                || !own.stream().allMatch(AotOptions::isHarmless)
                || !leaveRoom(inherited)
                || !leaveRoom(own)) {
            return List.of();
        }
        List<String> matter =
                inherited.stream().filter(option -> !isHarmless(option)).toList();
        List<String> options = new ArrayList<>();
        try {
            AotCache program = mode.equals("program") ? AotCache.ofProgram(bootstrap, jar, inherited, matter) : null;
            AotCache library = AotCache.ofLibrary(bootstrap, jar, inherited, matter);
            if (program == null || !use(program, options)) {
                use(library, mode.equals("now"), options);
            }
        } catch (IOException doWithout) {
            // Not in a static field: making a logger takes locks, and virtual threads that wait for a class keep their
            // carriers.
            System.getLogger("io.multiprocessing")
                    .log(Level.DEBUG, "children start without a cache of prepared classes", doWithout);
        }
        return options;
    }

    private static String mode() {
        String mode = System.getProperty(AotCache.PROPERTY, MODES.getFirst());
        if (!MODES.contains(mode)) {
            throw new IllegalArgumentException("the system property " + AotCache.PROPERTY + " may be one of "
                    + String.join(", ", MODES) + ", but it is: " + mode);
        }
        return mode;
    }

    private static boolean isHarmless(String option) {
        return HARMLESS.stream().anyMatch(option::startsWith);
    }

    /** A JVM whose heap has no room for the objects of the cache does not start at all. */
    private static boolean leaveRoom(List<String> options) {
        return options.stream()
                .filter(option -> option.startsWith(HEAP))
                .allMatch(option -> bytes(option.substring(HEAP.length())) >= LEAST_HEAP);
    }

    /** The size that a JVM understands; a very large one for what it does not, which it says itself. */
    private static long bytes(String size) {
        int unit = "kmgt".indexOf(Character.toLowerCase(size.isEmpty() ? ' ' : size.charAt(size.length() - 1)));
        try {
            long number = Long.parseLong(unit < 0 ? size : size.substring(0, size.length() - 1));
            return number << (10 * (unit + 1));
        } catch (NumberFormatException unknown) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * Has the child use the program's cache, or do what is due for that.
     *
     * @return whether it is there
     */
    private static boolean use(AotCache program, List<String> options) throws IOException {
        if (program.exists()) {
            with(program, options);
            return true;
        }
        var loaded = new LoadedClasses(program.file());
        List<Path> lists = loaded.lists();
        if (lists.isEmpty()) {
            options.add(loaded.option());
        } else {
            List<Path> complete =
                    lists.stream().filter(LoadedClasses::isComplete).toList();
            if (!complete.isEmpty()) {
                program.train(complete, true);
            }
        }
        return false;
    }

    private static void use(AotCache library, boolean now, List<String> options) throws IOException {
        if (!library.exists()) {
            library.train(List.of(), !now);
        }
        if (library.exists()) {
            with(library, options);
        }
    }

    private static void with(AotCache cache, List<String> options) {
        options.addAll(SILENT);
        options.add("-XX:AOTCache=" + cache.file());
    }
}
