package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Context;
import io.multiprocessing.IntArray;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolOptions;
import io.multiprocessing.PoolResults;
import io.multiprocessing.RemoteCallable;
import io.multiprocessing.WorkerDiedException;
import io.multiprocessing.testkit.contract.ProcessSuite;
import io.multiprocessing.testkit.jvm.JavaProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inputs and results that do not fit into the heap of a worker, or of the process that has the pool: they fail, and nothing else. */
@ExtendWith(OwnFolder.class)
class LocalPoolHeapTest extends ProcessSuite {
    private static final int MEGABYTE = 1 << 20;

    @Override
    protected String uri() {
        return "local:";
    }

    private Pool smallHeaps(int workers) {
        return mp.pool(PoolOptions.defaults().size(workers).heapLimit(32 * MEGABYTE));
    }

    // ---- the workers' heaps

    @Test
    void anInputTooLargeForTheWorker_failsAlone_andSaysWhatToDo() throws Exception {
        byte[] large = new byte[48 * MEGABYTE];
        try (Pool pool = smallHeaps(1)) {
            assertThatThrownBy(() -> pool.map(input -> input.length, List.of(new byte[1], large, new byte[3]), 1))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(WorkerDiedException.class)
                    .hasMessageContainingAll("input 1 of map", "heap was full", "heapLimit", "shared array")
                    .hasMessageMatching("(?s).*it got 503316\\d\\d bytes of input.*");
            assertThatThrownBy(() -> pool.submit(() -> large.length).get())
                    .cause()
                    .isInstanceOf(WorkerDiedException.class)
                    .hasMessageContainingAll("the task of submit", "heap was full");
            assertThat(pool.apply(() -> 1)).isEqualTo(1);
        }
    }

    @Test
    void anInputForWhichThereIsRoomOnlyOnce_failsAlone() throws Exception {
        List<byte[]> inputs = List.of(new byte[1], new byte[22 * MEGABYTE], new byte[3]);
        try (Pool pool = smallHeaps(2);
                PoolResults<Integer> results = pool.imap(input -> input.length, inputs, 3, 3)) {
            assertThat(results.next()).isEqualTo(1);
            assertThatThrownBy(results::next)
                    .isInstanceOf(CompletionException.class)
                    .cause()
                    .isInstanceOfAny(OutOfMemoryError.class, WorkerDiedException.class)
                    .hasMessageContainingAll("heap", "heapLimit", "shared array");
            assertThat(results.next()).isEqualTo(3);
            assertThat(results.hasNext()).isFalse();
        }
    }

    @Test
    void aResultThatTheWorkerCanNotWrite_failsAlone() throws Exception {
        IntArray runs = mp.intArray(8);
        List<Integer> inputs = IntStream.range(0, 8).boxed().toList();
        for (int chunkSize : List.of(8, 1)) {
            runs.fill(0);
            try (Pool pool = smallHeaps(1);
                    PoolResults<byte[]> results = pool.imap(
                            n -> {
                                runs.getAndAdd(n, 1);
                                return new byte[n == 3 ? 20 * MEGABYTE : n];
                            },
                            inputs,
                            chunkSize,
                            8)) {
                for (int n : inputs) {
                    if (n == 3) {
                        assertThatThrownBy(results::next)
                                .cause()
                                .isInstanceOf(OutOfMemoryError.class)
                                .hasMessageContainingAll("written of a result", "heap of the worker", "heapLimit");
                    } else {
                        assertThat(results.next()).hasSize(n);
                    }
                }
            }
            assertThat(runs.toArray()).containsOnly(1);
        }
    }

    @Test
    void resultsThatFitOneByOne_needNotFitTogether() throws Exception {
        List<Integer> inputs = IntStream.range(0, 20).boxed().toList();
        try (Pool pool = smallHeaps(1)) {
            List<byte[]> results = pool.map(n -> new byte[2 * MEGABYTE + n], inputs, 5);
            assertThat(results)
                    .extracting(result -> result.length - 2 * MEGABYTE)
                    .isEqualTo(inputs);
            assertThat(pool.insights().restarts()).isZero();
        }
    }

