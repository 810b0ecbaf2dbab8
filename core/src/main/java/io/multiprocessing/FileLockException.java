package io.multiprocessing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A file can't be locked, or was deleted or replaced while it was locked. The message says which. */
public class FileLockException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    private final String path;

    public FileLockException(Path path, String message, IOException cause) {
        super(message, cause);
        this.path = path.toString();
    }

    /** The file. */
    public Path path() {
        return Path.of(path);
    }
}
