package io.multiprocessing.testkit.local;

import io.multiprocessing.Multiprocessing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A copy of the library and of a few programs that use it, as a user has them: in folders or in jars. What else is on
 * the class path of the tests is not there.
 */
record Installation(Path library, Path programs) {
    /** As folders of classes. */
    static Installation ofFolders(Path parent, Class<?>... programs) throws IOException {
        Path library = parent.resolve("library");
        copy(origin(Multiprocessing.class), library);
        return new Installation(library, programsIn(parent, programs));
    }

    /** As jars. */
    static Installation ofJars(Path parent, Class<?>... programs) throws IOException {
        Path folders = Files.createDirectory(parent.resolve("unpacked"));
        Installation unpacked = ofFolders(folders, programs);
        Path library = pack(unpacked.library, parent.resolve("library.jar"));
        return new Installation(library, pack(unpacked.programs, parent.resolve("programs.jar")));
    }

    String classPath() {
        return library + ":" + programs;
    }

    void remove() {
        remove(library);
        remove(programs);
    }

    static void remove(Path path) {
        try (Stream<Path> inside = Files.walk(path)) {
            List<Path> deepestFirst = inside.sorted((a, b) -> b.compareTo(a)).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The jar or folder that a class comes from. */
    static Path origin(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Path programsIn(Path parent, Class<?>... programs) throws IOException {
        Path target = parent.resolve("programs");
        for (Class<?> program : programs) {
            String resource = program.getName().replace('.', '/') + ".class";
            Path file = target.resolve(resource);
            Files.createDirectories(file.getParent());
            try (var in = program.getClassLoader().getResourceAsStream(resource)) {
                Files.copy(in, file);
            }
        }
        return target;
    }

    private static void copy(Path origin, Path target) throws IOException {
        if (Files.isDirectory(origin)) {
            copyFolder(origin, target);
        } else {
            try (var jar = java.nio.file.FileSystems.newFileSystem(origin)) {
                copyFolder(jar.getPath("/"), target);
            }
        }
    }

    private static void copyFolder(Path origin, Path target) throws IOException {
        try (Stream<Path> inside = Files.walk(origin)) {
            for (Path each : (Iterable<Path>) inside::iterator) {
                Path copy = target.resolve(origin.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(each, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static Path pack(Path folder, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> inside = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) inside.filter(Files::isRegularFile)::iterator) {
                out.putNextEntry(new JarEntry(folder.relativize(each).toString()));
                Files.copy(each, out);
            }
        }
        return jar;
    }
}
