package io.multiprocessing.cli.chaos;

/** Where the supervisor puts down what is wrong. */
public interface Findings {
    /** A rule was broken. */
    void violation(String text);

    /** Something was left behind. */
    void leak(String text);

    /** Others have gone on so long after a death. */
    void recovery(long nanos);
}
