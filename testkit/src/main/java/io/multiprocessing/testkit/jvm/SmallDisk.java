package io.multiprocessing.testkit.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A disk that is soon full: a small file system in memory. A test is skipped where it may not mount one. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /**
     * Mounts one at a folder that is there, and empty.
     *
     * @param size bytes, with the units of mount(8), as {@code 64k}
     */
    public static SmallDisk mount(Path folder, String size) throws IOException {
        String refused = run("mount", "-t", "tmpfs", "-o", "mode=0700,size=" + size, "tmpfs", folder.toString());
        assumeTrue(refused.isEmpty(), "a file system of " + size + " can't be mounted here: " + refused);
        return new SmallDisk(folder);
    }

    /** Lets it only be read from now on. */
    public void makeReadOnly() throws IOException {
        assertThat(run("mount", "-o", "remount,ro", folder.toString())).isEmpty();
    }

    /** Takes it away with all that is in it, even if somebody still uses it. */
    @Override
    public void close() throws IOException {
        assertThat(run("umount", "-l", folder.toString())).isEmpty();
    }

    /** Gives what went wrong; nothing if all went well. */
    private static String run(String... command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException noSuchProgram) {
            return String.valueOf(noSuchProgram.getMessage());
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.onExit().join().exitValue();
        return exitCode == 0 ? "" : "exit code " + exitCode + " " + output.strip();
    }
}
