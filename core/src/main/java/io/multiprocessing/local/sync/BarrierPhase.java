package io.multiprocessing.local.sync;

/**
 * A content of the phase word of a barrier, see {@link BarrierLayout}.
 *
 * @param word as it is in shared memory
 */
record BarrierPhase(long word) {
    private static final int BROKEN = 1;
    private static final int ONE_PASS = 1 << 1;
    private static final int HISTORY_SHIFT = 32;
    private static final int HISTORY_PASSES = 32;
    private static final int ALL_WENT_ON = -1;

    /** The first pass of a new barrier. Its cells are zeros, which must look as if they were older. */
    static final BarrierPhase FIRST = new BarrierPhase(ONE_PASS);

    /** What the cells of this pass bear. */
    int stamp() {
        return (int) word & ~BROKEN;
    }

    boolean isBroken() {
        return ((int) word & BROKEN) != 0;
    }

    /** Whether a pass is the present one, and not broken. */
    boolean isFilling(int stamp) {
        return (int) word == stamp;
    }

    /** This pass, broken. */
    BarrierPhase broken() {
        return new BarrierPhase(word | BROKEN);
    }

    /** The next pass, with a note on how this one has ended. */
    BarrierPhase next(boolean allWentOn) {
        long history = (long) (history() << 1 | (allWentOn ? 1 : 0)) << HISTORY_SHIFT;
        return new BarrierPhase(history | Integer.toUnsignedLong(stamp() + ONE_PASS));
    }

    /** Whether all went on in the pass before this one. */
    boolean wentOnBefore() {
        return wentOn(previous(stamp()));
    }

    /** Whether all went on in a pass that is over. More than 32 passes later we only know it if all of them did. */
    boolean wentOn(int stamp) {
        int passesLater = (stamp() - stamp) >>> 1;
        if (passesLater > HISTORY_PASSES) {
            return history() == ALL_WENT_ON;
        }
        return passesLater > 0 && ((history() >>> (passesLater - 1)) & 1) != 0;
    }

    static int previous(int stamp) {
        return stamp - ONE_PASS;
    }

    /** Which bank of cells a pass uses. */
    static int bank(int stamp) {
        return stamp >>> 1 & 1;
    }

    private int history() {
        return (int) (word >>> HISTORY_SHIFT);
    }
}
