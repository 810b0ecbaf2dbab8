package io.multiprocessing.local.connection;

import io.multiprocessing.codec.ShortCopy;
import io.multiprocessing.local.object.Home;
import io.multiprocessing.local.segment.Cell;
import io.multiprocessing.local.segment.Words;
import io.multiprocessing.local.sync.Mutex;
import io.multiprocessing.local.sync.TakingTurns;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/** One of the ways of a pipe, from one end to the other: its ring, and the words that say how far it is used. */
final class Way {
    /** So soon after a death the others look who lives. */
    static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final MemorySegment memory;
    private final long way;
    private final long ring;
    private final int capacity;
    private final Mutex sendLock;
    private final Mutex receiveLock;
    private final TakingTurns dataWait;
    private final TakingTurns roomWait;

    Way(Home home, Cell pipe, int fromEnd) {
        this.memory = pipe.memory();
        this.way = pipe.offset() + PipeLayout.way(fromEnd);
        this.capacity = Words.intPlain(memory, pipe.offset() + PipeLayout.CAPACITY);
        this.ring = pipe.offset() + PipeLayout.ring(fromEnd, capacity);
        this.sendLock = new Mutex(home, PipeLayout.lock(pipe, PipeLayout.way(fromEnd) + PipeLayout.SEND_LOCK));
        this.receiveLock = new Mutex(home, PipeLayout.lock(pipe, PipeLayout.way(fromEnd) + PipeLayout.RECEIVE_LOCK));
        this.dataWait = wait(home, PipeLayout.DATA_WORD);
        this.roomWait = wait(home, PipeLayout.ROOM_WORD);
    }

    int capacity() {
        return capacity;
    }

    Mutex sendLock() {
        return sendLock;
    }

    Mutex receiveLock() {
        return receiveLock;
    }

    TakingTurns dataWait() {
        return dataWait;
    }

    TakingTurns roomWait() {
        return roomWait;
    }

    long tail() {
        return Words.longVolatile(memory, way + PipeLayout.TAIL);
    }

    long head() {
        return Words.longVolatile(memory, way + PipeLayout.HEAD);
    }

    /** Whether everything has been received that was sent. */
    boolean isEmpty() {
        return PipeLayout.position(tail()) == PipeLayout.position(head());
    }

    /** Makes what was written up to here a part of the pipe. */
    void commitTail(long word) {
        Words.setLongVolatile(memory, way + PipeLayout.TAIL, word);
    }

    /** Takes what was read up to here out of the pipe. */
    void commitHead(long word) {
        Words.setLongVolatile(memory, way + PipeLayout.HEAD, word);
    }

    void writePart(long position, int kind, int length, long total) {
        long at = ring + at(position);
        Words.setIntPlain(memory, at + PipeLayout.PART_LENGTH, length);
        Words.setIntPlain(memory, at + PipeLayout.PART_KIND, kind);
        // The header may be cut by the end of the ring, but only between its words.
        Words.setLongPlain(memory, ring + at(position + PipeLayout.PART_TOTAL), total);
    }

    int partLength(long position) {
        return Words.intPlain(memory, ring + at(position) + PipeLayout.PART_LENGTH);
    }

    int partKind(long position) {
        return Words.intPlain(memory, ring + at(position) + PipeLayout.PART_KIND);
    }

    long partTotal(long position) {
        return Words.longPlain(memory, ring + at(position + PipeLayout.PART_TOTAL));
    }

    /** Copies some bytes of a message into the part that begins at a position. */
    void copyIn(long position, Outgoing source, long from, int length) {
        long at = at(position + PipeLayout.PART_HEADER_BYTES);
        int first = (int) Math.min(length, capacity - at);
        source.copyTo(from, memory, ring + at, first);
        if (first < length) {
            source.copyTo(from + first, memory, ring, length - first);
        }
    }

    /** Copies the bytes of the part that begins at a position. */
    void copyOut(long position, byte[] target, int offset, int length) {
        long at = at(position + PipeLayout.PART_HEADER_BYTES);
        int first = (int) Math.min(length, capacity - at);
        ShortCopy.copy(memory, ring + at, target, offset, first);
        if (first < length) {
            ShortCopy.copy(memory, ring, target, offset + first, length - first);
        }
    }

    void wakeAll() {
        dataWait.changed(Integer.MAX_VALUE);
        roomWait.changed(Integer.MAX_VALUE);
    }

    private long at(long position) {
        return position & capacity - 1;
    }

    private TakingTurns wait(Home home, long word) {
        return new TakingTurns(home, memory, way + word, SLICE_NANOS);
    }
}
