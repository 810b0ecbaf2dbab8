package io.multiprocessing.local.queue;

import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A ring as this process sees it: records one behind the other, and the two words that say where they begin and end.
 * One at a time moves the tail, one at a time the head; the locks of the queue see to that.
 */
final class Ring {
    private final Cell cell;
    private final MemorySegment memory;
    private final long tail;
    private final long head;
    private final long next;
    private final long data;
    private final int units;

    Ring(Cell cell) {
        this.cell = cell;
        this.memory = cell.memory();
        this.tail = cell.offset() + RingLayout.TAIL;
        this.head = cell.offset() + RingLayout.HEAD;
        this.next = cell.offset() + RingLayout.NEXT;
        this.data = cell.offset() + RingLayout.DATA;
        this.units = (int) (Words.longPlain(memory, cell.offset() + RingLayout.CAPACITY) / RingLayout.UNIT_BYTES);
    }

    Cell cell() {
        return cell;
    }

    long segment() {
        return cell.id().segment();
    }

    long bytes() {
        return (long) units * RingLayout.UNIT_BYTES;
    }

    long tail() {
        return Words.longVolatile(memory, tail);
    }

    long head() {
        return Words.longVolatile(memory, head);
    }

    /** Makes what was written up to here a part of the queue. */
    void commitTail(long word) {
        Words.setLongRelease(memory, tail, word);
    }

    /** Takes what was read up to here out of the queue. */
    void commitHead(long word) {
        Words.setLongRelease(memory, head, word);
    }

    long next() {
        return Words.longVolatile(memory, next);
    }

    void setNext(long segment) {
        Words.setLongVolatile(memory, next, segment);
    }

    /** How many bytes this ring and all that were before it have. */
    long sum() {
        return Words.longPlain(memory, cell.offset() + RingLayout.SUM);
    }

    /** How many units are free between a tail and a head. */
    int free(long tailWord, long headWord) {
        return units - (RingLayout.position(tailWord) - RingLayout.position(headWord));
    }

    int units() {
        return units;
    }

    void writeMessage(long tailWord, byte[] source, int offset, int length) {
        writeHeader(tailWord, RingLayout.MESSAGE, length);
        copyIn(at(RingLayout.position(tailWord) + 1), source, offset, length);
    }

    private int length(long headWord) {
        return Words.intPlain(memory, data + at(RingLayout.position(headWord)));
    }

    private void writeHeader(long tailWord, int kind, int length) {
        long at = data + at(RingLayout.position(tailWord));
        Words.setIntPlain(memory, at, length);
        Words.setIntPlain(memory, at + Integer.BYTES, kind);
    }

    /** Where the record behind one begins. */
    long after(long headWord) {
        int bytes = isSpill(headWord) ? RingLayout.SPILL_BYTES : length(headWord);
        return RingLayout.word(
                RingLayout.messages(headWord) + 1, RingLayout.position(headWord) + RingLayout.units(bytes));
    }

    /** Copies a message, be it here or in a file. */
    void copy(long headWord, Message target, Spill spill) {
        int length = length(headWord);
        byte[] bytes = target.reserve(length);
        if (isSpill(headWord)) {
            spill.read(RingLayout.messages(headWord), bytes, length);
        } else {
            read(headWord, bytes, length);
        }
    }

    void writeSpillRecord(long tailWord, int length, long spilled) {
        writeHeader(tailWord, RingLayout.SPILL, length);
        Words.setLongPlain(memory, data + at(RingLayout.position(tailWord) + 1), spilled);
    }

    boolean isSpill(long headWord) {
        return Words.intPlain(memory, data + at(RingLayout.position(headWord)) + Integer.BYTES) == RingLayout.SPILL;
    }

    /** Of a spilled message: how many bytes were ever spilled, its own included. */
    long spilled(long headWord) {
        return Words.longPlain(memory, data + at(RingLayout.position(headWord) + 1));
    }

    private void read(long headWord, byte[] target, int length) {
        long at = at(RingLayout.position(headWord) + 1);
        long first = Math.min(length, bytes() - at);
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, data + at, target, 0, (int) first);
        if (first < length) {
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, data, target, (int) first, length - (int) first);
        }
    }

    private void copyIn(long at, byte[] source, int offset, int length) {
        int first = (int) Math.min(length, bytes() - at);
        MemorySegment.copy(source, offset, memory, ValueLayout.JAVA_BYTE, data + at, first);
        if (first < length) {
            MemorySegment.copy(source, offset + first, memory, ValueLayout.JAVA_BYTE, data, length - first);
        }
    }

    private long at(int position) {
        return Integer.toUnsignedLong(position & units - 1) * RingLayout.UNIT_BYTES;
    }
}
