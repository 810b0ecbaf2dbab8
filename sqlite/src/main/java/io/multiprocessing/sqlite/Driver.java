package io.multiprocessing.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Sets up the driver for this process.
 *
 * <p>Its native library is put into the user's cache, once for all processes. By itself the driver unpacks it for each
 * process into the folder for temporary files and removes it at the end, which a killed process does not come to.
 *
 * <p>The driver and the pool log by SLF4J, which is told not to complain if it has nowhere to write.
 */
final class Driver {
    private static final String PATH = "org.sqlite.lib.path";
    private static final String VERBOSITY = "slf4j.internal.verbosity";
    private static final AtomicBoolean PREPARED = new AtomicBoolean();

    private Driver() {}

    /** To be called before the driver is used. Where it can't be done the driver does what it does by itself. */
    static void prepare() {
        if (!PREPARED.compareAndSet(false, true)) {
            return;
        }
        if (System.getProperty(VERBOSITY) == null) {
            System.setProperty(VERBOSITY, "ERROR");
        }
        if (System.getProperty(PATH) == null) {
            unpack();
        }
    }

    private static void unpack() {
        try {
            Path folder = caches().resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
            Path library = folder.resolve(LibraryLoaderUtil.getNativeLibName());
            if (!Files.exists(library)) {
                unpack(library);
            }
            System.setProperty(PATH, folder.toString());
        } catch (IOException | RuntimeException doWithout) {
            System.getLogger("io.multiprocessing")
                    .log(System.Logger.Level.DEBUG, "the driver unpacks its library itself", doWithout);
        }
    }

    private static void unpack(Path library) throws IOException {
        Path folder = library.getParent();
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + library.getFileName();
        Path unpacked = Files.createTempFile(folder, "unpacking", ".so");
        try (InputStream bytes = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
            if (bytes == null) {
                throw new IOException("the driver has no library for this machine: " + resource);
            }
            Files.copy(bytes, unpacked, StandardCopyOption.REPLACE_EXISTING);
            // Complete when it appears; another process may have been first, with the same bytes.
            Files.move(unpacked, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unpacked);
        }
    }

    private static Path caches() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path caches = configured != null && !configured.isEmpty()
                ? Path.of(configured)
                : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("io.multiprocessing");
    }
}
