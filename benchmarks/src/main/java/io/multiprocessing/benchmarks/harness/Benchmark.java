package io.multiprocessing.benchmarks.harness;

/**
 * A row of the comparison: some work, done by us and by a peer, and a number that says how well.
 *
 * <p>Both sides do the same work, warmed up alike, and are measured in turns; see {@link Comparison}.
 */
public interface Benchmark {
    /** What it is called on the command line: lower case, words joined by {@code -}. */
    String name();

    /** What is measured, in one line. */
    String description();

    /** The unit of the number, as {@code ns/op}. */
    String unit();

    /** Whether a greater number is the better one: true of rates, false of times. */
    default boolean isMoreBetter() {
        return false;
    }

    /**
     * Measures one round of our side, its own preparation and warming up included.
     *
     * @return a number greater than zero
     * @throws Exception if the work can't be done, or its result is wrong: the row fails
     */
    double ours(Effort effort) throws Exception;

    /** Against whom. */
    Peer peer();
}
