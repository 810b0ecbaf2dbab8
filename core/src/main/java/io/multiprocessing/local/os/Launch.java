package io.multiprocessing.local.os;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process to be started.
 *
 * @param command the program's absolute path, then its arguments
 * @param environment all its variables; null for those of this process
 * @param directory where it runs; null for where this process runs
 * @param control whether the child gets the reading end of a pipe as {@link Os#CONTROL}
 * @param answers whether the child gets, besides, the writing end of another pipe as {@link Os#ANSWERS}
 */
public record Launch(
        List<String> command,
        @Nullable Map<String, String> environment,
        @Nullable Path directory,
        Redirect stdin,
        Redirect stdout,
        Redirect stderr,
        boolean control,
        boolean answers) {

    public Launch(
            List<String> command,
            @Nullable Map<String, String> environment,
            @Nullable Path directory,
            Redirect stdin,
            Redirect stdout,
            Redirect stderr,
            boolean control) {
        this(command, environment, directory, stdin, stdout, stderr, control, false);
    }

    /** Where a standard stream leads. */
    public sealed interface Redirect {
        /** To where the parent's leads. */
        record Inherit() implements Redirect {}

        /** Nowhere. */
        record Discard() implements Redirect {}

        /** To the parent, through a pipe. */
        record Pipe() implements Redirect {}

        /** To the end of a file. */
        record Append(Path file) implements Redirect {}
    }
}
