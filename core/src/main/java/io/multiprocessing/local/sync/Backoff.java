package io.multiprocessing.local.sync;

/**
 * Waiting for what others bring about within microseconds, sooner than a sleep could begin. First the processor pauses,
 * longer and longer, because a look takes from the other side the memory that it is about to write; then the thread lets
 * others run, because the one it waits for may have no processor. After that it is time to sleep.
 *
 * <p>If what it waits for is there at the first look, it comes faster than one looks, so the next first look is later:
 * then there is more of it, and each side goes on for a while without meeting the other.
 */
public final class Backoff {
    private static final int FEWEST_PAUSES = 4;
    private static final int MOST_PAUSES = 64;
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 10 : 0;
    private static final int YIELDS = 20;

    /** How long it was right to wait for the first look, for all threads that wait for the same; a guess. */
    public static final class Experience {
        private int firstPauses = FEWEST_PAUSES;
    }

    private final Experience experience;
    private int pauses;
    private int turns;

    public Backoff(Experience experience) {
        this.experience = experience;
        this.pauses = experience.firstPauses;
    }

    /** Waits a little; false if that would be too long for not sleeping. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint to the scheduler, on which nothing relies
    public boolean pause() {
        if (turns < SPINS) {
            for (int i = 0; i < pauses; i++) {
                Thread.onSpinWait();
            }
            pauses = Math.min(2 * pauses, MOST_PAUSES);
        } else if (turns < SPINS + YIELDS) {
            Thread.yield();
        } else {
            return false;
        }
        turns++;
        return true;
    }

    /** What was waited for is there. */
    public void succeeded() {
        experience.firstPauses = turns == 1 ? Math.min(2 * experience.firstPauses, MOST_PAUSES) : FEWEST_PAUSES;
    }
}
