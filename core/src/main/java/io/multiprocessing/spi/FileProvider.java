package io.multiprocessing.spi;

import io.multiprocessing.FileLock;
import io.multiprocessing.SharedFile;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Locks and shares files on this machine. Found by {@link ServiceLoader}; the library has one. */
public interface FileProvider {
    /** As {@link FileLock#of(Path)}. */
    FileLock lock(Path path);

    /** As {@link SharedFile#of(Path)}. */
    SharedFile sharedFile(Path path);

    /** The one that is there. */
    static FileProvider get() {
        return Found.FIRST;
    }

    /** The holder, so that a program without files does not look for it. */
    final class Found {
        static final FileProvider FIRST = ServiceLoader.load(FileProvider.class, FileProvider.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no provider of file locks is on the class path"));

        private Found() {}
    }
}
