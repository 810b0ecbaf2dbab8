package io.multiprocessing.local.process;

import io.multiprocessing.local.os.Os;
import io.multiprocessing.local.os.Redirection;
import io.multiprocessing.local.os.Signals;
import io.multiprocessing.local.os.Spawned;
import io.multiprocessing.local.segment.CrashPoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One JVM on stand-by, as its parent sees it; see {@link StandBy}. */
final class Spare {
    private static final String PATIENCE_PROPERTY = "multiprocessing.standby.patienceMillis";
    private static final long PATIENCE_MILLIS = 5_000;

    private final StandBy stock;
    private final ChildJvm jvm;
    private final Surroundings surroundings;
    private boolean hasAnswered; // guarded by this

    Spare(StandBy stock, ChildJvm jvm, Surroundings surroundings) {
        this.stock = stock;
        this.jvm = jvm;
        this.surroundings = surroundings;
    }

    /** Whether it can take a task, which takes a while to know. */
    boolean awaitReady() {
        try {
            ByteBuffer answer = ByteBuffer.wrap(answers().readNBytes(Understudy.READY_BYTES));
            if (answer.remaining() < Understudy.READY_BYTES || answer.get() != Understudy.READY) {
                return false;
            }
            jvm.hasUndertaker(answer.getLong());
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private InputStream answers() {
        return Objects.requireNonNull(jvm.spawned().answers());
    }

    ChildJvm jvm() {
        return jvm;
    }

    /** Whether it lives, and what it was started with is what a process started now would have. */
    boolean isFit(Surroundings now) {
        return !jvm.hasEnded() && surroundings.equals(now);
    }

    /**
     * Hands a process over, for which a place is reserved.
     *
     * @return the process with its streams; null if it was not taken, and is to be started otherwise
     */
    @Nullable
    Spawned handOver(int owner, Payload payload, ProcessSettings settings) {
        Redirection redirection;
        try {
            redirection = Os.current().redirection(settings.stdin, settings.stdout, settings.stderr);
        } catch (IOException leftToTheColdStart) {
            giveUp();
            return null;
        }
        boolean taken = false;
        var patience = CompletableFuture.runAsync(
                this::killUnlessAnswered,
                CompletableFuture.delayedExecutor(
                        Long.getLong(PATIENCE_PROPERTY, PATIENCE_MILLIS), TimeUnit.MILLISECONDS));
        try {
            CrashPoint.reached("standby-K1");
            OutputStream control = Objects.requireNonNull(jvm.spawned().control());
            control.write(Order.of(owner, redirection, payload).toBytes());
            CrashPoint.reached("standby-K2");
            taken = answers().read() == Understudy.TAKEN;
            noteAnswer();
            ChildJvm.close(jvm.spawned().answers());
            return taken ? redirection.of(jvm.spawned()) : null;
        } catch (IOException gone) {
            return null;
        } finally {
            patience.cancel(false);
            if (taken) {
                stock.handedOver(jvm);
                redirection.close();
            } else {
                redirection.abandon();
                giveUp();
            }
        }
    }

    private synchronized void noteAnswer() {
        hasAnswered = true;
    }

    private synchronized void killUnlessAnswered() {
        try {
            if (!hasAnswered && answers().available() == 0) {
                jvm.signal(Signals.SIGKILL);
            }
        } catch (IOException gone) {
            // Nothing to kill.
        }
    }

    /** Ends it. */
    void giveUp() {
        stock.drop(jvm);
    }
}
