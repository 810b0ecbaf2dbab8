package io.multiprocessing.local.connection;

import io.multiprocessing.local.segment.CrashPoint;
import io.multiprocessing.spi.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Receives from one way of a pipe.
 *
 * <p><b>How.</b> A receiver holds the receivers' lock, copies the message at the head, and stores the new head. Of a message
 * that comes in parts it keeps in its own memory what has come so far, and gives back the room of each part. While the last
 * part has not been received the head says so, in the same word. If it stops in the middle, because its time is over or it
 * was interrupted, the next one to receive in the same process goes on.
 *
 * <p><b>Death.</b> Who takes the lock over finds the pipe as the last store left it. If the head says that a message has
 * been received in part, by a process that is not this one, what is left of it is passed over: the message has gone with the
 * process that took it.
 *
 * <p>Kill points: pipe-K4 copied, the head is not moved: it is still there. pipe-K5 received, the lock is held: handed on;
 * the message is lost with its process. pipe-K6 received, no sender is woken: senders look again after a slice. pipe-K8 one
 * part of several is received: the rest is passed over.
 *
 * <p>Memory order: as in {@link PipeWriter}, with the head and the room that it frees.
 */
final class PipeReader {
    private final PipeState pipe;
    private final int other;
    private final Way way;
    private final LocalConnection owner;
    private final ShortWait.Experience waits = new ShortWait.Experience();
    private volatile long lookedNanoTime = System.nanoTime();

    // Guarded by the receivers' lock.
    private @Nullable Begun begun;

    PipeReader(PipeState pipe, int end, Way way, LocalConnection owner) {
        this.pipe = pipe;
        this.other = 1 - end;
        this.way = way;
        this.owner = owner;
    }

    /** A message that has come in part; it is ours as long as the head stands where we left it. */
    private static final class Begun {
        final byte[] bytes;
        int received;
        long head;

        Begun(int length) {
            this.bytes = new byte[length];
        }
    }

    /** Receives a message, or the reason why none will come; false if nothing comes in time. */
    boolean read(Incoming target, Deadline deadline) throws InterruptedException {
        if (tryRead(target, deadline)) {
            return true;
        }
        if (deadline.isOver()) {
            lookNowAndThen();
            return tryRead(target, deadline);
        }
        for (ShortWait wait = new ShortWait(waits); wait.pause(); ) {
            if (!way.isEmpty() && tryRead(target, deadline)) {
                wait.succeeded();
                return true;
            }
        }
        return way.dataWait()
                .await(
                        () -> {
                            lookNowAndThen();
                            return tryRead(target, deadline);
                        },
                        deadline);
    }

    /** Waits until something can be received; false if nothing comes in time. */
    boolean poll(Deadline deadline) throws InterruptedException {
        if (isReady()) {
            return true;
        }
        if (deadline.isOver()) {
            lookNowAndThen();
            return isReady();
        }
        return way.dataWait()
                .await(
                        () -> {
                            lookNowAndThen();
                            return isReady();
                        },
                        deadline);
    }

    private boolean isReady() throws InterruptedException {
        owner.checkReadable();
        boolean ended = pipe.isEnded(other);
        if (way.isEmpty()) {
            return ended;
        }
        if ((way.head() & PipeLayout.MIDDLE) == 0) {
            return true;
        }
        way.receiveLock().acquire(Deadline.NEVER);
        try {
            passOver(mine());
            return !way.isEmpty();
        } finally {
            way.receiveLock().release();
        }
    }

    private boolean tryRead(Incoming target, Deadline deadline) throws InterruptedException {
        owner.checkReadable();
        boolean ended = pipe.isEnded(other);
        if (way.isEmpty()) {
            return ended;
        }
        if (!way.receiveLock().acquire(deadline.orSoon())) {
            return false;
        }
        try {
            return take(target) || (ended && way.isEmpty());
        } finally {
            way.receiveLock().release();
        }
    }

    /** Takes what is there, until that is a message. */
    private boolean take(Incoming target) {
        Begun mine = mine();
        passOver(mine);
        long head = way.head();
        while (PipeLayout.position(head) != PipeLayout.position(way.tail())) {
            long position = PipeLayout.position(head);
            int length = way.partLength(position);
            int kind = way.partKind(position);
            if (kind == PipeLayout.WHOLE || kind == PipeLayout.FIRST) {
                long total = way.partTotal(position);
                begun = null; // if there was one it was never finished
                if (!target.accepts(total)) {
                    return true;
                }
                mine = new Begun((int) total);
            } else if (mine == null) {
                head = commit(position, length, kind);
                continue;
            }
            way.copyOut(position, mine.bytes, mine.received, length);
            CrashPoint.reached("pipe-K4");
            mine.received += length;
            head = commit(position, length, kind);
            mine.head = head;
            if (kind == PipeLayout.WHOLE || kind == PipeLayout.LAST) {
                CrashPoint.reached("pipe-K5");
                begun = null;
                target.set(mine.bytes);
                return true;
            }
            begun = mine;
            CrashPoint.reached("pipe-K8");
        }
        return false;
    }

    /** The message that this process has begun to receive, if nobody else has received since; then it must be longer. */
    private @Nullable Begun mine() {
        Begun known = begun;
        if (known != null && known.head != way.head()) {
            begun = null;
            return null;
        }
        return known;
    }

    /** Passes over what is left of a message that somebody else has begun to receive, or that will never be finished. */
    private void passOver(@Nullable Begun mine) {
        long head = way.head();
        while (mine == null
                && (head & PipeLayout.MIDDLE) != 0
                && PipeLayout.position(head) != PipeLayout.position(way.tail())) {
            long position = PipeLayout.position(head);
            int kind = way.partKind(position);
            if (kind == PipeLayout.WHOLE || kind == PipeLayout.FIRST) {
                return;
            }
            head = commit(position, way.partLength(position), kind);
        }
    }

    private long commit(long position, int length, int kind) {
        long newPosition = position + PipeLayout.PART_HEADER_BYTES + PipeLayout.padded(length);
        boolean isLast = kind == PipeLayout.WHOLE || kind == PipeLayout.LAST;
        long head = isLast ? newPosition : newPosition | PipeLayout.MIDDLE;
        way.commitHead(head);
        CrashPoint.reached("pipe-K6");
        way.roomWait().changed(Integer.MAX_VALUE);
        return head;
    }

    /** Asks whether the other side lives; not each time, for that is a system call. */
    private void lookNowAndThen() {
        long now = System.nanoTime();
        if (now - lookedNanoTime >= Way.SLICE_NANOS / 2) {
            lookedNanoTime = now;
            pipe.look(other);
        }
    }
}
