package io.multiprocessing.cli.chaos;

import io.multiprocessing.LongArray;
import io.multiprocessing.Task;
import java.time.Duration;
import java.util.List;

/**
 * One kind of work that processes do while others are killed, and what must hold then.
 *
 * <p>An instance is made in every process that takes part, from the same {@link Ground}; it finds its shared objects by
 * name. The steady processes, which nobody kills, do rounds of all storms, each in a thread of its own; a victim does
 * rounds of one storm until it dies.
 */
public abstract class Storm {
    protected final Ground ground;

    protected Storm(Ground ground) {
        this.ground = ground;
    }

    /** What it tries, in a word or two. */
    public abstract String name();

    /**
     * What a victim runs: {@code () -> Worker.victim(new TheStorm(Ground.of(roll)), serial)}. Such a lambda starts
     * faster in a new process than anything that has to be deserialized.
     */
    protected abstract Task victim(LongArray roll, long serial);

    /** Some operations and their checks. Nothing in it may take long but waiting for others. */
    protected abstract void round(Worker me) throws Exception;

    /** The places in the library's algorithms at which victims are to die. */
    protected List<String> crashPoints() {
        return List.of();
    }

    /** How often victims are put here, compared with other storms. */
    protected int weight() {
        return 10;
    }

    /**
     * Whether each round starts processes. Only one of the steady processes does such rounds, and rests between them for a
     * multiple of their time: to start JVMs takes the processors from everybody else.
     */
    protected boolean startsProcesses() {
        return false;
    }

    /** How long after its first operation a victim is killed at the latest. */
    protected Duration longestLife() {
        return Duration.ofMillis(20);
    }

    /** For how long a steady process rests after a round, at most, unless the round starts processes. Victims never rest. */
    protected Duration longestRest() {
        return Duration.ofMillis(120);
    }

    /** For how long a steady process may do no operation, in the time of the {@link MachineTime machine}. */
    protected Duration patience() {
        return Duration.ofSeconds(5);
    }

    /** Called by the supervisor when a victim of this storm has died. */
    protected void afterDeath(Death death, Findings findings) throws InterruptedException {}

    /** Called by the supervisor again and again at the end: whoever waits for others without limit must be let go. */
    protected void dismiss() {}

    /** Called by the supervisor when no other process is left: what must hold at the end. */
    protected void settle(Findings findings) throws InterruptedException {}
}
