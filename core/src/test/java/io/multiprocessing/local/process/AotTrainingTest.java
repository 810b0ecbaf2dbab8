package io.multiprocessing.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotTrainingTest {
    @TempDir
    Path folder;

    @Test
    void whatKilledTrainingsLeft_isRemoved_andWhatIsUnderWayIsNot() throws Exception {
        file(".17-a.aot.config", Duration.ofHours(2));
        file(".17-a.aot", Duration.ofHours(2));
        Path underWay = file(".18-a.aot.config", Duration.ofMinutes(5));
        Path cache = file("a.aot", Duration.ofDays(100));
        AotTraining.removeRemains(folder);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(underWay, cache);
        }
    }

    @Test
    void theYoungestCachesAreKept_andNothingElseCountsAsOne() throws Exception {
        for (int age = 1; age <= 9; age++) {
            file("." + age + "-b.aot", Duration.ofSeconds(age));
            file(age + ".aot", Duration.ofDays(age));
            file(age + "-program.aot", Duration.ofDays(age));
        }
        AotTraining.removeOldCaches(folder, false);
        assertThat(folder.resolve("9-program.aot")).exists();
        AotTraining.removeOldCaches(folder, true);
        assertThat(folder.resolve("9-program.aot")).doesNotExist();
        assertThat(folder.resolve("9.aot")).doesNotExist();
        assertThat(folder.resolve("8.aot")).exists();
        assertThat(folder.resolve(".9-b.aot")).exists();
    }

    private Path file(String name, Duration age) throws Exception {
        Path file = Files.createFile(folder.resolve(name));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
        return file;
    }
}
