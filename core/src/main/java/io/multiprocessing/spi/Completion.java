package io.multiprocessing.spi;

import io.multiprocessing.Waitable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The end of a process as something to wait for. */
public record Completion(CompletableFuture<Integer> ended) implements Waitable {
    @Override
    public boolean isReady() {
        return ended.isDone();
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return await(ended, timeout);
    }

    /** Whether the process has ended, and how. */
    @Override
    public String toString() {
        return "Sentinel[" + (ended.isDone() ? "ended with exit code " + ended.join() : "the process has not ended")
                + "]";
    }

    /** Waits without limit. */
    public static void await(CompletableFuture<Integer> ended) throws InterruptedException {
        try {
            ended.get();
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** As {@link Waitable#await}. */
    public static boolean await(CompletableFuture<Integer> ended, Duration timeout) throws InterruptedException {
        try {
            ended.get(Math.max(TimeUnit.NANOSECONDS.convert(timeout), 0), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return ended.isDone();
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
