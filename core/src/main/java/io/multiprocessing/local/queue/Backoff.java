package io.multiprocessing.local.queue;

/**
 * Waiting for what others bring about within microseconds, sooner than a sleep could begin. First the processor pauses,
 * longer and longer, so that the other side is not slowed down by being looked at, and can bring about more than one;
 * then the thread lets others run, because the one it waits for may have no processor. After that it is time to sleep.
 */
final class Backoff {
    private static final int FIRST_PAUSES = 4;
    private static final int MOST_PAUSES = 64;
    private static final int SPINS = Runtime.getRuntime().availableProcessors() > 1 ? 10 : 0;
    private static final int YIELDS = 20;

    private int turns;
    private int pauses = FIRST_PAUSES;

    /** Waits a little; false if that would be too long for not sleeping. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint to the scheduler, on which nothing relies
    boolean pause() {
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
}
