package io.multiprocessing.local.queue;

import io.multiprocessing.codec.ShortCopy;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import java.lang.foreign.MemorySegment;

/**
 * A ring as this process sees it: records one behind the other, and the two words that say where they begin and end.
 * One at a time moves the tail, one at a time the head; the locks of the queue see to that.
 */
final class Ring {
    private final RingMapping mapping;
    private final Cell cell;
    private final MemorySegment memory;
    private final long tail;
    private final long head;
    private final long next;
    private final long data;
    private final int units;

    Ring(RingMapping mapping, Cell cell) {
        this.mapping = mapping;
        this.cell = cell;
        this.memory = cell.memory();
        this.tail = cell.offset() + RingLayout.TAIL;
        this.head = cell.offset() + RingLayout.HEAD;
        this.next = cell.offset() + RingLayout.NEXT;
        this.data = cell.offset() + RingLayout.DATA;
        this.units = (int) (Words.longPlain(memory, cell.offset() + RingLayout.CAPACITY) / RingLayout.UNIT_BYTES);
    }

    RingMapping mapping() {
        return mapping;
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

    void writeMessage(long tailWord, Outgoing message) {
        writeHeader(tailWord, message.isRaw() ? RingLayout.RAW : RingLayout.MESSAGE, message.length);
        long at = at(RingLayout.position(tailWord)) + RingLayout.RECORD_HEADER_BYTES;
        byte[] bytes = message.bytes;
        int first = (int) Math.min(message.length, bytes() - at);
        if (bytes != null && first == message.length) {
            ShortCopy.copy(bytes, 0, memory, data + at, first);
            return;
        }
        message.copyTo(0, memory, data + at, first);
        if (first < message.length) {
            message.copyTo(first, memory, data, message.length - first);
        }
    }

    /** What stands before what follows at the head. */
    int header(long headWord) {
        return Words.intPlain(memory, data + at(RingLayout.position(headWord)));
    }

    private void writeHeader(long tailWord, int kind, int length) {
        Words.setIntPlain(memory, data + at(RingLayout.position(tailWord)), RingLayout.header(kind, length));
    }

    /** Where the record behind one begins. */
    long after(long headWord) {
        return RingLayout.after(headWord, RingLayout.length(header(headWord)));
    }

    void writeSpillRecord(long tailWord, int length, long spilled) {
        writeHeader(tailWord, RingLayout.SPILL, RingLayout.SPILL_BYTES);
        Words.setIntPlain(memory, data + at(RingLayout.position(tailWord)) + Integer.BYTES, length);
        Words.setLongPlain(memory, data + at(RingLayout.position(tailWord) + 1), spilled);
    }

    /** Of a spilled message: how many bytes it has. */
    int spilledLength(long headWord) {
        return Words.intPlain(memory, data + at(RingLayout.position(headWord)) + Integer.BYTES);
    }

    /** Of a spilled message: how many bytes were ever spilled, its own included. */
    long spilled(long headWord) {
        return Words.longPlain(memory, data + at(RingLayout.position(headWord) + 1));
    }

    /** Copies a message that is not spilled. */
    void read(long headWord, byte[] target, int offset, int length) {
        long at = at(RingLayout.position(headWord)) + RingLayout.RECORD_HEADER_BYTES;
        int first = (int) Math.min(length, bytes() - at);
        ShortCopy.copy(memory, data + at, target, offset, first);
        if (first < length) {
            ShortCopy.copy(memory, data, target, offset + first, length - first);
        }
    }

    private long at(int position) {
        return Integer.toUnsignedLong(position & units - 1) * RingLayout.UNIT_BYTES;
    }
}
