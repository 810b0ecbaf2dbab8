package io.multiprocessing.local.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Await;
import io.multiprocessing.OtherJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks on ranges of a file, which go with their holder. */
class RangeLocksTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void createFile() throws IOException {
        file = Files.createFile(folder.resolve("locks"));
    }

    @Test
    void openingsExcludeEachOther_alsoInOneProcess() throws IOException {
        try (RangeLocks mine = open();
                RangeLocks others = open()) {
            assertThat(mine.tryLock(10, 2)).isTrue();
            assertThat(others.tryLock(10, 2)).isFalse();
            assertThat(others.tryLock(11, 5)).isFalse();
            assertThat(others.tryLock(8, 3)).isFalse();
            assertThat(others.tryLock(8, 2)).isTrue();
            assertThat(others.tryLock(12, 1)).isTrue();
            mine.unlock(10, 2);
            assertThat(others.tryLock(10, 2)).isTrue();
        }
    }

    @Test
    void lockIsMineAlready_whenTakenAgain() throws IOException {
        try (RangeLocks mine = open();
                RangeLocks others = open()) {
            assertThat(mine.tryLock(5, 1)).isTrue();
            assertThat(mine.tryLock(5, 1)).isTrue();
            mine.unlock(5, 1);
            assertThat(others.tryLock(5, 1)).isTrue();
        }
    }

    @Test
    void isHeldTellsOfOthersOnly() throws IOException {
        try (RangeLocks mine = open();
                RangeLocks others = open()) {
            assertThat(mine.isHeld(0, 0)).isFalse();
            others.tryLock(100, 1);
            assertThat(mine.isHeld(100, 1)).isTrue();
            assertThat(mine.isHeld(99, 1)).isFalse();
            assertThat(mine.isHeld(101, 1)).isFalse();
            assertThat(mine.isHeld(1, 0)).as("from 1 to the end").isTrue();
            assertThat(mine.isHeld(101, 0)).as("from 101 to the end").isFalse();
            assertThat(others.isHeld(100, 1)).as("by others than itself").isFalse();
        }
    }

    @Test
    void lockGoes_whenItsOpeningIsClosed_andNoOther() throws IOException {
        try (RangeLocks mine = open();
                RangeLocks stays = open()) {
            stays.tryLock(7, 1);
            RangeLocks goes = open();
            goes.tryLock(8, 1);
            goes.close();
            assertThat(mine.isHeld(8, 1)).isFalse();
            assertThat(mine.isHeld(7, 1)).isTrue();
        }
    }

    @Test
    void lockWaits_untilItIsFree() throws Exception {
        try (RangeLocks mine = open();
                RangeLocks others = open()) {
            others.tryLock(0, 1);
            Thread waiter = Thread.ofPlatform().start(() -> mine.lock(0, 1));
            waiter.join(50);
            assertThat(waiter.isAlive()).isTrue();
            others.unlock(0, 1);
            waiter.join();
            assertThat(others.isHeld(0, 1)).isTrue();
        }
    }

    @Test
    void lockGoes_whenItsProcessIsKilled_andNotWhenItIsStopped() throws Exception {
        try (RangeLocks mine = open();
                OtherJvm holder = OtherJvm.start(Holder.class, file)) {
            assertThat(holder.line()).isEqualTo("locked");
            assertThat(mine.tryLock(3, 1)).isFalse();
            assertThat(mine.isHeld(3, 1)).isTrue();
            holder.signal("STOP");
            Await.until(
                    "it has stopped",
                    () -> Files.readString(Path.of("/proc/" + holder.pid() + "/stat"))
                            .contains(") T "));
            assertThat(mine.isHeld(3, 1)).isTrue();
            holder.kill();
            assertThat(mine.isHeld(3, 1)).isFalse();
            assertThat(mine.tryLock(3, 1)).isTrue();
        }
    }

    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws IOException {
            RangeLocks locks = Os.current().openLocks(Path.of(arguments[0]));
            System.out.println(locks.tryLock(3, 1) ? "locked" : "not locked");
            System.in.read();
            locks.close();
        }
    }

    @Test
    void openFails_whenThereIsNoSuchFile() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> Os.current().openLocks(missing))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(missing.toString());
    }

    private RangeLocks open() throws IOException {
        return Os.current().openLocks(file);
    }
}
