package io.multiprocessing.testkit.local;

import static io.multiprocessing.testkit.crash.CrashHarness.killChildAt;
import static io.multiprocessing.testkit.crash.CrashHarness.killProgramAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Context;
import io.multiprocessing.IntValue;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.SharedObject;
import io.multiprocessing.testkit.jvm.JavaProgram;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes die while they make, join and leave contexts, and while they make objects: whoever lives goes on, and what
 * the dead leave behind goes with their context or is removed by the next who opens one.
 */
@ExtendWith(OwnFolder.class)
class EngineCrashTest {
    private static final String NAMED = "local:crash-test";
    private static final int BY_THE_DEAD = 5;
    private static final int BY_US = 7;

    /** Where a member of a context may die that others are in. */
    static final List<String> OF_A_MEMBER = List.of(
            "join-K1",
            "join-K2",
            "segment-K1",
            "segment-K2",
            "segment-K1:2",
            "segment-K2:2",
            "cell-K1",
            "cell-K1:2",
            "name-K1",
            "leave-K1");

    @ParameterizedTest
    @FieldSource("OF_A_MEMBER")
    void familyGoesOn_whenAChildDies(String crashPoint) throws Exception {
        try (Context mp = Multiprocessing.open()) {
            IntValue before = mp.intValue(1);
            killChildAt(mp, crashPoint, () -> useEverything(before.context()));
            assertThat(mp.toString()).endsWith(", 1 processes]");
            assertThat(Multiprocessing.activeChildren()).isEmpty();
            assertThatAllWorks(mp, before, crashPoint);
        }
    }

    @ParameterizedTest
    @FieldSource("OF_A_MEMBER")
    void membersGoOn_whenAStrangerDies(String crashPoint) throws Exception {
        try (Context mp = Multiprocessing.open(NAMED)) {
            IntValue before = mp.intValue(1);
            killProgramAt(crashPoint, UsesEverything.class, NAMED);
            assertThat(mp.toString()).endsWith(", 1 processes]");
            assertThatAllWorks(mp, before, crashPoint);
        }
    }

    private static void assertThatAllWorks(Context mp, IntValue before, String crashPoint) throws Exception {
        // Who died before the name was given has left nothing that can be seen.
        boolean isNameGiven = crashPoint.equals("leave-K1");
        assertThat(mp.objectNames()).isEqualTo(isNameGiven ? List.of("thing") : List.of());
        IntValue named = mp.named("thing").intValue(BY_US);
        assertThat(named.get()).isEqualTo(isNameGiven ? BY_THE_DEAD : BY_US);
        Process another = mp.process(() -> {
                    useEverything(before.context());
                    before.increment();
                    named.increment();
                })
                .start();
        another.join();
        assertThat(another.exitCode()).hasValue(0);
        assertThat(before.get()).isEqualTo(2);
        assertThat(named.get()).isEqualTo((isNameGiven ? BY_THE_DEAD : BY_US) + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "folder-K1",
                "segment-K1",
                "segment-K2",
                "join-K1",
                "join-K2",
                "folder-K2",
                "segment-K1:2",
                "segment-K2:2",
                "segment-K2:3",
                "cell-K1",
                "name-K1",
                "leave-K1",
                "folder-K3",
                "folder-K4"
            })
    void nextToOpenRemovesWhatTheOnlyOneLeft(String crashPoint) throws Exception {
        for (String uri : crashPoint.startsWith("folder") ? List.of("local:", NAMED) : List.of(NAMED)) {
            killProgramAt(crashPoint, UsesEverything.class, uri);
            assertThat(OwnFolder.entries(OwnFolder.current())).as("left behind").hasSize(1);
            assertThatThrownBy(() -> Multiprocessing.attach(NAMED)).isInstanceOf(NoSuchElementException.class);
            try (Context mp = Multiprocessing.open(uri)) {
                assertThat(OwnFolder.entries(OwnFolder.current()))
                        .as("a new one")
                        .hasSize(1);
                assertThat(mp.toString()).endsWith(", 1 processes]");
                assertThat(mp.objectNames()).isEmpty();
                useEverything(mp);
            }
            assertThat(OwnFolder.entries(OwnFolder.current())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder-K3", "folder-K4"})
    void nextToOpenRemovesWhatAnotherDiedRemoving(String crashPoint) throws Exception {
        try (JavaProgram one = JavaProgram.start(Waits.class, NAMED);
                JavaProgram another = JavaProgram.start(Waits.class, "local:another")) {
            one.awaitLine("open");
            another.awaitLine("open");
            one.kill();
            another.kill();
        }
        killProgramAt(crashPoint, UsesEverything.class, "local:");
        assertThat(OwnFolder.entries(OwnFolder.current())).hasSize(2);
        try (Context mp = Multiprocessing.open(NAMED)) {
            useEverything(mp);
            assertThat(OwnFolder.entries(OwnFolder.current())).hasSize(1);
        }
    }

    @Test
    void contextLivesOnInTheOther_whenOneOfTwoLeavesAndDiesThen() throws Exception {
        try (JavaProgram other = JavaProgram.start(Waits.class, NAMED)) {
            other.awaitLine("open");
            killProgramAt("leave-K1", UsesEverything.class, NAMED);
            try (Context mp = Multiprocessing.attach(NAMED)) {
                assertThat(mp.attach("thing", IntValue.class).get()).isEqualTo(BY_THE_DEAD);
                assertThat(mp.toString()).endsWith(", 2 processes]");
            }
            other.kill();
        }
        assertThatThrownBy(() -> Multiprocessing.attach(NAMED)).isInstanceOf(NoSuchElementException.class);
        assertThat(OwnFolder.entries(OwnFolder.current())).isEmpty();
    }

    @Test
    void objectOfTheDeadStays() throws Exception {
        try (Context mp = Multiprocessing.open()) {
            var mayDie = mp.booleanValue(false);
            killChildAt(mp, "leave-K1", () -> {
                mayDie.context().named("legacy").longArray(50_000).set(49_999, 42);
                mayDie.set(true);
            });
            assertThat(mayDie.get()).isTrue();
            SharedObject legacy = mp.attach("legacy", SharedObject.class);
            assertThat(legacy).isEqualTo(mp.named("legacy").longArray(50_000));
            assertThat(mp.named("legacy").longArray(50_000).get(49_999)).isEqualTo(42);
        }
    }

    /** Makes objects of all sizes, with a name and without; the name comes last. */
    private static void useEverything(Context mp) {
        mp.intValue(BY_THE_DEAD).increment();
        mp.longArray(50_000).set(49_999, 1);
        mp.named("thing").intValue(BY_THE_DEAD);
    }

    static final class UsesEverything {
        private UsesEverything() {}

        public static void main(String[] arguments) {
            try (Context mp = Multiprocessing.open(arguments[0])) {
                useEverything(mp);
            }
        }
    }

    static final class Waits {
        private Waits() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open(arguments[0])) {
                System.out.println("open " + mp);
                System.in.read();
            }
        }
    }
}
