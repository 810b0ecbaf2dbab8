package io.multiprocessing.pool;

import io.multiprocessing.BrokenPoolException;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Whether a pool still takes tasks, and if it does not, why. All under the pool's lock. */
final class Life {
    private enum Stage {
        OPEN,
        SHUT_DOWN,
        TERMINATED,
        ENDED
    }

    private Stage stage = Stage.OPEN;
    private @Nullable RuntimeException reason;

    boolean isOpen() {
        return stage == Stage.OPEN;
    }

    /** It takes nothing more, and does what it has. */
    boolean isShutDown() {
        return stage == Stage.SHUT_DOWN;
    }

    /** It does nothing more; workers may still have to end. */
    boolean isTerminated() {
        return stage == Stage.TERMINATED;
    }

    boolean hasEnded() {
        return stage == Stage.ENDED;
    }

    boolean shutDown() {
        if (stage != Stage.OPEN) {
            return false;
        }
        stage = Stage.SHUT_DOWN;
        return true;
    }

    /** Ends all that goes on, if that was not done before. */
    boolean terminate(RuntimeException why) {
        if (stage == Stage.TERMINATED || stage == Stage.ENDED) {
            return false;
        }
        stage = Stage.TERMINATED;
        reason = why;
        return true;
    }

    void end() {
        stage = Stage.ENDED;
    }

    /** @throws RejectedExecutionException if no new job is taken */
    void checkTakesJobs() {
        if (reason instanceof BrokenPoolException) {
            throw again(reason);
        }
        if (stage != Stage.OPEN) {
            throw new RejectedExecutionException("the pool is "
                    + (stage == Stage.SHUT_DOWN ? "shut down" : "terminated") + ": it takes no more tasks");
        }
    }

    /** @throws RuntimeException if nothing more is taken of a job that was begun while the pool was open */
    void checkTakesInputsOf(Job job) {
        if (reason != null) {
            throw again(reason);
        }
        if (stage != Stage.OPEN && job instanceof StreamJob<?> stream && !stream.isSubmittedAsWhole()) {
            throw StreamJob.shutDownTooEarly();
        }
        if (stage == Stage.ENDED) {
            checkTakesJobs();
        }
    }

    /** The exception for one more of those whom it concerns. */
    static RuntimeException again(RuntimeException reason) {
        return reason instanceof BrokenPoolException broken
                ? new BrokenPoolException(
                        Objects.requireNonNullElse(broken.getMessage(), ""),
                        Objects.requireNonNullElse(broken.getCause(), broken))
                : new CancellationException(reason.getMessage());
    }

    @Override
    public String toString() {
        return switch (stage) {
            case OPEN -> "";
            case SHUT_DOWN -> ", shut down";
            case TERMINATED -> ", terminated";
            case ENDED -> ", ended";
        };
    }
}
