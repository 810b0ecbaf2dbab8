package io.multiprocessing.local.member;

import java.time.Instant;

/**
 * What the registry says of a process.
 *
 * @param owner its number in shared words
 * @param parent the number of the process that started it; 0 if none did
 */
public record Member(int owner, long pid, String name, boolean isDaemon, int parent, Instant joined) {}
