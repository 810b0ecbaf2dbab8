package io.multiprocessing.local.segment;

/**
 * Where a shared object lies, the same in all processes: the number of its segment within the context, and its offset
 * there. This is what travels when a handle does.
 */
public record CellId(long segment, long offset) {}
