package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.testkit.jvm.JavaProgram;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
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

    private static String outputOf(JavaProgram.Launch launch, String cpus) throws Exception {
        try (JavaProgram program = launch.start(Program.class, cpus)) {
            JavaProgram.Ended ended = program.end();
            assertThat(ended.exitCode()).as(program.toString()).isZero();
            return ended.output().strip();
        }
    }

    /** Confines itself to one of its CPUs if it is told to, and has a pool. */
    static final class Program {
        private static final int MASK_BYTES = 1024;

        private Program() {}

        public static void main(String[] arguments) throws Throwable {
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