    @Test
    void whatComesBehindAnOverfullHeapInItsChunk_isDoneByTheNextWorker() throws Exception {
        IntArray runs = mp.intArray(100);
        List<Integer> inputs = IntStream.range(0, 100).boxed().toList();
        for (int chunkSize : List.of(100, 1)) {
            runs.fill(0);
            try (Pool pool = smallHeaps(1);
                    PoolResults<Integer> results = pool.imap(
                            n -> {
                                runs.getAndAdd(n, 1);
                                return n == 50 ? fillTheHeap() : n;
                            },
                            inputs,
                            chunkSize,
                            100)) {
                for (int n : inputs) {
                    if (n == 50) {
                        assertThatThrownBy(results::next).hasCauseInstanceOf(OutOfMemoryError.class);
                    } else {
                        assertThat(results.next()).isEqualTo(n);
                    }
                }
                assertThat(pool.insights().restarts()).isEqualTo(1);
            }
            assertThat(runs.toArray()).containsOnly(1);
        }
    }

    private static int fillTheHeap() {
        List<byte[]> all = new ArrayList<>();
        while (all.size() < 1_000) {
            all.add(new byte[MEGABYTE]);
        }
        return all.size();
    }

    // ---- the heap of the process that has the pool

    @Test
    void aResultTooLargeForThePoolsOwnHeap_failsAlone_andThePoolGoesOn() throws Exception {
        try (JavaProgram program = new JavaProgram.Launch().options("-Xmx64m").start(ProgramWithASmallHeap.class)) {
            JavaProgram.Ended ended = program.end();
            assertThat(ended.exitCode()).as(program.toString()).isZero();
            assertThat(ended.output().strip().lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("apply: OutOfMemoryError: a result of 1048576")
                                    .contains("pool's process", "may have", "-Xmx", "shared array"),
                            line -> assertThat(line)
                                    .startsWith("apply: OutOfMemoryError: a result of 471859")
                                    .contains("pool's process", "-Xmx", "shared array"),
                            line -> assertThat(line).isEqualTo("imap 1: 1048577, OutOfMemoryError, 3145729, 3, 4"),
                            line -> assertThat(line).isEqualTo("imap 5: 1048577, OutOfMemoryError, 3145729, 3, 4"),
                            line -> assertThat(line).isEqualTo("one by one: 200 results, 600000000 bytes"),
                            line -> assertThat(line).isEqualTo("restarts: 0"));
        }
    }

    /** Has a smaller heap than its workers, and asks them for more than it has. */
    static final class ProgramWithASmallHeap {
        private ProgramWithASmallHeap() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open();
                    Pool pool = mp.pool(PoolOptions.defaults().size(2).heapLimit(512 * MEGABYTE))) {
                apply(pool, () -> new byte[100 * MEGABYTE]);
                apply(pool, () -> new byte[45 * MEGABYTE]);
                imap(pool, 1);
                imap(pool, 5);
                long bytes = 0;
                int count = 0;
                try (PoolResults<byte[]> results = pool.imap(
                        n -> new byte[3_000_000],
                        IntStream.range(0, 200).boxed().toList(),
                        1,
                        4)) {
                    while (results.hasNext()) {
                        bytes += results.next().length;
                        count++;
                    }
                }
                System.out.println("one by one: " + count + " results, " + bytes + " bytes");
                System.out.println("restarts: " + pool.insights().restarts());
            }
        }

        private static void apply(Pool pool, RemoteCallable<byte[]> task) throws Exception {
            try {
                System.out.println("apply: " + pool.apply(task).length);
            } catch (ExecutionException failed) {
                Throwable cause = failed.getCause();
                System.out.println("apply: " + cause.getClass().getSimpleName() + ": " + cause.getMessage());
            }
        }

        private static void imap(Pool pool, int chunkSize) {
            List<String> all = new ArrayList<>();
            List<Integer> sizes = List.of(MEGABYTE + 1, 100 * MEGABYTE, 3 * MEGABYTE + 1, 3, 4);
            try (PoolResults<byte[]> results = pool.imap(n -> new byte[n], sizes, chunkSize, 5)) {
                while (results.hasNext()) {
                    try {
                        all.add(String.valueOf(results.next().length));
                    } catch (CompletionException failed) {
                        all.add(failed.getCause().getClass().getSimpleName());
                    }
                }
            }
            System.out.println("imap " + chunkSize + ": " + String.join(", ", all));
        }
    }
}
