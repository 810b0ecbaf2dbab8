package io.multiprocessing.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interpreters here are shell scripts that answer as one does. */
class PythonTest {
    @TempDir
    private Path home;

    private Path bin;

    @BeforeEach
    void makeBin() throws IOException {
        bin = Files.createDirectory(home.resolve("bin"));
    }

    @Test
    void findsNone_whereThereIsNone() throws Exception {
        assertThat(Python.find(bin.toString(), home)).isEmpty();
        assertThat(Python.find("", home)).isEmpty();
    }

    @Test
    void finds313FirstOfAll() throws Exception {
        program(bin.resolve("python3"), "echo /usr/bin/python3; echo CPython 3.11.7");
        program(bin.resolve("python3.13"), "echo /usr/bin/python3.13; echo CPython 3.13.0");

        assertThat(Python.find(bin.toString(), home)).contains(new Python("/usr/bin/python3.13", "CPython 3.13.0"));
    }

    @Test
    void looksIntoPyenv_whenThe313OnThePathDoesNotWork() throws Exception {
        program(bin.resolve("python3"), "echo /usr/bin/python3; echo CPython 3.11.7");
        program(bin.resolve("python3.13"), "echo pyenv: python3.13: command not found >&2; exit 127");
        Path inPyenv = Files.createDirectories(home.resolve(".pyenv/versions/3.13.0/bin"));
        program(inPyenv.resolve("python3"), "echo /pyenv/python3; echo CPython 3.13.0");

        assertThat(Python.find(bin.toString(), home)).contains(new Python("/pyenv/python3", "CPython 3.13.0"));
    }

    @Test
    void takesPython3_whenThereIsNo313() throws Exception {
        program(bin.resolve("python3"), "echo /usr/bin/python3; echo CPython 3.11.7");

        assertThat(Python.find(bin.toString(), home)).contains(new Python("/usr/bin/python3", "CPython 3.11.7"));
    }

    @Test
    void atRefusesWhatIsMissing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Python.at(bin.resolve("python3").toString()))
                .withMessageContaining(bin.resolve("python3").toString());
    }

    @Test
    void atRefusesWhatIsNoPython_andSaysWhatItAnswered() throws Exception {
        Path program = program(bin.resolve("python3"), "echo I am a parrot; exit 3");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Python.at(program.toString()))
                .withMessageContaining("exit code 3")
                .withMessageContaining("I am a parrot");
    }

    private static Path program(Path path, String commands) throws IOException {
        Files.writeString(path, "#!/bin/sh\n" + commands + "\n");
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
}
