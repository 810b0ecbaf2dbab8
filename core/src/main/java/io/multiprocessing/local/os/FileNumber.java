package io.multiprocessing.local.os;

/** What tells a file from all others, whatever its names are: the number of its device, and its own there. */
public record FileNumber(long device, long inode) {}
