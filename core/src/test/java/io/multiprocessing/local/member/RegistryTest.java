package io.multiprocessing.local.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Await;
import io.multiprocessing.OtherJvm;
import io.multiprocessing.SegmentException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is a member, and the proof that one is dead. */
@ExtendWith(OwnRoot.class)
class RegistryTest {
    private final long pid = ProcessHandle.current().pid();
    private ContextFolders folders;
    private Registry mine;

    @BeforeEach
    void create() {
        folders = ContextFolders.ofUser();
        mine = folders.create("tester");
    }

    @AfterEach
    void leave() {
        folders.leave(mine);
    }

    @Test
    void creatorIsTheFirstMember() {
        assertThat(mine.self()).isNotZero();
        assertThat(mine.living()).hasSize(1);
        Member self = mine.member(mine.self()).orElseThrow();
        assertThat(self.owner()).isEqualTo(mine.self());
        assertThat(self.pid()).isEqualTo(pid);
        assertThat(self.name()).isEqualTo("tester");
        assertThat(self.isDaemon()).isFalse();
        assertThat(self.parent()).isZero();
        assertThat(self.joined()).isAfterOrEqualTo(mine.created());
        assertThat(mine.isDead(mine.self())).isFalse();
        assertThat(mine.hasCrashed(mine.self())).isFalse();
        assertThat(mine.hasOthers()).isFalse();
    }

    @Test
    void membersSeeEachOther_untilOneLeaves() {
        Registry other = folders.joinFolder(mine.folder(), "other");
        assertThat(other.self()).isNotEqualTo(mine.self());
        assertThat(mine.living()).extracting(Member::name).containsExactlyInAnyOrder("tester", "other");
        assertThat(other.living()).hasSize(2);
        assertThat(mine.isDead(other.self())).isFalse();
        assertThat(other.isDead(mine.self())).isFalse();
        assertThat(mine.hasOthers()).isTrue();

        folders.leave(other);
        assertThat(mine.isDead(other.self())).isTrue();
        assertThat(mine.hasCrashed(other.self())).as("it left in good order").isFalse();
        assertThat(mine.living()).hasSize(1);
        assertThat(mine.hasOthers()).isFalse();
        assertThat(Files.isDirectory(mine.folder())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Owner.MASK, 2_049, 0xFFFF})
    void whoeverWasNeverAMemberIsDead_andHasNotCrashed(int owner) {
        assertThat(mine.isDead(owner)).isTrue();
        assertThat(mine.hasCrashed(owner)).isFalse();
        assertThat(mine.member(owner)).isEmpty();
    }

    @Test
    void reservedMemberIsAlive_asLongAsItsReserver() {
        int owner = mine.reserve("child", true);
        assertThat(mine.isReserved(owner)).isTrue();
        assertThat(mine.isDead(owner)).isFalse();
        assertThat(mine.hasCrashed(owner)).isFalse();
        assertThat(mine.living()).as("it has not come yet").hasSize(1);
        Member child = mine.member(owner).orElseThrow();
        assertThat(child.name()).isEqualTo("child");
        assertThat(child.isDaemon()).isTrue();
        assertThat(child.parent()).isEqualTo(mine.self());
        assertThat(child.pid()).isZero();

        mine.unreserve(owner);
        assertThat(mine.isReserved(owner)).isFalse();
        assertThat(mine.isDead(owner)).isTrue();
        assertThat(mine.hasCrashed(owner)).isFalse();
    }

    @Test
    void unreserveDoesNothing_toAPlaceThatIsTaken() throws Exception {
        int owner = mine.reserve("child", false);
        try (OtherJvm child = OtherJvm.start(SeatTaker.class, mine.folder(), owner)) {
            assertThat(child.line()).isEqualTo("taken");
            mine.unreserve(owner);
            assertThat(mine.isDead(owner)).isFalse();
        }
    }

    @Test
    void ownersAreNeverTheSame_thoughTheirSlotsAre() {
        Set<Integer> owners = new HashSet<>();
        owners.add(mine.self());
        for (int i = 0; i < 3 * RegistryLayout.SLOTS; i++) {
            int owner = mine.reserve("child", false);
            assertThat(owners.add(owner)).isTrue();
            mine.unreserve(owner);
        }
        assertThat(mine.isDead(mine.self())).isFalse();
    }

