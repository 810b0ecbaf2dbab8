package io.multiprocessing.local.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** A jar as it was found: with other contents it is another one. */
record Jar(Path path, long bytes, FileTime written) {
    /** What the manifests name. To open all jars for each start would take longer than to look whether they have changed. */
    private static final Map<Jar, Optional<List<Path>>> NAMED = new ConcurrentHashMap<>();

    /** What lies there; null if it is not a file. */
    static @Nullable Jar at(Path path) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return attributes.isRegularFile() ? new Jar(path, attributes.size(), attributes.lastModifiedTime()) : null;
    }

    /** The jars that a class path leads to, and those that they name themselves; null if there is something else on it. */
    static @Nullable List<Jar> all(Path first, String classPath) throws IOException {
        Set<Jar> all = new LinkedHashSet<>();
        List<Path> found = new ArrayList<>(List.of(first));
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            found.add(Path.of(entry));
        }
        for (int i = 0; i < found.size(); i++) {
            try {
                Jar jar = at(found.get(i));
                if (jar != null && all.contains(jar)) {
                    continue;
                }
                Optional<List<Path>> named = jar == null ? Optional.empty() : jar.named();
                if (named.isEmpty()) {
                    return null;
                }
                all.add(jar);
                found.addAll(named.get());
            } catch (NoSuchFileException nothingThere) {
                // A JVM passes over it too; should it come, the list is another one.
            }
        }
        return List.copyOf(all);
    }

    /** The jars that its manifest puts on the class path; empty if it is no jar, or names what is not a file. */
    private Optional<List<Path>> named() throws IOException {
        Optional<List<Path>> known = NAMED.get(this);
        if (known == null) {
            known = read();
            NAMED.put(this, known);
        }
        return known;
    }

    private Optional<List<Path>> read() throws IOException {
        try (var jar = new JarFile(path.toFile())) {
            var manifest = jar.getManifest();
            String classPath =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            List<Path> paths = new ArrayList<>();
            if (classPath != null && !classPath.isBlank()) {
                for (String relative : classPath.strip().split("\\s+")) {
                    paths.add(Path.of(path.toUri().resolve(relative)));
                }
            }
            return Optional.of(paths);
        } catch (ZipException | IllegalArgumentException | FileSystemNotFoundException notAJar) {
            return Optional.empty();
        }
    }
}
