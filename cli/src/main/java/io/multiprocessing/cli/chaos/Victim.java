package io.multiprocessing.cli.chaos;

/**
 * A process that is to die.
 *
 * @param storm the number of its storm
 */
record Victim(long serial, int place, int storm, Fate fate) {}
