package io.multiprocessing.local.os;

import io.multiprocessing.local.os.Launch.Redirect;
import io.multiprocessing.local.os.Pipes.Pipe;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * New standard streams for a child that runs already: it opens them by the paths given here, by {@link Os#reopen}. A pipe
 * of ours has a path in the proc file system. To be closed when the child has opened them; that leaves our streams open.
 */
public final class Redirection implements AutoCloseable {
    /** The path that says: leave it as it is. */
    public static final String AS_IT_IS = "";

    private final Pipes pipes;
    private final String[] paths = {AS_IT_IS, AS_IT_IS, AS_IT_IS};
    private @Nullable OutputStream stdin;
    private @Nullable InputStream stdout;
    private @Nullable InputStream stderr;

    Redirection(Pipes pipes) {
        this.pipes = pipes;
    }

    void open(Redirect in, Redirect out, Redirect err) throws IOException {
        Pipe input = open(0, in);
        Pipe output = open(1, out);
        Pipe errors = open(2, err);
        stdin = input == null ? null : input.writer();
        stdout = output == null ? null : output.reader();
        stderr = errors == null ? null : errors.reader();
    }

    private @Nullable Pipe open(int stream, Redirect redirect) throws IOException {
        switch (redirect) {
            case Redirect.Inherit() -> {}
            case Redirect.Discard() -> paths[stream] = stream == 0 ? AS_IT_IS : "/dev/null";
            case Redirect.Append(Path file) -> paths[stream] = file.toString();
            case Redirect.Pipe() -> {
                Pipe pipe = pipes.open();
                int end = stream == 0 ? pipe.readEnd() : pipe.writeEnd();
                paths[stream] = "/proc/" + ProcessHandle.current().pid() + "/fd/" + end;
                return pipe;
            }
        }
        return null;
    }

    /** What the child is to open as standard input, output and errors, or {@link #AS_IT_IS}. */
    public String path(int stream) {
        return paths[stream];
    }

    /** The child with these streams. */
    public Spawned of(Spawned child) {
        return new Spawned(child.pid(), stdin, stdout, stderr, child.control(), null);
    }

    /** Closes our streams too: the child does not use them. */
    public void abandon() {
        close(stdin);
        close(stdout);
        close(stderr);
        close();
    }

    private static void close(@Nullable Closeable stream) {
        try {
            if (stream != null) {
                stream.close();
            }
        } catch (IOException nothingLost) {
            // Nothing was written.
        }
    }

    @Override
    public void close() {
        pipes.close();
    }
}
