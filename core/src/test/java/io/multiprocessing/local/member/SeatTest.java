package io.multiprocessing.local.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Await;
import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.OtherJvm;
import io.multiprocessing.Process.Stream;
import io.multiprocessing.SegmentException;
import io.multiprocessing.local.object.LocalObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a child takes the place that its parent has reserved for it. */
@ExtendWith(OwnRoot.class)
class SeatTest {
    @Test
    void childIsAMember_untilItLeaves() throws Exception {
        ContextFolders folders = ContextFolders.ofUser();
        Registry mine = folders.create("parent");
        int owner = mine.reserve("child", false);
        try (OtherJvm child = OtherJvm.start(Child.class, mine.folder(), owner)) {
            assertThat(child.line()).isEqualTo("taken");
            assertThat(mine.isReserved(owner)).isFalse();
            assertThat(mine.isDead(owner)).isFalse();
            assertThat(mine.hasOthers()).isTrue();
            assertThat(mine.member(owner).orElseThrow().pid()).isEqualTo(child.pid());
            assertThat(mine.living()).extracting(Member::owner).contains(owner);

            child.tell("note a signal");
            assertThat(child.line()).isEqualTo("noted");
            assertThat(mine.exitSignal(owner)).isEqualTo(15);
            child.tell("leave");
            assertThat(child.line()).isEqualTo("left");
            assertThat(mine.isDead(owner)).isTrue();
            assertThat(mine.hasCrashed(owner)).isFalse();
            assertThat(mine.hasOthers()).isFalse();
        }
        folders.leave(mine);
    }

    @Test
    void childHasCrashed_whenItIsKilledInItsPlace() throws Exception {
        ContextFolders folders = ContextFolders.ofUser();
        Registry mine = folders.create("parent");
        int owner = mine.reserve("child", false);
        try (OtherJvm child = OtherJvm.start(Child.class, mine.folder(), owner)) {
            assertThat(child.line()).isEqualTo("taken");
            child.kill();
        }
        assertThat(mine.isDead(owner)).isTrue();
        assertThat(mine.hasCrashed(owner)).isTrue();
        assertThat(mine.exitSignal(owner)).isZero();
        folders.leave(mine);
    }

    @Test
    void placeIsRefused_whenItWasGivenUpOrTakenOrRemoved() throws Exception {
        ContextFolders folders = ContextFolders.ofUser();
        Registry mine = folders.create("parent");
        int givenUp = mine.reserve("child", false);
        mine.unreserve(givenUp);
        assertRefused(mine, givenUp, "given to another");

        int taken = mine.reserve("child", false);
        try (OtherJvm child = OtherJvm.start(Child.class, mine.folder(), taken)) {
            assertThat(child.line()).isEqualTo("taken");
            assertRefused(mine, taken, "given to another");
        }
        assertRefused(mine, taken, "given to another");

        int ofALaterGeneration = mine.reserve("child", false);
        assertRefused(
                mine,
                Owner.of(Owner.slot(ofALaterGeneration), Owner.generation(ofALaterGeneration) + 1),
                "given to another");

        int late = mine.reserve("child", false);
        mine.setRemoved(true);
        assertRefused(mine, late, "has been removed");
        mine.setRemoved(false);

        Path folder = mine.folder();
        folders.leave(mine);
        assertThatThrownBy(() -> Seat.open(folder).take(late))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining("is gone");
    }

    private static void assertRefused(Registry registry, int owner, String reason) {
        assertThatThrownBy(() -> Seat.open(registry.folder()).take(owner))
                .isInstanceOf(SegmentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void placeIsKept_whenTheChildOpensItsContextOnceMoreByName() throws Exception {
        try (Context mp = Multiprocessing.open("local:seat-test")) {
            var step = mp.intValue(0);
            Registry registry = ((LocalObject) step).home().registry();
            var child = mp.process(() -> {
                        Multiprocessing.attach("seat-test").close();
                        step.set(1);
                        Await.until("may go on", () -> step.get() == 2);
                        Multiprocessing.open("local:seat-test").close();
                        Multiprocessing.open().close();
                        step.set(3);
                        Await.until("may end", () -> step.get() == 4);
                    })
                    .jvmOptions("-Dmultiprocessing.folder=" + OwnRoot.current())
                    .start();
            Await.until("attached and closed", () -> step.get() == 1);
            assertIsLiving(registry, child.pid().getAsLong());
            step.set(2);
            Await.until("opened and closed", () -> step.get() == 3);
            assertIsLiving(registry, child.pid().getAsLong());
            step.set(4);
            child.join();
            assertThat(child.exitCode()).hasValue(0);
        }
    }

    private static void assertIsLiving(Registry registry, long pid) {
        assertThat(registry.living()).extracting(Member::pid).contains(pid);
    }

    @Test
    void placeIsFreeAgain_whenTheChildNeverCame() throws Exception {
        try (Context mp = Multiprocessing.open()) {
            Registry registry = ((LocalObject) mp.intValue(0)).home().registry();
            var child = mp.process(() -> {})
                    .jvmOptions("-XX:NoSuchOption=1")
                    .stdout(Stream.DISCARD)
                    .stderr(Stream.DISCARD)
                    .start();
            child.join();
            assertThat(child.exitCode()).hasValue(1);
            for (int slot = 0; slot < RegistryLayout.SLOTS; slot++) {
                assertThat(registry.isReserved(Owner.of(slot, 1))).isFalse();
            }
        }
    }

    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws Exception {
            Seat seat = Seat.open(Path.of(arguments[0]));
            seat.take(Integer.parseInt(arguments[1]));
            System.out.println("taken");
            System.in.readNBytes("note a signal\n".length());
            seat.setExitSignal(15);
            System.out.println("noted");
            System.in.readNBytes("leave\n".length());
            seat.end();
            seat.close();
            System.out.println("left");
            System.in.read();
        }
    }
}