    @Test
    void reserveIsRefused_whenAllSlotsAreInUse() {
        for (int i = 1; i < RegistryLayout.SLOTS; i++) {
            mine.reserve("child " + i, false);
        }
        assertThatThrownBy(() -> mine.reserve("one too many", false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2048 living processes");
        assertThatThrownBy(() -> folders.joinFolder(mine.folder(), "one too many"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("2048 living processes");
        assertThat(mine.living()).hasSize(1);
    }

    @Test
    void killedMemberIsDead_andAStoppedOneIsNot() throws Exception {
        try (OtherJvm other = OtherJvm.start(Joiner.class, mine.folder())) {
            int owner = Integer.parseInt(other.line());
            assertThat(mine.isDead(owner)).isFalse();
            assertThat(mine.member(owner).orElseThrow().pid()).isEqualTo(other.pid());
            assertThat(mine.hasOthers()).isTrue();

            other.signal("STOP");
            Await.until(
                    "it has stopped",
                    () -> Files.readString(Path.of("/proc/" + other.pid() + "/stat"))
                            .contains(") T "));
            assertThat(mine.isDead(owner)).isFalse();
            assertThat(mine.living()).hasSize(2);

            other.kill();
            assertThat(mine.isDead(owner)).isTrue();
            assertThat(mine.hasCrashed(owner)).isTrue();
            assertThat(mine.hasOthers()).isFalse();
            assertThat(mine.living()).hasSize(1);
            assertThat(mine.member(owner).orElseThrow().name())
                    .as("still known")
                    .isEqualTo("joiner");
        }
    }

    @Test
    void slotOfTheDeadIsUsedAgain() throws Exception {
        int dead;
        try (OtherJvm other = OtherJvm.start(Joiner.class, mine.folder())) {
            dead = Integer.parseInt(other.line());
        }
        int again = 0;
        for (int i = 0; i < RegistryLayout.SLOTS && Owner.slot(again) != Owner.slot(dead); i++) {
            again = mine.reserve("child", false);
        }
        assertThat(Owner.slot(again)).isEqualTo(Owner.slot(dead));
        assertThat(mine.isDead(dead)).isTrue();
        assertThat(mine.hasCrashed(dead)).as("its slot has another user").isFalse();
        assertThat(mine.member(dead)).isEmpty();
        assertThat(mine.isDead(again)).isFalse();
    }

    @Test
    void reservationOfTheDeadIsVoid() throws Exception {
        int owner;
        try (OtherJvm other = OtherJvm.start(Reserver.class, mine.folder())) {
            owner = Integer.parseInt(other.line());
            assertThat(mine.isDead(owner)).isFalse();
        }
        assertThat(mine.isDead(owner)).isTrue();
    }

    @Test
    void longNamesAreCut_betweenCharacters() {
        for (String name : List.of("x".repeat(500), "ä".repeat(500), "日".repeat(500), "😀".repeat(500), "")) {
            int owner = mine.reserve(name, false);
            String shown = mine.member(owner).orElseThrow().name();
            assertThat(name).startsWith(shown);
            assertThat(shown.getBytes(StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(76)
                    .isGreaterThanOrEqualTo(Math.min(73, name.length()));
        }
    }

    @Test
    void exitSignalIsNoted_bySeatsOnly() {
        mine.setExitSignal(15);
        assertThat(mine.exitSignal(mine.self())).isZero();
    }

    @Test
    void openIsRefused_whenThereIsNoContext() {
        assertThatThrownBy(() -> folders.joinFolder(mine.folder().resolveSibling("context-gone"), "me"))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("is gone");
        assertThatThrownBy(() -> folders.joinFolder(Path.of("/etc"), "me")).isInstanceOf(SegmentException.class);
    }

    static final class Joiner {
        private Joiner() {}

        public static void main(String[] arguments) throws Exception {
            Registry registry = ContextFolders.ofUser().joinFolder(Path.of(arguments[0]), "joiner");
            System.out.println(registry.self());
            System.in.read();
        }
    }

    static final class Reserver {
        private Reserver() {}

        public static void main(String[] arguments) throws Exception {
            Registry registry = ContextFolders.ofUser().joinFolder(Path.of(arguments[0]), "reserver");
            System.out.println(registry.reserve("never comes", false));
            System.in.read();
        }
    }

    static final class SeatTaker {
        private SeatTaker() {}

        public static void main(String[] arguments) throws Exception {
            Seat.open(Path.of(arguments[0])).take(Integer.parseInt(arguments[1]));
            System.out.println("taken");
            System.in.read();
        }
    }
}
