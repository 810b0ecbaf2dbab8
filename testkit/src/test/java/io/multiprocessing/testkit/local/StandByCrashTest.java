package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.IntValue;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.testkit.crash.CrashHarness;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM on stand-by, or its parent, dies while a task is handed over: the task is run once, or its death is known. */
@ExtendWith(OwnFolder.class)
class StandByCrashTest {
    @ParameterizedTest
    @ValueSource(strings = {"standby-K3", "standby-K4"})
    void theProcessIsStartedOtherwise_whenTheTaskWasNotTaken(String crashPoint) throws Exception {
        assertThat(outputOfParentWithArmedJvms(crashPoint))
                .isEqualTo("waited for: false, exit code 0, counted 1, 1 processes");
    }

    @Test
    void theDeathIsThatOfTheProcess_whenTheTaskWasTaken() throws Exception {
        assertThat(outputOfParentWithArmedJvms("standby-K5"))
                .isEqualTo("waited for: true, exit code -9, counted 0, 1 processes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"standby-K1", "standby-K2"})
    void nothingIsLeft_whenTheParentDies(String crashPoint) throws Exception {
        JavaProgram.Ended ended = CrashHarness.killProgramAt(crashPoint, Parent.class);
        String[] lines = ended.output().strip().split("\n");
        Await.death(Long.parseLong(lines[0]));
        // It may have answered before its parent died.
        assertThat(lines.length - 1).isBetween(0, crashPoint.equals("standby-K1") ? 0 : 1);
        Multiprocessing.open().close();
    }

    /** Arms JVMs by an environment variable: the parent is armed as well, but does not come to such a place. */
    private static String outputOfParentWithArmedJvms(String crashPoint) throws Exception {
        try (JavaProgram program = new JavaProgram.Launch()
                .environment(Map.of("JDK_JAVA_OPTIONS", CrashHarness.option(crashPoint)))
                .options(StandByTimes.options())
                .start(Parent.class)) {
            JavaProgram.Ended ended = program.end();
            assertThat(ended.exitCode()).as(program.toString()).isZero();
            return ended.output().strip().lines().reduce((first, last) -> last).orElseThrow();
        }
    }

    /** Starts a process when a JVM is on stand-by, and tells how that went. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open("local:?standby=1")) {
                IntValue count = mp.intValue(0);
                StandByJvms.prepare(mp);
                long waiting = StandByJvms.pids().iterator().next();
                System.out.println(waiting);
                Process process = mp.process(() -> {
                            count.increment();
                            System.out.println("ran");
                        })
                        .start();
                process.join();
                String text = mp.toString();
                System.out.println("waited for: " + (process.pid().getAsLong() == waiting) + ", exit code "
                        + process.exitCode().getAsInt() + ", counted " + count.get()
                        + text.substring(text.lastIndexOf(':') + 1, text.indexOf("processes"))
                        + "processes");
            }
        }
    }
}
