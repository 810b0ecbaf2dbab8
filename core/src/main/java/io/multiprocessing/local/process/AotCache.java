package io.multiprocessing.local.process;

import io.multiprocessing.local.os.Launch;
import io.multiprocessing.local.os.Launch.Redirect;
import io.multiprocessing.local.os.Os;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cache of prepared classes, with which a child starts in little more than half the time. It is never needed: where it
 * can't be had a child starts without it.
 *
 * <p>There is one that holds classes of the JDK and of this library, none of the user's; and, for who asks for it, one for each
 * program, with the program's classes as well. A JVM does not check whether the class path is the one that a cache was trained
 * with: it would run what a class was then. So the file's name holds everything it depends on: the JDK, the jars with their sizes
 * and times, and the options that concern modules.
 */
final class AotCache {
    static final String PROPERTY = "multiprocessing.aot";

    /** Ends the name of a program's cache. */
    static final String OF_PROGRAM = "-program.aot";

    private static final long TRAINING_ENDS_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final Class<?> bootstrap;
    private final String classPath;
    private final List<String> inherited;
    private final Path file;

    private AotCache(Class<?> bootstrap, String classPath, List<String> inherited, Path file) {
        this.bootstrap = bootstrap;
        this.classPath = classPath;
        this.inherited = inherited;
        this.file = file;
    }

    /**
     * The one of the library.
     *
     * @param bootstrap a class of the library
     * @param jar the library's
     * @param inherited the options that all children get
     * @param matter those of them on which it depends
     */
    static AotCache ofLibrary(Class<?> bootstrap, Path jar, List<String> inherited, List<String> matter)
            throws IOException {
        Jar library = Objects.requireNonNull(Jar.at(jar), "the library");
        return new AotCache(bootstrap, jar.toString(), inherited, file(List.of(library), matter, ".aot"));
    }

    /** The one of this program; null if not all of its class path is jars: of classes in folders a JVM makes no cache. */
    static @Nullable AotCache ofProgram(Class<?> bootstrap, Path jar, List<String> inherited, List<String> matter)
            throws IOException {
        String classPath = CommandLine.classPath();
        List<Jar> jars = Jar.all(jar, classPath);
        return jars == null ? null : new AotCache(bootstrap, classPath, inherited, file(jars, matter, OF_PROGRAM));
    }

    /** The library's jar; null where it lies in a folder or in a module, for which a JVM makes no cache. */
    static @Nullable Path jar(Class<?> bootstrap) {
        Path location = CommandLine.location(bootstrap);
        return bootstrap.getModule().isNamed() || location == null || !Files.isRegularFile(location) ? null : location;
    }

    Path file() {
        return file;
    }

    boolean exists() {
        return Files.exists(file);
    }

    private static Path file(List<Jar> jars, List<String> matter, String ending) {
        List<String> parts = new ArrayList<>();
        parts.add(System.getProperty("java.home"));
        parts.add(System.getProperty("java.vm.version"));
        for (Jar jar : jars) {
            parts.add(jar.path().toString());
            parts.add(Long.toString(jar.bytes()));
            parts.add(jar.written().toString());
        }
        parts.addAll(matter);
        return folder().resolve(digest(String.join("\n", parts)) + ending);
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

    /**
     * Has it made by a process of its own, see {@link AotTraining}, if nobody is at it.
     *
     * @param lists what {@link LoadedClasses} children have noted
     * @param inBackground not to wait for the end of it
     */
    void train(List<Path> lists, boolean inBackground) throws IOException {
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
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(inherited);
        command.addAll(List.of("-D" + PROPERTY + "=off", "-cp", classPath, bootstrap.getName()));
        command.addAll(List.of(file.toString(), AotTraining.ARGUMENT, mark.toString()));
        lists.forEach(list -> command.add(list.toString()));
        var nowhere = new Redirect.Discard();
        var training =
                Os.current().spawn(new Launch(command, null, file.getParent(), nowhere, nowhere, nowhere, false));
        Os.current().reap(training.pid());
    }

    static void makeFolder(Path folder) throws IOException {
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
