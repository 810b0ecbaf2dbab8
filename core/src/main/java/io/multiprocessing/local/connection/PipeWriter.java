package io.multiprocessing.local.connection;

import io.multiprocessing.BrokenPipeException;
import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.local.sync.TakingTurns;
import io.multiprocessing.spi.Deadline;
import java.util.concurrent.TimeoutException;

/**
 * Sends into one way of a pipe.
 *
 * <p><b>How.</b> A sender holds the senders' lock, writes its message behind the tail, and stores the new tail. A message
 * that is large goes in parts, each as soon as there is room for it, so that the receiver copies the first while the last
 * is not yet written: a message may be larger than the ring. While its last part has not been sent the tail says so, in the
 * same word.
 *
 * <p><b>Death.</b> Who takes the lock over finds the pipe as the last store left it. Bytes behind the tail are written
 * over. If the tail says that a message is unfinished it never will be: a receiver that has begun it sees that, because the
 * tail says so no more, or another message begins. The same is done by a sender whose time is over in the middle.
 *
 * <p>Kill points: pipe-K1 written, the tail is not moved: it was never sent. pipe-K2 sent, the lock is held: handed on.
 * pipe-K3 sent, nobody is woken: receivers look again after a slice. pipe-K7 one part of several is sent: the message was
 * never sent; its receiver drops it.
 *
 * <p>Memory order: the tail is stored volatile, so who sees it sees the message, and the look at who sleeps comes after it.
 */
final class PipeWriter {
    private static final int PART_BYTES = PipeLayout.RING_BYTES / 4 - PipeLayout.PART_HEADER_BYTES;

    private final PipeState pipe;
    private final int other;
    private final Way way;
    private final LocalConnection owner;
    private final ShortWait.Experience waits = new ShortWait.Experience();
    private long lookedNanoTime = System.nanoTime();
    private long knownHead;

    PipeWriter(PipeState pipe, int end, Way way, LocalConnection owner) {
        this.pipe = pipe;
        this.other = 1 - end;
        this.way = way;
        this.owner = owner;
    }

    void write(Outgoing message, Deadline deadline) throws BrokenPipeException, InterruptedException, TimeoutException {
        requireReceiver();
        if (!way.sendLock().acquire(deadline.orSoon())) {
            throw noRoom();
        }
        try {
            owner.checkOpen();
            knownHead = PipeLayout.position(way.head());
            long tail = way.tail();
            if ((tail & PipeLayout.MIDDLE) != 0) {
                way.commitTail(PipeLayout.position(tail)); // its sender has died
            }
            send(message, PipeLayout.position(tail), deadline);
        } finally {
            way.sendLock().release();
        }
    }

    private void send(Outgoing message, long tail, Deadline deadline)
            throws BrokenPipeException, InterruptedException, TimeoutException {
        long length = message.length();
        if (length <= PART_BYTES) {
            sendPart(message, tail, PipeLayout.WHOLE, 0, (int) length, deadline);
            CrashPoint.reached("pipe-K2");
            return;
        }
        if (deadline.isOver() && !hasRoom(tail + bytesInParts(length))) {
            throw noRoom();
        }
        boolean isSent = false;
        long position = tail;
        try {
            for (long sent = 0; sent < length; sent += PART_BYTES) {
                int part = (int) Math.min(PART_BYTES, length - sent);
                int kind = sent == 0 ? PipeLayout.FIRST : sent + part == length ? PipeLayout.LAST : PipeLayout.NEXT;
                position = sendPart(message, position, kind, sent, part, deadline);
                CrashPoint.reached("pipe-K7");
            }
            isSent = true;
        } finally {
            if (!isSent && position != tail) {
                way.commitTail(position); // who has begun to receive it forgets it
                wakeReceivers();
            }
        }
    }

    private static long bytesInParts(long length) {
        return PipeLayout.padded(length) + (length / PART_BYTES + 1) * PipeLayout.PART_HEADER_BYTES;
    }

    /** Sends one part when there is room; gives the new tail. */
    private long sendPart(Outgoing message, long tail, int kind, long from, int length, Deadline deadline)
            throws BrokenPipeException, InterruptedException, TimeoutException {
        long newTail = tail + PipeLayout.PART_HEADER_BYTES + PipeLayout.padded(length);
        awaitRoom(newTail, deadline);
        way.writePart(tail, kind, length, message.length());
        way.copyIn(tail, message, from, length);
        CrashPoint.reached("pipe-K1");
        boolean isLast = kind == PipeLayout.WHOLE || kind == PipeLayout.LAST;
        way.commitTail(isLast ? newTail : newTail | PipeLayout.MIDDLE);
        CrashPoint.reached("pipe-K3");
        wakeReceivers();
        return newTail;
    }

    private void awaitRoom(long newTail, Deadline deadline)
            throws BrokenPipeException, InterruptedException, TimeoutException {
        if (hasRoom(newTail)) {
            return;
        }
        for (ShortWait wait = new ShortWait(waits); wait.pause(); ) {
            if (hasRoom(newTail)) {
                wait.succeeded();
                return;
            }
        }
        if (deadline.isOver() || !way.roomWait().await(hasRoomOrNobody(newTail), deadline)) {
            throw noRoom();
        }
        if (pipe.isEnded(other)) {
            throw broken();
        }
    }

    private TakingTurns.Attempt hasRoomOrNobody(long newTail) {
        return () -> {
            owner.checkOpen();
            if (hasRoom(newTail)) {
                return true;
            }
            lookNowAndThen();
            return pipe.isEnded(other);
        };
    }

    private boolean hasRoom(long newTail) {
        if (newTail - knownHead <= way.capacity()) {
            return true;
        }
        knownHead = PipeLayout.position(way.head());
        return newTail - knownHead <= way.capacity();
    }

    private void wakeReceivers() {
        way.dataWait().changed(Integer.MAX_VALUE);
    }

    private void requireReceiver() throws BrokenPipeException {
        lookNowAndThen();
        if (pipe.isEnded(other)) {
            throw broken();
        }
    }

    /** Asks whether the other side lives; not each time, for that is a system call. */
    private void lookNowAndThen() {
        long now = System.nanoTime();
        if (now - lookedNanoTime >= Way.SLICE_NANOS / 2) {
            lookedNanoTime = now;
            pipe.look(other);
        }
    }

    private static BrokenPipeException broken() {
        return new BrokenPipeException("the other end of the connection is closed: nobody can receive any more");
    }

    private static TimeoutException noRoom() {
        return new TimeoutException("there was no room in the pipe in time");
    }
}
