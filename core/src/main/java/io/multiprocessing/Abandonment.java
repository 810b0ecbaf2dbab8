package io.multiprocessing;

import java.time.Instant;

/**
 * That a lock was taken over from a process that ended while it held it.
 *
 * @param pid the process that ended; 0 if its place in the context has been given to another one since
 * @param takenOver when the lock was taken over
 */
public record Abandonment(long pid, Instant takenOver) {}
