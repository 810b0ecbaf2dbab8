package io.multiprocessing.local.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets each test keep its contexts in a folder of its own, in which nothing may be left. */
public final class OwnRoot implements BeforeEachCallback, AfterEachCallback {
    private static final String PROPERTY = "multiprocessing.folder";

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        System.setProperty(
                PROPERTY,
                Files.createTempDirectory(Path.of("/dev/shm"), "multiprocessing-test-")
                        .toString());
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        Path root = current();
        System.clearProperty(PROPERTY);
        List<Path> left = entries(root);
        Folders.remove(root);
        if (context.getExecutionException().isEmpty()) {
            assertThat(left).as("left behind").isEmpty();
        }
    }

    /** Where the contexts of the running test are. */
    public static Path current() {
        return Path.of(System.getProperty(PROPERTY));
    }

    public static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.sorted().toList();
        }
    }
}
