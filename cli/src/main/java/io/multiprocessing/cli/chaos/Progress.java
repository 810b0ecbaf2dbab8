package io.multiprocessing.cli.chaos;

/** Told how a storm goes on. */
@FunctionalInterface
public interface Progress {
    void at(double seconds, long kills, long operations, long violations);
}
