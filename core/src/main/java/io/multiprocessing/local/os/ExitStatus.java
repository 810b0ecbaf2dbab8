package io.multiprocessing.local.os;

/**
 * How a process ended.
 *
 * @param signalled whether a signal ended it
 * @param number the signal's number, or the exit code
 */
public record ExitStatus(boolean signalled, int number) {}
