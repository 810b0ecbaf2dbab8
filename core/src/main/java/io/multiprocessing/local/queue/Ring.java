package io.multiprocessing.local.queue;

import io.multiprocessing.SegmentException;
import io.multiprocessing.codec.ShortCopy;
import io.multiprocessing.local.segment.BareWords;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;

/**
 * A ring as this process sees it: records one behind the other, and the two words that say where they begin and end.
 * One at a time moves the tail, one at a time the head; the locks of the queue see to that.
 *
 * <p>Its memory is read and written without a question: who uses a ring keeps it mapped, see {@link RingMapping}, and each
 * access lies within it, whatever others have written there.
 */
final class Ring {
    private final RingMapping mapping;
    private final Cell cell;
    private final long tail;
    private final long head;
    private final long next;
    private final long data;
    private final long bytes;
    private final int units;

    /** @throws SegmentException if what stands in the cell can't be a ring */
    Ring(RingMapping mapping, Cell cell) {
        this.mapping = mapping;
        this.cell = cell;
        this.bytes = Words.longPlain(cell.memory(), cell.offset() + RingLayout.CAPACITY);
        if (bytes < RingLayout.UNIT_BYTES || bytes > cell.bytes() - RingLayout.DATA || Long.bitCount(bytes) != 1) {
            throw damaged("it has " + bytes + " bytes");
        }
        long base = cell.memory().address() + cell.offset();
        this.tail = base + RingLayout.TAIL;
        this.head = base + RingLayout.HEAD;
        this.next = base + RingLayout.NEXT;
        this.data = base + RingLayout.DATA;
        this.units = (int) (bytes / RingLayout.UNIT_BYTES);
    }

    RingMapping mapping() {
        return mapping;
    }

    long segment() {
        return cell.id().segment();
    }

    long bytes() {
        return bytes;
    }

    long tail() {
        return BareWords.longVolatile(tail);
    }

    long head() {
        return BareWords.longVolatile(head);
    }

    /** Makes what was written up to here a part of the queue. */
    void commitTail(long word) {
        BareWords.setLongRelease(tail, word);
    }

    /** Takes what was read up to here out of the queue. */
    void commitHead(long word) {
        BareWords.setLongRelease(head, word);
    }

    long next() {
        return BareWords.longVolatile(next);
    }

    void setNext(long segment) {
        BareWords.setLongVolatile(next, segment);
    }

    /** How many bytes this ring and all that were before it have. */
    long sum() {
        return Words.longPlain(cell.memory(), cell.offset() + RingLayout.SUM);
    }

    /** How many units are free between a tail and a head. */
    int free(long tailWord, long headWord) {
        return units - (RingLayout.position(tailWord) - RingLayout.position(headWord));
    }

    int units() {
        return units;
    }

    void writeMessage(long tailWord, Outgoing message) {
        writeHeader(tailWord, message.kind(), message.length);
        long at = at(RingLayout.position(tailWord)) + RingLayout.RECORD_HEADER_BYTES;
        byte[] source = message.bytes;
        int first = (int) Math.min(message.length, bytes - at);
        if (source != null && first == message.length) {
            ShortCopy.copy(source, 0, BareWords.EVERYWHERE, data + at, first);
            return;
        }
        message.copyTo(0, BareWords.EVERYWHERE, data + at, first);
        if (first < message.length) {
            message.copyTo(first, BareWords.EVERYWHERE, data, message.length - first);
        }
    }

    /**
     * What stands before what follows at the head.
     *
     * @throws SegmentException if that would be more than there can be
     */
    int header(long headWord) {
        int header = BareWords.intPlain(data + at(RingLayout.position(headWord)));
        if (RingLayout.length(header) > bytes) {
            throw damaged("a message has " + RingLayout.length(header) + " bytes");
        }
        return header;
    }

    private void writeHeader(long tailWord, int kind, int length) {
        BareWords.setIntPlain(data + at(RingLayout.position(tailWord)), RingLayout.header(kind, length));
    }

    /** Where the record behind one begins. */
    long after(long headWord) {
        return RingLayout.after(headWord, RingLayout.length(header(headWord)));
    }

    void writeSpillRecord(long tailWord, int length, long spilled) {
        writeHeader(tailWord, RingLayout.SPILL, RingLayout.SPILL_BYTES);
        BareWords.setIntPlain(data + at(RingLayout.position(tailWord)) + Integer.BYTES, length);
        BareWords.setLongPlain(data + at(RingLayout.position(tailWord) + 1), spilled);
    }

    /** Of a spilled message: how many bytes it has. */
    int spilledLength(long headWord) {
        return BareWords.intPlain(data + at(RingLayout.position(headWord)) + Integer.BYTES);
    }

    /** Of a spilled message: how many bytes were ever spilled, its own included. */
    long spilled(long headWord) {
        return BareWords.longPlain(data + at(RingLayout.position(headWord) + 1));
    }

    /** Copies a message that is not spilled. */
    void read(long headWord, byte[] target, int offset, int length) {
        long at = at(RingLayout.position(headWord)) + RingLayout.RECORD_HEADER_BYTES;
        int first = (int) Math.min(length, bytes - at);
        ShortCopy.copy(BareWords.EVERYWHERE, data + at, target, offset, first);
        if (first < length) {
            ShortCopy.copy(BareWords.EVERYWHERE, data, target, offset + first, length - first);
        }
    }

    private SegmentException damaged(String claim) {
        return new SegmentException("the ring at " + cell.id() + " is damaged: it says that " + claim);
    }

    private long at(int position) {
        return Integer.toUnsignedLong(position & units - 1) * RingLayout.UNIT_BYTES;
    }
}
