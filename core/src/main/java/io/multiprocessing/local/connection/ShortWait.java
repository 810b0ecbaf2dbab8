package io.multiprocessing.local.connection;

/**
 * Waiting for what the other side of a pipe brings about, sooner than a sleep could begin. First the thread looks again and
 * again, with short pauses; then it lets others run between two looks, because the one it waits for may have no processor.
 * After that it is time to sleep.
 *
 * <p>How often to look before others are let run, it learns: twice as often as was enough the last time. If that was in
 * vain it looks half as often the next time: where there are more threads than processors a thread that looks keeps the
 * processor from the one it waits for. Now and then it tries as often as ever, for the others may be gone.
 *
 * <p>A queue waits otherwise, by {@link io.multiprocessing.local.sync.Backoff}: there it is good to come late, and find
 * several messages, where here one message is the answer to another.
 */
final class ShortWait {
    private static final int PAUSES = 4;
    private static final int MOST_LOOKS = Runtime.getRuntime().availableProcessors() > 1 ? 64 : 0;
    private static final int YIELDS = 20;
    private static final int TRY_AGAIN_AFTER = 32;

    /** What was right before, for all threads that wait for the same; a guess, which threads may spoil for each other. */
    static final class Experience {
        private int looks = MOST_LOOKS;
        private int waits;

        private int next() {
            return ++waits % TRY_AGAIN_AFTER == 0 ? MOST_LOOKS : looks;
        }
    }

    private final Experience experience;
    private final int looks;
    private int turn;

    ShortWait(Experience experience) {
        this.experience = experience;
        this.looks = experience.next();
    }

    /** Waits a little; false if that would be too long for not sleeping. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint to the scheduler, on which nothing relies
    boolean pause() {
        if (turn < looks) {
            for (int i = 0; i < PAUSES; i++) {
                Thread.onSpinWait();
            }
        } else if (turn < looks + YIELDS) {
            if (turn == looks) {
                experience.looks = looks / 2;
            }
            Thread.yield();
        } else {
            return false;
        }
        turn++;
        return true;
    }

    /** What was waited for is there. */
    void succeeded() {
        if (turn <= looks) {
            experience.looks = Math.min(2 * turn, MOST_LOOKS);
        }
    }
}
