package io.multiprocessing.testkit.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.LongArray;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.local.LivingContext;
import io.multiprocessing.testkit.jvm.Await;
import io.multiprocessing.testkit.jvm.JavaProgram;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process that ends in good order keeps what it holds until it has ended: its threads run on while its hooks do. */
@ExtendWith(OwnFolder.class)
class LocalEndTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final long HOOK_MILLIS = 1500;

    @Test
    void theLockOfAProcessThatIsTerminated_isTakenOverWhenItHasEnded() throws Exception {
        try (var mp = Multiprocessing.open()) {
            var lock = mp.lock();
            var held = mp.event();
            var counter = mp.raw().longArray(1);
            var child = mp.process(() -> {
                        Runtime.getRuntime().addShutdownHook(new Thread(LocalEndTest::takeTime));
                        lock.acquire();
                        held.set();
                        countForEver(counter);
                    })
                    .daemon()
                    .start();
            assertThat(held.await(LONG)).isTrue();
            child.terminate();
            assertThat(lock.acquire(LONG)).isTrue();
            long seen = counter.get(0);
            assertThat(lock.abandonment()).isNotNull();
            Thread.sleep(100);
            assertThat(counter.get(0))
                    .as("what the lock guards, while another one holds it")
                    .isEqualTo(seen);
            lock.release();
            child.join();
            assertThat(child.exitCode()).hasValue(-15);
        }
    }

    /** The parent has left the context, and its process is still there: so the child is the last, and removes it. */
    @Test
    void theLastToLeaveRemovesTheContext_whileItsParentEnds(@TempDir Path folder) throws Exception {
        Path childMayEnd = folder.resolve("child may end");
        Path parentMayEnd = folder.resolve("parent may end");
        try (JavaProgram program =
                JavaProgram.start(SlowToEnd.class, childMayEnd.toString(), parentMayEnd.toString())) {
            long child = Long.parseLong(program.awaitLine("child "));
            program.terminate();
            Await.until("only the child has the context open", () -> members() == 1);
            Files.createFile(childMayEnd);
            Await.death(child);
            assertThat(OwnFolder.entries(OwnFolder.current())).isEmpty();
            assertThat(program.isAlive()).isTrue();
            Files.createFile(parentMayEnd);
            assertThat(program.end().exitCode()).isEqualTo(128 + 15);
        }
    }

    private static int members() {
        return LivingContext.all().stream()
                .mapToInt(context -> context.members().size())
                .sum();
    }

    /** Has a child that outlives it, and a shutdown hook that takes its time. */
    static final class SlowToEnd {
        private SlowToEnd() {}

        public static void main(String[] arguments) throws Exception {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitFile(arguments[1])));
            String childMayEnd = arguments[0];
            var mp = Multiprocessing.open();
            var runs = mp.event();
            var child = mp.process(() -> {
                        runs.set();
                        awaitFile(childMayEnd);
                    })
                    .start();
            runs.await();
            System.out.println("child " + child.pid().getAsLong());
            child.join();
        }

        private static void awaitFile(String file) {
            try {
                Await.until("it is told to end", () -> Files.exists(Path.of(file)));
            } catch (Exception impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    private static void takeTime() {
        try {
            Thread.sleep(HOOK_MILLIS);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void countForEver(LongArray counter) {
        var memory = counter.segment();
        while (true) {
            memory.set(ValueLayout.JAVA_LONG, 0, memory.get(ValueLayout.JAVA_LONG, 0) + 1);
        }
    }
}
