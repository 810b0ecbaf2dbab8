package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.LongArray;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Pool;
import io.multiprocessing.RemoteCallable;
import io.multiprocessing.SegmentException;
import io.multiprocessing.testkit.jvm.JavaProgram;
import io.multiprocessing.testkit.jvm.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system for shared memory that is full is told of, and nothing half made is left in it. */
class LocalFullMemoryTest {
    @TempDir
    Path folder;

    @Test
    void makingObjectsFails_andAllThatWasMadeStays() throws Exception {
        try (var _ = SmallDisk.mount(folder, "1m")) {
            assertEnded(start(FillsIt.class));
            assertThat(entries()).isEmpty();
        }
    }

    @Test
    void largeObjectFails_whereSmallOnesFit() throws Exception {
        try (var _ = SmallDisk.mount(folder, "1m")) {
            assertEnded(start(AsksForTooMuch.class));
            assertThat(entries()).isEmpty();
        }
    }

    @Test
    void startFails_andTheContextStays() throws Exception {
        try (var _ = SmallDisk.mount(folder, "1m")) {
            assertEnded(start(StartsWithTooMuch.class));
            assertThat(entries()).isEmpty();
        }
    }

    @Test
    void openFails_whenThereIsNoRoomAtAll() throws Exception {
        try (var _ = SmallDisk.mount(folder, "64k")) {
            try (JavaProgram program = start(Opens.class)) {
                JavaProgram.Ended ended = program.end();
                assertThat(ended.output()).contains("SegmentException: no room for ", folder.toString());
            }
            assertThat(entries()).isEmpty();
        }
    }

    @Test
    void whatDoesNotFitFails_andThePoolStays() throws Exception {
        try (var _ = SmallDisk.mount(folder, "16m")) {
            assertEnded(start(PoolWithTooMuch.class));
            assertThat(entries()).isEmpty();
        }
    }

    private JavaProgram start(Class<?> main) {
        return new JavaProgram.Launch()
                .options("-Dmultiprocessing.folder=" + folder)
                .start(main, folder.toString());
    }

    private static void assertEnded(JavaProgram program) throws InterruptedException {
        try (program) {
            JavaProgram.Ended ended = program.end();
            assertThat(ended.errors()).isEmpty();
            assertThat(ended.exitCode()).as(ended.output()).isZero();
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.toList();
        }
    }

    private static void check(boolean isTrue, String what) {
        if (!isTrue) {
            System.out.println("not true: " + what);
            Runtime.getRuntime().halt(1);
        }
    }

    /** No file under a temporary name may be there. */
    private static void checkNothingHalfMade(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            List<Path> halfMade = files.filter(
                            file -> file.getFileName().toString().startsWith(".")
                                    || file.getFileName().toString().startsWith("task-"))
                    .toList();
            check(halfMade.isEmpty(), "nothing half made is left, but " + halfMade);
        }
    }

    static final class FillsIt {
        private FillsIt() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open()) {
                List<LongArray> made = new ArrayList<>();
                try {
                    while (made.size() < 100_000) {
                        LongArray array = mp.longArray(64);
                        array.set(0, made.size());
                        made.add(array);
                    }
                    check(false, "it is full at last");
                } catch (SegmentException full) {
                    check(full.getMessage().contains("no room for "), full.getMessage());
                }
                check(made.size() > 300, "much fitted in, " + made.size());
                checkNothingHalfMade(arguments[0]);
                for (int i = 0; i < made.size(); i++) {
                    check(made.get(i).get(0) == i, "what was made is as it was");
                }
            }
        }
    }

    static final class AsksForTooMuch {
        private AsksForTooMuch() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open()) {
                for (int length : List.of(200_000, 20_000_000, Integer.MAX_VALUE)) {
                    try {
                        mp.longArray(length);
                        check(false, "it does not fit in");
                    } catch (SegmentException full) {
                        check(full.getMessage().contains("no room for "), full.getMessage());
                    }
                }
                checkNothingHalfMade(arguments[0]);
                LongArray fits = mp.longArray(10_000);
                fits.set(9_999, 5);
                check(fits.get(9_999) == 5, "the smaller one works");
            }
        }
    }

    static final class StartsWithTooMuch {
        private StartsWithTooMuch() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open()) {
                var count = mp.intValue(0);
                byte[] tooMuch = new byte[2_000_000];
                try {
                    mp.process(() -> count.add(tooMuch.length)).start();
                    check(false, "it does not fit in");
                } catch (SegmentException full) {
                    check(full.getMessage().contains("the task can't be written"), full.getMessage());
                }
                checkNothingHalfMade(arguments[0]);
                check(Multiprocessing.activeChildren().isEmpty(), "nothing was started");
                var process = mp.process(count::increment).start();
                process.join();
                check(process.exitCode().getAsInt() == 0 && count.get() == 1, "a smaller one runs, " + count);
            }
        }
    }

    static final class PoolWithTooMuch {
        private static final int TOO_MUCH = 20_000_000;

        private PoolWithTooMuch() {}

        public static void main(String[] arguments) throws Exception {
            try (Context mp = Multiprocessing.open();
                    Pool pool = mp.pool(1)) {
                byte[] tooMuch = new byte[TOO_MUCH];
                List<RemoteCallable<Integer>> tasks = List.of(() -> tooMuch.length, () -> 1);
                checkFull(() -> pool.apply(() -> new byte[TOO_MUCH]));
                checkFull(() -> pool.map(n -> new byte[n * TOO_MUCH], List.of(0, 1), 2));
                checkFull(() -> pool.map(input -> input.length, List.of(tooMuch, new byte[1]), 1));
                checkFull(() -> pool.apply(tasks.getFirst()));
                check(pool.apply(tasks.getLast()) == 1, "what fits is done");
                check(pool.insights().restarts() == 0, "no worker has died of it");
            }
        }

        private static void checkFull(Callable<?> call) throws Exception {
            try {
                call.call();
                check(false, "it does not fit in");
            } catch (ExecutionException failed) {
                check(String.valueOf(failed.getCause()).contains("SegmentException: no room for "), failed.toString());
            }
        }
    }

    static final class Opens {
        private Opens() {}

        public static void main(String[] arguments) {
            try (Context mp = Multiprocessing.open()) {
                check(false, "it does not fit in: " + mp);
            } catch (SegmentException full) {
                System.out.println(full);
            }
        }
    }
}
