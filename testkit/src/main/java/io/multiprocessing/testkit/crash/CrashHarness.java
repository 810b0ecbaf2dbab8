package io.multiprocessing.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.Process;
import io.multiprocessing.Task;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;

/**
 * Kills processes at a crash point: a place in an algorithm that is marked with a label, as {@code lock-K1}. An armed
 * process kills itself by SIGKILL when it comes there, {@code lock-K1:5} means the fifth time.
 */
public final class CrashHarness {
    private static final int KILLED = -9;

    private CrashHarness() {}

    /** The JVM option that arms a process. */
    public static String option(String crashPoint) {
        return "-Dmultiprocessing.crashAt=" + crashPoint;
    }

    /** Starts a child that will die at a crash point. */
    public static Process start(Context mp, String crashPoint, Task task) {
        return mp.process(task)
                .name("dies at " + crashPoint)
                .jvmOptions(option(crashPoint))
                .start();
    }

    /** Starts a child, and waits until it is dead; it must have died at that crash point. */
    public static void killChildAt(Context mp, String crashPoint, Task task) throws InterruptedException {
        assertKilled(start(mp, crashPoint, task), crashPoint);
    }

    /** Waits until a child that was started armed is dead; it must have died at its crash point. */
    public static void assertKilled(Process child, String crashPoint) throws InterruptedException {
        if (!child.join(Await.LIMIT)) {
            child.kill();
            throw new AssertionError("did not come to " + crashPoint + ", and does not end: " + child);
        }
        assertThat(child.exitCode()).as("exit code, died at " + crashPoint).hasValue(KILLED);
    }

    /** Runs a program in a JVM of its own, which no process of the library has started; it must die there. */
    public static JavaProgram.Ended killProgramAt(String crashPoint, Class<?> main, String... arguments)
            throws InterruptedException {
        try (JavaProgram program =
                new JavaProgram.Launch().options(option(crashPoint)).start(main, arguments)) {
            JavaProgram.Ended ended = program.end();
            assertThat(ended.wasKilled())
                    .as("died at " + crashPoint + ": " + program)
                    .isTrue();
            return ended;
        }
    }
}
