package io.multiprocessing.pool;

import io.multiprocessing.PoolOptions;
import io.multiprocessing.TimeLimitExceededException;
import io.multiprocessing.WorkerDiedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a worker ended, and what that says to who waits for what it had. */
record Deaths(
        String name, long pid, int exitCode, String errorReport, Workplace.@Nullable Doom doom, boolean isHeapFull) {
    /** Whether what was lost there may be tried again: not if it was ended on purpose. */
    boolean isRepeatable(long position) {
        return doom == null || doom.reason() != Workplace.Reason.TIME_LIMIT || doom.position() != position;
    }

    Throwable exception(Chunk chunk, int index, long position, PoolOptions options, ClassLoader loader) {
        if (!isRepeatable(position)) {
            return outOfTime(chunk, index, options.hardTimeLimit().orElseThrow(), null, loader);
        }
        return new WorkerDiedException(name, pid, exitCode, reason(chunk), told(chunk, index, loader), errorReport);
    }

    private String reason(Chunk chunk) {
        if (doom != null && doom.reason() == Workplace.Reason.MEMORY_LIMIT) {
            return doom.text();
        }
        return isHeapFull
                ? "its heap was full when it got " + chunk.bytes() + " bytes of input; " + Failures.MORE_FOR_WORKERS
                : "";
    }

    static Throwable outOfTime(
            Chunk chunk, int index, Duration limit, @Nullable Throwable failure, ClassLoader loader) {
        String text = told(chunk, index, loader) + " ran longer than " + limit
                + (failure == null ? ", and its worker was killed" : ", and was interrupted");
        return failure == null
                ? new TimeLimitExceededException(text, limit)
                : new TimeLimitExceededException(text, limit, failure);
    }

    private static String told(Chunk chunk, int index, ClassLoader loader) {
        if (chunk.job.id == 0) {
            return chunk.describe(index);
        }
        try {
            return chunk.describe(index) + ", which is " + Job.shown(chunk.input(index, loader));
        } catch (RuntimeException | StackOverflowError unreadable) {
            return chunk.describe(index);
        }
    }
}
