package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How many CPUs there are is how many a program may use, and a pool has as many workers if nobody says how many. */
@ExtendWith(OwnFolder.class)
class LocalCpuCountTest {
    @Test
    void aMaskOfCpusIsHeeded() throws Exception {
        assertThat(outputOf(new JavaProgram.Launch(), "one")).isEqualTo("1 by default, 1 workers, 1 in a worker");
    }

    @Test
    void whatTheJvmIsToldIsHeeded() throws Exception {
        assertThat(outputOf(new JavaProgram.Launch().options("-XX:ActiveProcessorCount=3"), "all"))
                .startsWith("3 by default, 3 workers");
    }

    /** As containers have it. Only who may make control groups can see it. */
    @Test
    void aQuotaOfAControlGroupIsHeeded() throws Exception {
        ControlGroup group = ControlGroup.ofOneCpu();
        assumeTrue(group != null, "this user may not make control groups");
        try {
            assertThat(outputOf(new JavaProgram.Launch(), group.members().toString()))
                    .isEqualTo("1 by default, 1 workers, 1 in a worker");
        } finally {
            Await.until("the group is empty", () -> group.folder().delete());
        }
    }

    private static String outputOf(JavaProgram.Launch launch, String cpus) throws Exception {
        try (JavaProgram program = launch.start(Program.class, cpus)) {
            JavaProgram.Ended ended = program.end();
            assertThat(ended.exitCode()).as(program.toString()).isZero();
            return ended.output().strip();
        }
    }

    /** A group of processes that may use so much of the processors; gone when its folder is deleted. */
    private record ControlGroup(File folder) {
        private static final Path ROOT = Path.of("/sys/fs/cgroup");
        private static final String NAME =
                "multiprocessing-test-" + ProcessHandle.current().pid();

        /** Null if this process may make none. Source: cgroups(7), of the first kind and of the second. */
        static @Nullable ControlGroup ofOneCpu() {
            ControlGroup first = of(ROOT.resolve("cpu"), "cpu.cfs_quota_us", "100000");
            return first != null ? first : of(ROOT, "cpu.max", "100000 100000");
        }

        private static @Nullable ControlGroup of(Path parent, String limit, String value) {
            var group = new ControlGroup(parent.resolve(NAME).toFile());
            try {
                if (group.folder.mkdir()) {
                    Files.writeString(group.folder.toPath().resolve(limit), value, StandardOpenOption.WRITE);
                    return group;
                }
            } catch (IOException refused) {
                group.folder.delete();
            }
            return null;
        }

        Path members() {
            return folder.toPath().resolve("cgroup.procs");
        }
    }

    /**
     * Confines itself to one of its CPUs if it is told to, and has a pool. If it is told a control group, it goes there and has another
     * one do that, for a JVM looks at its start for where it is.
     */
    static final class Program {
        private static final int MASK_BYTES = 1024;

        private Program() {}

        public static void main(String[] arguments) throws Throwable {
            if (arguments[0].startsWith("/")) {
                Files.writeString(
                        Path.of(arguments[0]),
                        Long.toString(ProcessHandle.current().pid()),
                        StandardOpenOption.WRITE);
                System.out.println(JavaProgram.run(Program.class, "all").output());
                return;
            }
            if (arguments[0].equals("one")) {
                useOneCpu();
            }
            try (Context mp = Multiprocessing.open();
                    Pool pool = mp.pool()) {
                int there = pool.apply(Multiprocessing::cpuCount);
                System.out.println(PoolOptions.defaults().size() + " by default, "
                        + pool.workerPids().size() + " workers, " + there + " in a worker");
            }
        }

        /** This thread, that is; the processes that it starts have its mask. Source: sched_setaffinity(2). */
        @SuppressWarnings("restricted")
        private static void useOneCpu() throws Throwable {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
                assertThat((int) function("sched_getaffinity").invokeExact(0, (long) MASK_BYTES, mask))
                        .isNotNegative();
                boolean isFound = false;
                for (long i = 0; i < MASK_BYTES / Long.BYTES; i++) {
                    long cpus = mask.getAtIndex(ValueLayout.JAVA_LONG, i);
                    mask.setAtIndex(ValueLayout.JAVA_LONG, i, isFound ? 0 : Long.lowestOneBit(cpus));
                    isFound |= cpus != 0;
                }
                assertThat((int) function("sched_setaffinity").invokeExact(0, (long) MASK_BYTES, mask))
                        .isZero();
            }
        }

        @SuppressWarnings("restricted")
        private static MethodHandle function(String name) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(
                    linker.defaultLookup().findOrThrow(name),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
        }
    }
}
