package io.multiprocessing.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.Context;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Process;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A context, of whose processes one will be killed, and threads that must go on nevertheless. */
abstract class CrashTest {
    /** How long it may take on a very busy machine until those go on whom a dead process held up. */
    static final Duration RECOVERY = Await.LIMIT;

    Context mp;
    private ExecutorService threads;

    @BeforeEach
    void open() {
        mp = Multiprocessing.open("local:");
        threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        mp.close();
    }

    /** Begins to do something in a thread of this process, and lets it get as far as it can. */
    <T> Future<T> begin(Callable<T> work) throws InterruptedException {
        Future<T> begun = submit(work);
        Thread.sleep(100); // the tests hold whether or not it waits by now
        return begun;
    }

    <T> Future<T> submit(Callable<T> work) {
        return threads.submit(work);
    }

    /** The result of what was held up by a process that is dead now. */
    static <T> T recovered(Future<T> begun) throws Exception {
        try {
            return begun.get(RECOVERY.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw failed;
        } catch (TimeoutException blocked) {
            throw new AssertionError("still blocked " + RECOVERY + " after the crash", blocked);
        }
    }

    /** Does what a dead process must not hold up. */
    <T> T recovered(Callable<T> work) throws Exception {
        return recovered(threads.submit(work));
    }

    /** Kills a process that waits. */
    static void kill(Process process) throws InterruptedException {
        process.kill();
        process.join();
        assertThat(process.exitCode()).hasValue(-9);
    }
}
