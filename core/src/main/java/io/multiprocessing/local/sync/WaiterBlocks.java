package io.multiprocessing.local.sync;

import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.object.ObjectKind;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.CellId;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The words of a condition's waiter cells, numbered from 0, however many blocks they are in.
 *
 * <p>The blocks are a chain that only grows, by one who holds the condition's lock. The link to the next block is two
 * words, of which the second, the segment, commits: before that nobody looks at the first.
 *
 * <p>Kill points: blocks-K1 a block is made, the offset is written, the segment is not: the next one who needs a block
 * writes both again.
 */
final class WaiterBlocks {
    private final Home home;
    private volatile Block[] known;

    WaiterBlocks(Home home, Cell condition) {
        this.home = home;
        this.known = new Block[] {
            new Block(condition.memory(), condition.offset() + ConditionLayout.FIRST_BLOCK),
        };
    }

    /** How many cells there are now. */
    int size() {
        while (true) {
            Block[] blocks = known;
            Block last = blocks[blocks.length - 1];
            long segment = Words.longAcquire(last.memory, last.at + ConditionLayout.BLOCK_NEXT_SEGMENT);
            if (segment == 0) {
                return ConditionLayout.FIRST_BLOCK_CELLS + (blocks.length - 1) * ConditionLayout.OTHER_BLOCK_CELLS;
            }
            long offset = Words.longPlain(last.memory, last.at + ConditionLayout.BLOCK_NEXT_OFFSET);
            learn(blocks, home.store().resolve(new CellId(segment, offset), ObjectKind.CONDITION_BLOCK.number()));
        }
    }

    /** Adds a block. The condition's lock is held. */
    void grow() {
        size();
        Block[] blocks = known;
        Block last = blocks[blocks.length - 1];
        Cell added = home.store()
                .allocate(ObjectKind.CONDITION_BLOCK.number(), ConditionLayout.OTHER_BLOCK_BYTES, cell -> {});
        Words.setLongPlain(
                last.memory,
                last.at + ConditionLayout.BLOCK_NEXT_OFFSET,
                added.id().offset());
        CrashPoint.reached("blocks-K1");
        Words.setLongRelease(
                last.memory,
                last.at + ConditionLayout.BLOCK_NEXT_SEGMENT,
                added.id().segment());
        learn(blocks, added);
    }

    long get(int index) {
        Block block = block(index);
        return Words.longVolatile(block.memory, offset(block, index));
    }

    boolean cas(int index, long expected, long word) {
        Block block = block(index);
        return Words.casLong(block.memory, offset(block, index), expected, word);
    }

    private Block block(int index) {
        return known[number(index)];
    }

    private synchronized void learn(Block[] before, Cell next) {
        if (known.length == before.length) {
            Block[] more = Arrays.copyOf(before, before.length + 1);
            more[before.length] = new Block(next.memory(), next.offset());
            known = more;
        }
    }

    private static int number(int index) {
        int beyond = index - ConditionLayout.FIRST_BLOCK_CELLS;
        return beyond < 0 ? 0 : 1 + beyond / ConditionLayout.OTHER_BLOCK_CELLS;
    }

    private static long offset(Block block, int index) {
        int beyond = index - ConditionLayout.FIRST_BLOCK_CELLS;
        int place = beyond < 0 ? index : beyond % ConditionLayout.OTHER_BLOCK_CELLS;
        return block.at + ConditionLayout.BLOCK_CELLS + (long) place * Long.BYTES;
    }

    private record Block(MemorySegment memory, long at) {}
}
