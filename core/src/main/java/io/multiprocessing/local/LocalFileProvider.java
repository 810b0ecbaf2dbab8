package io.multiprocessing.local;

import io.multiprocessing.FileLock;
import io.multiprocessing.SharedFile;
import io.multiprocessing.local.file.LocalFileLock;
import io.multiprocessing.local.file.LocalSharedFile;
import io.multiprocessing.spi.FileProvider;
import java.nio.file.Path;

/** Files of this machine. */
public final class LocalFileProvider implements FileProvider {
    /** Called by the service loader. */
    public LocalFileProvider() {}

    @Override
    public FileLock lock(Path path) {
        return LocalFileLock.of(path);
    }

    @Override
    public SharedFile sharedFile(Path path) {
        return LocalSharedFile.of(path);
    }
}
