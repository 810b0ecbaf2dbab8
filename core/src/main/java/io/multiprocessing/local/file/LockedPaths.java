package io.multiprocessing.local.file;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The locks of this process, each as long as somebody keeps it: one for all names of a file that lead there by links. */
final class LockedPaths {
    private static final Map<Path, Known> KNOWN = new HashMap<>();
    private static final ReferenceQueue<LockedPath> FORGOTTEN = new ReferenceQueue<>();

    private LockedPaths() {}

    /** @throws IllegalArgumentException if the path is a directory */
    static LockedPath at(Path path) {
        Path real = real(path.toAbsolutePath().normalize());
        if (Files.isDirectory(real)) {
            throw new IllegalArgumentException("a folder can't be locked or shared: " + path + "; name a file in it");
        }
        synchronized (KNOWN) {
            for (Known gone = (Known) FORGOTTEN.poll(); gone != null; gone = (Known) FORGOTTEN.poll()) {
                KNOWN.remove(gone.path, gone);
            }
            Known known = KNOWN.get(real);
            LockedPath found = known == null ? null : known.get();
            if (found == null) {
                found = new LockedPath(real);
                KNOWN.put(real, new Known(found));
            }
            return found;
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException notThere) {
            Path folder = path.getParent();
            Path name = path.getFileName();
            if (folder == null || name == null) {
                return path;
            }
            try {
                return folder.toRealPath().resolve(name);
            } catch (IOException noFolder) {
                return path; // to lock it will fail, and say why
            }
        }
    }

    private static final class Known extends WeakReference<LockedPath> {
        final Path path;

        Known(LockedPath locked) {
            super(locked, FORGOTTEN);
            this.path = locked.path();
        }
    }
}
