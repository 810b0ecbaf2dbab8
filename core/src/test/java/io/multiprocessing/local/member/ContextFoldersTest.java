package io.multiprocessing.local.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.OtherJvm;
import io.multiprocessing.SegmentException;
import io.multiprocessing.local.os.Os;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The folders of contexts: made, joined, left, and swept when everybody in them is dead. */
@ExtendWith(OwnRoot.class)
class ContextFoldersTest {
    @TempDir
    Path elsewhere;

    private final Logger logger = Logger.getLogger("io.multiprocessing");
    private ContextFolders folders;

    @BeforeEach
    void open() {
        // It tells of what it leaves alone.
        logger.setLevel(Level.OFF);
        folders = ContextFolders.ofUser();
    }

    @AfterEach
    void resetLogger() {
        logger.setLevel(null);
    }

    @Test
    void contextIsAFolder_untilTheLastLeaves() throws Exception {
        Registry first = folders.create("first");
        assertThat(OwnRoot.entries(OwnRoot.current())).containsExactly(first.folder());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.folder())))
                .isEqualTo("rwx------");
        assertThat(first.folder().getFileName().toString()).matches("context-[0-9a-f]{20}");
        assertThat(first.contextName()).isEmpty();
        Registry second = folders.joinFolder(first.folder(), "second");
        folders.leave(first);
        assertThat(first.folder()).exists();
        folders.leave(second);
        assertThat(OwnRoot.entries(OwnRoot.current())).isEmpty();
    }

    @Test
    void contextsWithoutANameAreDifferentOnes() {
        Registry one = folders.create("one");
        Registry another = folders.create("one");
        assertThat(one.folder()).isNotEqualTo(another.folder());
        assertThat(folders.living()).hasSize(2).allSatisfy(Registry::closeFiles);
        folders.leave(one);
        folders.leave(another);
    }

    @Test
    void nameLeadsToOneContext() {
        assertThatThrownBy(() -> folders.joinExisting("jobs", "early"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("\"jobs\"");
        Registry one = folders.createOrJoin("jobs", "one");
        assertThat(one.contextName()).isEqualTo("jobs");
        Registry two = folders.createOrJoin("jobs", "two");
        Registry three = folders.joinExisting("jobs", "three");
        Registry other = folders.createOrJoin("other", "one");
        assertThat(List.of(one.folder(), two.folder(), three.folder())).containsOnly(one.folder());
        assertThat(other.folder()).isNotEqualTo(one.folder());
        assertThat(one.living()).hasSize(3);
        List.of(one, two, three, other).forEach(folders::leave);
        assertThatThrownBy(() -> folders.joinExisting("jobs", "late")).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void nameLeadsToOneContext_whenManyAskAtOnce() throws Exception {
        for (int round = 0; round < 20; round++) {
            String name = "round-" + round;
            List<Registry> joined = inThreads(6, () -> folders.createOrJoin(name, "racer"));
            assertThat(joined)
                    .extracting(Registry::folder)
                    .containsOnly(joined.getFirst().folder());
            Queue<Registry> leaving = new ConcurrentLinkedQueue<>(joined);
            inThreads(joined.size(), () -> {
                folders.leave(leaving.remove());
                return "";
            });
        }
    }

    @Test
    void nameCanBeUsedAgainAndAgain_byManyAtOnce() throws Exception {
        inThreads(4, () -> {
            for (int i = 0; i < 50; i++) {
                Registry joined = folders.createOrJoin("popular", "racer");
                assertThat(joined.contextName()).isEqualTo("popular");
                assertThat(joined.living()).extracting(Member::owner).contains(joined.self());
                folders.leave(joined);
            }
            return "";
        });
        folders.sweep();
    }

    private static <T> List<T> inThreads(int count, Callable<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            for (Future<T> future : futures) {
                results.add(future.get());
            }
        }
        return results;
    }

    @Test
    void namedContextIsJoined_fromAnotherJvm_andGoesWithTheLast() throws Exception {
        Registry mine = folders.createOrJoin("shared", "here");
        try (OtherJvm other = OtherJvm.start(Joiner.class, "shared")) {
            assertThat(other.line()).isEqualTo(mine.folder().toString());
            assertThat(mine.living()).extracting(Member::pid).contains(other.pid());
            folders.leave(mine);
            assertThat(mine.folder()).as("the other one has it").exists();
            other.tell("leave");
            assertThat(other.end()).isZero();
        }
        assertThat(mine.folder()).doesNotExist();
    }

    @Test
    void nameLeadsToAFreshContext_whenAllMembersWereKilled() throws Exception {
        Path dead;
        try (OtherJvm one = OtherJvm.start(Joiner.class, "doomed")) {
            dead = Path.of(one.line());
            Files.createFile(dead.resolve("segment-of-old"));
        }
        assertThat(dead).exists();
        Registry fresh = folders.createOrJoin("doomed", "here");
        assertThat(fresh.folder()).isEqualTo(dead);
        assertThat(dead.resolve("segment-of-old")).doesNotExist();
        assertThat(fresh.living()).hasSize(1);
        folders.leave(fresh);
    }

    @Test
    void attachIsRefused_whenAllMembersWereKilled() throws Exception {
        Path dead;
        try (OtherJvm one = OtherJvm.start(Joiner.class, "doomed")) {
            dead = Path.of(one.line());
        }
        assertThatThrownBy(() -> folders.joinExisting("doomed", "here")).isInstanceOf(NoSuchElementException.class);
        assertThat(dead).as("removed by the way").doesNotExist();
    }

    @Test
    void contextGoes_whileRemainsOfANamesakeAreBeingRemoved() throws Exception {
        Registry mine = folders.createOrJoin("again", "here");
        Path remains = Files.createDirectory(OwnRoot.current().resolve(".removing-named-again"));
        Files.createFile(remains.resolve("segment-1"));
        folders.leave(mine);
        assertThat(mine.folder()).doesNotExist();
        folders.sweep();
    }

    @Test
    void sweepRemovesTheDead_andNothingElse() throws Exception {
        Path root = OwnRoot.current();
        Registry mine = folders.createOrJoin("mine", "here");
        try (OtherJvm living = OtherJvm.start(Joiner.class, "living");
                OtherJvm stopped = OtherJvm.start(Joiner.class, "stopped")) {
            Path livingFolder = Path.of(living.line());
            Path stoppedFolder = Path.of(stopped.line());
            stopped.signal("STOP");
            Path dead;
            try (OtherJvm doomed = OtherJvm.start(Joiner.class, "dead")) {
                dead = Path.of(doomed.line());
            }
            Path halfMade = folder(".making-999999999-5-abc", "members");
            Path halfRemoved = folder(".removing-context-0011", "segment-5");
            long pid = ProcessHandle.current().pid();
            Path beingMade = folder(".making-" + pid + "-" + Os.current().startTime(pid) + "-abc", "members");
            Path foreign = folder("something-else", "members");
            Path notOurs = folder("context-not-ours", "members");
            Path empty = Files.createDirectory(root.resolve("named-empty"));
            Path file = Files.createFile(root.resolve("context-file"));
            Path note = Files.createFile(root.resolve("README"));

            assertThat(folders.sweep())
                    .extracting(ContextFolders.Removed::folder)
                    .containsExactlyInAnyOrder(dead, halfMade, halfRemoved);
            for (Path gone : List.of(dead, halfMade, halfRemoved)) {
                assertThat(gone).doesNotExist();
            }
            List<Path> stay = List.of(
                    mine.folder(),
                    livingFolder,
                    stoppedFolder,
                    beingMade.resolve("members"),
                    foreign.resolve("members"),
                    notOurs.resolve("members"),
                    empty,
                    file,
                    note);
            for (Path kept : stay) {
                assertThat(kept).exists();
            }
            assertThat(folders.sweep()).isEmpty();
            for (Path strange : List.of(beingMade, foreign, notOurs, empty, file, note)) {
                Folders.remove(strange);
            }
        }
        assertThat(folders.sweep())
                .extracting(ContextFolders.Removed::folder)
                .containsExactlyInAnyOrder(root.resolve("named-living"), root.resolve("named-stopped"));
        folders.leave(mine);
    }

    @Test
    void sweepFollowsNoLinks() throws IOException {
        Path precious = Files.createFile(elsewhere.resolve("precious"));
        Path link = Files.createSymbolicLink(OwnRoot.current().resolve(".removing-link"), elsewhere);
        Path inside = folder(".removing-folder", "file");
        Files.createSymbolicLink(inside.resolve("link"), elsewhere);
        folders.sweep();
        assertThat(precious).exists();
        assertThat(link).doesNotExist();
        assertThat(inside).doesNotExist();
    }

    @Test
    void sweepRunsInManyProcessesAtOnce() throws Exception {
        for (int i = 0; i < 30; i++) {
            folder(".removing-" + i, "segment-1");
        }
        List<List<ContextFolders.Removed>> removed = inThreads(4, folders::sweep);
        assertThat(removed.stream()
                        .flatMap(List::stream)
                        .map(ContextFolders.Removed::folder)
                        .distinct())
                .hasSize(30);
    }

    @Test
    void rootIsRefused_whenItCanNotBeTrusted() throws IOException {
        Path open = Files.createDirectory(elsewhere.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> ContextFolders.in(open))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining(open.toString())
                .hasMessageContaining("755");
        Path file = Files.createFile(
                elsewhere.resolve("file"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        assertThatThrownBy(() -> ContextFolders.in(file))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("no folder");
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), OwnRoot.current());
        assertThatThrownBy(() -> ContextFolders.in(link)).isInstanceOf(SegmentException.class);
        assertThatThrownBy(() -> ContextFolders.in(elsewhere.resolve("a").resolve("b")))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("can't be made");
    }

    private static Path folder(String name, String file) throws IOException {
        Path folder = Files.createDirectory(OwnRoot.current().resolve(name));
        Files.writeString(folder.resolve(file), "not a segment");
        return folder;
    }

    static final class Joiner {
        private Joiner() {}

        public static void main(String[] arguments) throws Exception {
            ContextFolders folders = ContextFolders.ofUser();
            Registry registry = folders.createOrJoin(arguments[0], "joiner");
            System.out.println(registry.folder());
            System.in.read();
            folders.leave(registry);
        }
    }
}
