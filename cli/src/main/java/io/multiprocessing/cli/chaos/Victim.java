package io.multiprocessing.cli.chaos;

/**
 * A process that is to die.
 *
 * @param storm the number of its storm
 * @param compilation how its JVM is to compile
 */
record Victim(long serial, int place, int storm, Fate fate, String compilation) {}
