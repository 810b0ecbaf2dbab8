package io.multiprocessing.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarTest {
    @TempDir
    Path folder;

    @Test
    void allAreFound_thoseThatManifestsNameToo_eachOnce() throws Exception {
        Path library = jar("library.jar", "");
        Path far = jar("far.jar", "library.jar far.jar");
        Path near = jar("near.jar", "far.jar  missing.jar");
        assertThat(all(library, near, library)).extracting(Jar::path).containsExactly(library, near, far);
    }

    @Test
    void whatIsNotAJar_leavesNothingToPrepare() throws Exception {
        Path library = jar("library.jar", "");
        assertThat(all(library, Files.createDirectory(folder.resolve("classes"))))
                .isNull();
        assertThat(all(library, Files.writeString(folder.resolve("notes.txt"), "no jar")))
                .isNull();
        assertThat(all(library, jar("a.jar", "classes/"))).isNull();
        assertThat(all(library, jar("b.jar", "http://127.0.0.1/c.jar"))).isNull();
    }

    @Test
    void aJarThatWasWrittenAnew_isAnotherOne() throws Exception {
        Path library = jar("library.jar", "");
        Path program = jar("program.jar", "");
        List<Jar> before = all(library, program);
        assertThat(all(library, program)).isEqualTo(before);
        Files.setLastModifiedTime(program, FileTime.from(Instant.now().minusSeconds(5)));
        assertThat(all(library, program)).isNotEqualTo(before);
    }

    private static List<Jar> all(Path first, Path... classPath) throws Exception {
        return Jar.all(first, Stream.of(classPath).map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }

    private Path jar(String name, String classPath) throws Exception {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Path jar = folder.resolve(name);
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
