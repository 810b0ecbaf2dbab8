package io.multiprocessing.cli.chaos;

/**
 * That a victim has died.
 *
 * @param killedAt when, as {@link System#nanoTime()} says it; at the latest
 * @param family it and its descendants
 */
record Death(long serial, long killedAt, Family family) {}
