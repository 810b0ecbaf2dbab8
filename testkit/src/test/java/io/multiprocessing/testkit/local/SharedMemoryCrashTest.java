package io.multiprocessing.testkit.local;

import static io.multiprocessing.testkit.crash.CrashHarness.killChildAt;
import static io.multiprocessing.testkit.crash.CrashHarness.killProgramAt;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.ShareableList;
import io.multiprocessing.SharedMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes die while they make, unlink and leave blocks of shared memory: strangers see a block whole or not at all, and what
 * the dead leave goes with their context.
 */
@ExtendWith(OwnFolder.class)
class SharedMemoryCrashTest {
    private static final List<Object> ELEMENTS = Collections.nCopies(50, "whole");

    private final String name = "test-" + UUID.randomUUID();
    private final Path flat = Path.of("/dev/shm", name);
    private final Path another = Path.of("/dev/shm", name + "-2");

    @AfterEach
    void nothingIsLeft() {
        assertThat(flat).doesNotExist();
        assertThat(another).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"block-K1", "block-K2"})
    void blockThatWasNotReadyIsNotThere(String crashPoint) throws Exception {
        try (Context mp = Multiprocessing.open()) {
            var home = mp.intValue(0);
            String ofChild = name;
            killChildAt(mp, crashPoint, () -> home.context().shareableList(ofChild, ELEMENTS));
            assertThat(flat).doesNotExist();
            assertThatThrownBy(() -> mp.shareableList(name)).isInstanceOf(NoSuchElementException.class);
            assertThat(mp.shareableList(name, ELEMENTS)).isEqualTo(ELEMENTS);
        }
    }

    @Test
    void blockThatHasItsNameIsWhole_andStaysWithTheContext() throws Exception {
        try (Context mp = Multiprocessing.open()) {
            var home = mp.intValue(0);
            String ofChild = name;
            killChildAt(mp, "block-K3", () -> home.context().shareableList(ofChild, ELEMENTS));
            try (Context stranger = Multiprocessing.open()) {
                assertThat(stranger.shareableList(name)).isEqualTo(ELEMENTS);
            }
            assertThat(mp.shareableList(name)).isEqualTo(ELEMENTS);
        }
    }

    @Test
    void blockIsUnlinked_whenWhoUnlinksDiesInTheMiddle() throws Exception {
        try (Context mp = Multiprocessing.open()) {
            SharedMemory memory = mp.sharedMemory(name, 8);
            memory.segment().set(JAVA_LONG, 0, 42);
            killChildAt(mp, "block-K4", memory::unlink);
            assertThatThrownBy(() -> mp.sharedMemory(name)).isInstanceOf(NoSuchElementException.class);
            assertThatThrownBy(memory::unlink).isInstanceOf(NoSuchElementException.class);
            assertThat(memory.segment().get(JAVA_LONG, 0)).isEqualTo(42);
            assertThat(mp.sharedMemory(name, 16).size()).isEqualTo(16);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"block-K1", "block-K2", "block-K3", "block-K3:2", "leave-K1", "folder-K4", "block-K4"})
    void nextToOpenRemovesWhatTheOnlyOneLeft(String crashPoint) throws Exception {
        killProgramAt(crashPoint, MakesTwo.class, name);
        List<Path> left = new ArrayList<>(List.of(flat, another));
        left.removeIf(Files::notExists);
        assertThat(left)
                .as("died at " + crashPoint)
                .hasSize(
                        switch (crashPoint) {
                            case "block-K1", "block-K2" -> 0;
                            case "block-K3", "block-K4" -> 1;
                            default -> 2;
                        });
        assertThat(OwnFolder.entries(OwnFolder.current())).hasSize(1);
        Multiprocessing.open().close();
        assertThat(left).allSatisfy(file -> assertThat(file).doesNotExist());
        assertThat(OwnFolder.entries(OwnFolder.current())).isEmpty();
    }

    @Test
    void nameThatHasAnotherBlockByNowIsLeftAlone() throws Exception {
        killProgramAt("leave-K1", MakesTwo.class, name);
        Files.delete(flat);
        Files.writeString(flat, "somebody else's");
        try (Context mp = Multiprocessing.open()) {
            assertThat(another).doesNotExist();
            assertThat(flat).hasContent("somebody else's");
            mp.sharedMemory(name).unlink();
        }
    }

    @Test
    void memoryOfABlockThatAnotherProgramHasUnlinkedIsFreed() throws Exception {
        try (Context mp = Multiprocessing.open()) {
            SharedMemory memory = mp.sharedMemory(name, 1 << 20);
            memory.close();
            Files.delete(flat);
            assertThat(blocksInFolder()).hasSize(1);
            ShareableList next = mp.shareableList(List.of(1));
            assertThat(blocksInFolder()).containsExactly(next.memory().name());
        }
    }

    private static List<String> blocksInFolder() throws Exception {
        Path context = OwnFolder.current().resolve(OwnFolder.entries(OwnFolder.current())[0]);
        List<String> blocks = new ArrayList<>();
        for (String entry : OwnFolder.entries(context)) {
            if (entry.startsWith("memory-")) {
                blocks.add(entry.replaceFirst("memory-[0-9a-f]+-", ""));
            }
        }
        return blocks;
    }

    static final class MakesTwo {
        private MakesTwo() {}

        public static void main(String[] arguments) {
            try (Context mp = Multiprocessing.open()) {
                mp.shareableList(arguments[0], ELEMENTS);
                mp.sharedMemory(arguments[0] + "-2", 10_000);
            }
        }
    }
}
