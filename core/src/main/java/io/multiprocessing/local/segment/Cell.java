package io.multiprocessing.local.segment;

import java.lang.foreign.MemorySegment;

/**
 * The memory of one shared object as this process sees it.
 *
 * @param id where it lies, for other processes
 * @param memory the mapping that holds it
 * @param offset where in {@code memory} its data begin, aligned to {@link CellLayout#ALIGNMENT_BYTES} but for the
 *     header before them
 * @param bytes how many bytes its data have
 */
public record Cell(CellId id, MemorySegment memory, long offset, long bytes) {}
