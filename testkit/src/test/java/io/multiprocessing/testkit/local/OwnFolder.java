package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.testkit.jvm.Await;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets each test keep its contexts in a folder of its own, in which nothing may be left. */
final class OwnFolder implements BeforeEachCallback, AfterEachCallback {
    private static final String PROPERTY = "multiprocessing.folder";

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        Path folder = Files.createTempDirectory(Path.of("/dev/shm"), "multiprocessing-test-");
        System.setProperty(PROPERTY, folder.toString());
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Path folder = current();
        System.clearProperty(PROPERTY);
        try {
            // A process of the test that ends by itself may be about to remove its context.
            Await.until(
                    "nothing is left in " + folder,
                    () -> context.getExecutionException().isPresent() || entries(folder).length == 0);
        } finally {
            remove(folder.toFile());
        }
    }

    /** Where the contexts of the running test are. */
    static Path current() {
        return Path.of(System.getProperty(PROPERTY));
    }

    static String[] entries(Path folder) {
        String[] entries = folder.toFile().list();
        assertThat(entries).as(folder + " is there").isNotNull();
        return entries;
    }

    private static void remove(File file) {
        File[] inside = file.listFiles();
        for (File each : inside == null ? new File[0] : inside) {
            remove(each);
        }
        file.delete();
    }
}
