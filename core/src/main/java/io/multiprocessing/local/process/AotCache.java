package io.multiprocessing.local.process;

import io.multiprocessing.local.os.Launch;
import io.multiprocessing.local.os.Launch.Redirect;
import io.multiprocessing.local.os.Os;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The cache of prepared classes with which a child starts in little more than half the time. It holds classes of the
 * JDK and of this library, none of the user's, and is never needed: where it can't be had a child starts without it.
 *
 * <p>A JVM does not check whether the class path is the one that a cache was trained with, so the file's name holds
 * everything it depends on: the JDK, the library's jar with its size and time, and the options that concern modules. A
 * cache that does not fit the options would be refused, which is slower than none; so options that we don't know for
 * harmless mean none.
 *
 * <p>The first start of a child that finds no cache has one trained in the background: see {@link AotTraining}. The
 * system property {@code multiprocessing.aot} says {@code off} to do without, and {@code now} to wait for the training.
 */
final class AotCache {
    private static final Logger LOGGER = System.getLogger("io.multiprocessing");
    private static final String PROPERTY = "multiprocessing.aot";
    private static final String HEAP = "-Xmx";

    /** With 2 MiB it does not do, with 3 it does. */
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
    private static final long TRAINING_ENDS_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private AotCache() {}

    /**
     * What to add to a child's command line.
     *
     * @param bootstrap a class of the library
     * @param inherited the options that all children get
     * @param own the options that this child gets
     */
    static List<String> options(Class<?> bootstrap, List<String> inherited, List<String> own) {
        String mode = System.getProperty(PROPERTY, "background");
        Path jar = jar(bootstrap);
        if (mode.equals("off")
                || jar == null
                || !own.stream().allMatch(AotCache::isHarmless)
                || !leaveRoom(inherited)
                || !leaveRoom(own)) {
            return List.of();
        }
        try {
            Path file = file(jar, inherited);
            if (!Files.exists(file) && mode.equals("now")) {
                train(bootstrap, jar, inherited, file, false);
            }
            if (Files.exists(file)) {
                List<String> options = new ArrayList<>(SILENT);
                options.add("-XX:AOTCache=" + file);
                return options;
            }
            if (mode.equals("background")) {
                train(bootstrap, jar, inherited, file, true);
            }
        } catch (IOException doWithout) {
            LOGGER.log(Level.DEBUG, "children start without a cache of prepared classes", doWithout);
        }
        return List.of();
    }

    /** The library's jar; null where it lies in a folder or in a module, for which a JVM makes no cache. */
    static @Nullable Path jar(Class<?> bootstrap) {
        Path location = CommandLine.location(bootstrap);
        return bootstrap.getModule().isNamed() || location == null || !Files.isRegularFile(location) ? null : location;
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
            return number << 10 * (unit + 1);
        } catch (NumberFormatException unknown) {
            return Long.MAX_VALUE;
        }
    }

    private static Path file(Path jar, List<String> inherited) throws IOException {
        var attributes = Files.readAttributes(jar, BasicFileAttributes.class);
        List<String> parts = new ArrayList<>();
        parts.add(System.getProperty("java.home"));
        parts.add(System.getProperty("java.vm.version"));
        parts.add(jar.toString());
        parts.add(Long.toString(attributes.size()));
        parts.add(attributes.lastModifiedTime().toString());
        inherited.stream().filter(option -> !isHarmless(option)).forEach(parts::add);
        return folder().resolve(digest(String.join("\n", parts)) + ".aot");
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Path folder() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path caches = configured != null && !configured.isEmpty()
                ? Path.of(configured)
                : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("io.multiprocessing");
    }

    private static void train(Class<?> bootstrap, Path jar, List<String> inherited, Path file, boolean inBackground)
            throws IOException {
        makeFolder(folder());
        Path mark = file.resolveSibling(file.getFileName() + ".training");
        if (!mark(mark)) {
            return; // somebody else is at it
        }
        List<String> command = new ArrayList<>();
        if (inBackground) {
            // The shell ends at once and leaves the training to the system, so nobody has to wait for it.
            command.addAll(List.of("/bin/sh", "-c", "\"$@\" &", "sh"));
        }
        command.add(CommandLine.java());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-D" + PROPERTY + "=off"));
        command.addAll(inherited);
        command.addAll(List.of("-cp", jar.toString(), bootstrap.getName()));
        command.addAll(List.of(file.toString(), AotTraining.ARGUMENT, mark.toString()));
        var nowhere = new Redirect.Discard();
        var training =
                Os.current().spawn(new Launch(command, null, file.getParent(), nowhere, nowhere, nowhere, false));
        Os.current().reap(training.pid());
    }

    private static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static boolean mark(Path mark) throws IOException {
        try {
            Files.createFile(mark);
            return true;
        } catch (FileAlreadyExistsException exists) {
            long age = System.currentTimeMillis()
                    - Files.getLastModifiedTime(mark, LinkOption.NOFOLLOW_LINKS).toMillis();
            if (age < TRAINING_ENDS_MILLIS) {
                return false;
            }
            // That training did not end well. Two at once would do no harm: each renames a file of its own.
            Files.deleteIfExists(mark);
            return mark(mark);
        }
    }
}
