package io.multiprocessing.local.segment;

import io.multiprocessing.SegmentException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The cells in a context's folder, as somebody sees them who takes no part in it: nothing is written. */
public final class StoredCells {
    private StoredCells() {}

    /**
     * A cell that holds an object.
     *
     * @param kind what it is
     * @param bytes how many bytes its data have
     */
    public record StoredCell(CellId id, int kind, long bytes) {}

    /** All cells that hold an object now; none of a segment that goes meanwhile. */
    public static List<StoredCell> in(Path folder) {
        List<StoredCell> cells = new ArrayList<>();
        for (Path file : segments(folder)) {
            try (Arena arena = Arena.ofConfined()) {
                long id = Long.parseUnsignedLong(
                        file.getFileName().toString().substring(SegmentStore.FILE_PREFIX.length()), 16);
                boolean large = SegmentStore.hasOneCell(id);
                MemorySegment memory =
                        SegmentFile.view(file, large ? SegmentStore.LARGE_KIND : SegmentStore.PAGE_KIND, arena);
                if (large) {
                    read(memory, id, SegmentFile.DATA_OFFSET, cells);
                } else {
                    walk(memory, id, cells);
                }
            } catch (SegmentException | NumberFormatException goneOrForeign) {
                // There is nothing to see in it.
            }
        }
        return cells;
    }

    private static void walk(MemorySegment page, long id, List<StoredCell> cells) {
        long at = SegmentStore.roundUp(SegmentFile.DATA_OFFSET);
        while (at + CellLayout.HEADER_BYTES <= page.byteSize()) {
            // Where no size is written yet there is nothing but zeros up to the next cell.
            at += SegmentStore.roundUp(CellLayout.HEADER_BYTES + read(page, id, at, cells));
        }
    }

    /** Reads the header of a cell, and gives how many bytes of data follow. */
    private static long read(MemorySegment memory, long id, long header, List<StoredCell> cells) {
        int kind = Words.intAcquire(memory, header + CellLayout.KIND_OFFSET);
        long bytes = Words.longPlain(memory, header + CellLayout.SIZE_OFFSET);
        long offset = header + CellLayout.HEADER_BYTES;
        if (bytes < 0 || bytes > memory.byteSize() - offset) {
            throw new SegmentException("the shared object at " + id + ":" + offset + " is damaged");
        }
        if (kind != 0) {
            cells.add(new StoredCell(new CellId(id, offset), kind, bytes));
        }
        return bytes;
    }

    private static List<Path> segments(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(SegmentStore.FILE_PREFIX))
                    .sorted()
                    .toList();
        } catch (IOException gone) {
            return List.of();
        }
    }
}
