package io.multiprocessing.local.segment;

import io.multiprocessing.SegmentException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one context as this process sees it: makes cells for new objects and finds those that others made.
 *
 * <p>Small cells are carved from pages. Each process carves from pages of its own, so there is nothing to agree on and
 * nothing to repair: when a process dies, what is left of its page is unused until the context goes. A large cell has a
 * segment of its own, which {@link #free} can give back early.
 *
 * <p>A part of an object that comes and goes while it is used has a {@linkplain #allocateSegment segment} whose number is
 * chosen before it is made, so that its owner can write down what it is about to make. It is unmapped when nothing refers
 * to it any more.
 *
 * <p>Kill points: cell-K1 the data are written and the kind is not: nobody can know where the cell lies, it is unused.
 */
public final class SegmentStore {
    /** How many bytes an {@linkplain #embed embedded} object needs beside its data. */
    public static final int EMBEDDED_HEADER_BYTES = CellLayout.HEADER_BYTES;

    static final int PAGE_KIND = 1;
    static final int LARGE_KIND = 2;
    static final String FILE_PREFIX = "segment-";

    private static final int FIRST_PAGE_BYTES = 64 * 1024;
    private static final int LAST_PAGE_BYTES = 1024 * 1024;
    private static final int OWNER_SHIFT = 32;
    private static final long LARGE_BIT = 1L << 31;
    private static final long PART_BIT = 1L << 30;

    private final Path folder;
    private final int owner;
    private final AtomicLong nextSegment = new AtomicLong();
    private final ConcurrentHashMap<Long, Mapping> mappings = new ConcurrentHashMap<>();
    private Page page = Page.NONE;

    /**
     * @param folder where the context keeps its files
     * @param owner the number of this process in the context, which makes its segments' numbers unique
     */
    public SegmentStore(Path folder, int owner) {
        this.folder = folder;
        this.owner = owner;
    }

    /**
     * Makes an object.
     *
     * @param kind what it is, not 0
     * @param bytes how many bytes it needs; they are zero at first
     * @param initializer writes what must be there before anyone can find it
     */
    public Cell allocate(int kind, long bytes, Consumer<Cell> initializer) {
        Cell cell = bytes > FIRST_PAGE_BYTES / 4 ? carveLarge(bytes) : carveSmall(bytes);
        long header = cell.offset() - CellLayout.HEADER_BYTES;
        Words.setLongPlain(cell.memory(), header + CellLayout.SIZE_OFFSET, bytes);
        boolean initialized = false;
        try {
            initializer.accept(cell);
            initialized = true;
        } finally {
            if (!initialized) {
                free(cell);
            }
        }
        CrashPoint.reached("cell-K1");
        Words.setIntRelease(cell.memory(), header + CellLayout.KIND_OFFSET, kind);
        return cell;
    }

    /**
     * Makes an object inside the cell of another one, by the initializer of that one.
     *
     * @param at where its header begins, counted from the data of the outer cell, on a multiple of 8
     * @param bytes how many bytes it needs, after the {@link #EMBEDDED_HEADER_BYTES} of its header
     */
    public Cell embed(Cell outer, long at, int kind, long bytes) {
        long header = outer.offset() + at;
        Words.setLongPlain(outer.memory(), header + CellLayout.SIZE_OFFSET, bytes);
        Words.setIntRelease(outer.memory(), header + CellLayout.KIND_OFFSET, kind);
        long offset = header + CellLayout.HEADER_BYTES;
        return new Cell(new CellId(outer.id().segment(), offset), outer.memory(), offset, bytes);
    }

    /**
     * Finds an object.
     *
     * @throws SegmentException if there is no object there, or one of another kind
     */
    public Cell resolve(CellId id, int kind) {
        return cell(id, kind, map(id.segment()).memory);
    }

    private static Cell cell(CellId id, int kind, MemorySegment memory) {
        if (id.offset() < SegmentFile.DATA_OFFSET + CellLayout.HEADER_BYTES
                || id.offset() > memory.byteSize()
                || id.offset() % Long.BYTES != 0) {
            throw new SegmentException("no shared object at " + id);
        }
        long header = id.offset() - CellLayout.HEADER_BYTES;
        int actual = Words.intAcquire(memory, header + CellLayout.KIND_OFFSET);
        if (actual != kind) {
            throw new SegmentException("the shared object at " + id + " is of kind " + actual + ", not " + kind);
        }
        long bytes = Words.longPlain(memory, header + CellLayout.SIZE_OFFSET);
        if (bytes < 0 || bytes > memory.byteSize() - id.offset()) {
            throw new SegmentException(
                    "the shared object at " + id + " is damaged: it says it has " + bytes + " bytes");
        }
        return new Cell(id, memory, id.offset(), bytes);
    }

    /**
     * Gives back the memory of a large object: its name goes at once, its bytes when the last process has unmapped it.
     * Does nothing for a small one.
     *
     * @return whether the memory is unmapped in this process; any access to it throws from now on
     */
    public boolean free(Cell cell) {
        Mapping mapping = mappings.get(cell.id().segment());
        if (mapping == null || !mapping.large) {
            return false;
        }
        mappings.remove(cell.id().segment());
        file(cell.id().segment()).toFile().delete();
        mapping.arena.close();
        return true;
    }

    /** A number for {@link #allocateSegment} that was never used before. */
    public long newPartId() {
        return newSegmentId() | PART_BIT;
    }

    /**
     * Makes a segment with one cell.
     *
     * @param id from {@link #newPartId}
     * @param initializer writes what must be there before anyone can find it
     */
    public Cell allocateSegment(long id, int kind, long bytes, Consumer<Cell> initializer) {
        return allocateSegment(id, kind, bytes, initializer, Arena.ofAuto());
    }

    /** As {@link #allocateSegment(long, int, long, Consumer)}, mapped as long as {@code arena} lives. */
    public Cell allocateSegment(long id, int kind, long bytes, Consumer<Cell> initializer, Arena arena) {
        long offset = SegmentFile.DATA_OFFSET + CellLayout.HEADER_BYTES;
        MemorySegment memory = SegmentFile.create(file(id), LARGE_KIND, offset + bytes, arena);
        Cell cell = new Cell(new CellId(id, offset), memory, offset, bytes);
        Words.setLongPlain(memory, SegmentFile.DATA_OFFSET + CellLayout.SIZE_OFFSET, bytes);
        initializer.accept(cell);
        Words.setIntRelease(memory, SegmentFile.DATA_OFFSET + CellLayout.KIND_OFFSET, kind);
        return cell;
    }

    /**
     * Finds the cell of such a segment, which is mapped anew each time; null if it is gone.
     *
     * @throws SegmentException if it is there and is something else
     */
    public @Nullable Cell findSegment(long id, int kind) {
        return findSegment(id, kind, Arena.ofAuto());
    }

    /** As {@link #findSegment(long, int)}, mapped as long as {@code arena} lives. */
    public @Nullable Cell findSegment(long id, int kind, Arena arena) {
        MemorySegment memory;
        try {
            memory = SegmentFile.attach(file(id), LARGE_KIND, arena);
        } catch (SegmentException failed) {
            if (failed.getCause() instanceof NoSuchFileException) {
                return null;
            }
            throw failed;
        }
        return cell(new CellId(id, SegmentFile.DATA_OFFSET + CellLayout.HEADER_BYTES), kind, memory);
    }

    /** Removes the name of such a segment, if it is there; its bytes go when the last process has unmapped it. */
    public void unlink(long id) {
        file(id).toFile().delete();
    }

    /** Unmaps the large objects. Small ones stay mapped as long as something refers to them. */
    public void close() {
        for (Mapping mapping : mappings.values()) {
            if (mapping.large) {
                mapping.arena.close();
            }
        }
        mappings.clear();
    }

    private Cell carveLarge(long bytes) {
        if (bytes > Long.MAX_VALUE - LAST_PAGE_BYTES) {
            throw new SegmentException("no room for " + bytes + " bytes of shared memory");
        }
        long id = newSegmentId() | LARGE_BIT;
        Arena arena = Arena.ofShared();
        MemorySegment memory;
        long offset = SegmentFile.DATA_OFFSET + CellLayout.HEADER_BYTES;
        try {
            memory = SegmentFile.create(file(id), LARGE_KIND, offset + bytes, arena);
        } catch (RuntimeException failed) {
            arena.close();
            throw failed;
        }
        mappings.put(id, new Mapping(memory, arena, true));
        return new Cell(new CellId(id, offset), memory, offset, bytes);
    }

    private synchronized Cell carveSmall(long bytes) {
        long needed = roundUp(CellLayout.HEADER_BYTES + bytes);
        if (needed > page.memory.byteSize() - page.next) {
            page = newPage();
        }
        long offset = page.next + CellLayout.HEADER_BYTES;
        page.next += needed;
        return new Cell(new CellId(page.id, offset), page.memory, offset, bytes);
    }

    private Page newPage() {
        long id = newSegmentId();
        long bytes = Math.clamp(page.memory.byteSize() * 2, FIRST_PAGE_BYTES, LAST_PAGE_BYTES);
        Arena arena = Arena.ofAuto();
        MemorySegment memory = SegmentFile.create(file(id), PAGE_KIND, bytes, arena);
        mappings.put(id, new Mapping(memory, arena, false));
        return new Page(id, memory, roundUp(SegmentFile.DATA_OFFSET));
    }

    private Mapping map(long id) {
        return mappings.computeIfAbsent(id, this::attach);
    }

    private Mapping attach(long id) {
        boolean large = isLarge(id);
        Arena arena = large ? Arena.ofShared() : Arena.ofAuto();
        try {
            return new Mapping(SegmentFile.attach(file(id), large ? LARGE_KIND : PAGE_KIND, arena), arena, large);
        } catch (RuntimeException failed) {
            if (large) {
                arena.close();
            }
            throw failed;
        }
    }

    private long newSegmentId() {
        return (long) owner << OWNER_SHIFT | nextSegment.getAndIncrement();
    }

    private Path file(long id) {
        return folder.resolve(FILE_PREFIX + Long.toHexString(id));
    }

    static boolean isLarge(long id) {
        return (id & LARGE_BIT) != 0;
    }

    /** Whether the memory of a cell is mapped as long as something refers to it; others can be unmapped before. */
    public static boolean staysMapped(CellId id) {
        return !hasOneCell(id.segment());
    }

    /** Whether a segment has one cell only. */
    static boolean hasOneCell(long id) {
        return (id & (LARGE_BIT | PART_BIT)) != 0;
    }

    /** How far a cell of so many bytes, header included, is from the next one. */
    static long roundUp(long bytes) {
        return (bytes + CellLayout.ALIGNMENT_BYTES - 1) & -CellLayout.ALIGNMENT_BYTES;
    }

    private record Mapping(MemorySegment memory, Arena arena, boolean large) {}

    private static final class Page {
        static final Page NONE = new Page(0, MemorySegment.NULL, 0);

        final long id;
        final MemorySegment memory;
        long next;

        Page(long id, MemorySegment memory, long next) {
            this.id = id;
            this.memory = memory;
            this.next = next;
        }
    }
}
