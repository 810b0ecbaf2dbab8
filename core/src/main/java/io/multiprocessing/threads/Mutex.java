package io.multiprocessing.threads;

import io.multiprocessing.Abandonment;
import io.multiprocessing.spi.Deadline;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a lock: a context, which is a process, and for recursive locks which of its threads, and how often. Who finds
 * that the holder's context is closed takes the lock over, as from a process that has ended.
 */
@SuppressWarnings("ReferenceEquality") // a context is itself, and so is a thread
final class Mutex {
    private final Room room;

    // Guarded by the room.
    private @Nullable TwinContext owner;
    private @Nullable Thread thread;
    private int depth;
    private @Nullable Abandonment abandonment;

    Mutex(Space space) {
        this.room = new Room(space);
    }

    boolean tryAcquire(TwinContext context) {
        context.checkOpen();
        return room.look(() -> take(context));
    }

    boolean acquire(TwinContext context, Deadline deadline) throws InterruptedException {
        return room.await(context, () -> take(context), deadline);
    }

    /** An interrupt is kept for later. */
    void acquireUninterruptibly(TwinContext context, int times) {
        room.awaitUninterruptibly(context, () -> {
            if (!take(context)) {
                return false;
            }
            depth = times;
            return true;
        });
    }

    /** Acquires once more what this thread holds; false if it does not. */
    boolean reenter(TwinContext context) {
        context.checkOpen();
        return room.look(() -> {
            if (!isOwner(context)) {
                return false;
            }
            depth++;
            return true;
        });
    }

    boolean reenterInterruptibly(TwinContext context) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return reenter(context);
    }

    /** Releases it, whoever holds it. Who has left the context holds nothing any more, and does nothing. */
    void release(TwinContext context) {
        room.changeForOne(() -> {
            if (owner == null && !context.isClosed()) {
                throw new IllegalMonitorStateException("release of a lock that nobody holds");
            }
            if (!context.isClosed() || owner == context) {
                free();
            }
        });
    }

    /** Releases it once; false if this thread does not hold it. */
    boolean releaseOnce(TwinContext context) {
        boolean[] held = {false};
        room.changeForOne(() -> {
            held[0] = isOwner(context);
            if (held[0] && --depth == 0) {
                free();
            }
        });
        return held[0];
    }

    /** Releases it however often it is held, and says how often that was. */
    int releaseFully() {
        int[] held = {0};
        room.changeForOne(() -> {
            held[0] = depth;
            free();
        });
        return held[0];
    }

    boolean isHeld() {
        return room.look(() -> owner != null);
    }

    boolean isHeldBy(TwinContext context) {
        return room.look(() -> owner == context);
    }

    /** How often this thread holds it. */
    int depth(TwinContext context) {
        return room.look(() -> isOwner(context) ? depth : 0);
    }

    @Nullable
    Abandonment abandonment() {
        return room.<@Nullable Abandonment>look(() -> abandonment);
    }

    /** Who holds it, for people. */
    String describeHolder(TwinContext asker, boolean withThread) {
        return room.look(() -> {
            TwinContext holder = owner;
            if (holder == null) {
                return "free";
            }
            if (holder == asker) {
                return withThread && thread != null
                        ? "held by thread " + thread.getName() + " of this process, " + depth + " deep"
                        : "held by this process";
            }
            return "held by " + holder.owner() + ", pid "
                    + ProcessHandle.current().pid() + (holder.isClosed() ? ", which has ended" : "");
        });
    }

    private boolean isOwner(TwinContext context) {
        return owner == context && thread == Thread.currentThread();
    }

    private boolean take(TwinContext context) {
        TwinContext holder = owner;
        if (holder != null && !holder.isClosed()) {
            return false;
        }
        context.checkOpen(); // its holder may have left just now, by leaving the context of us both
        abandonment =
                holder == null ? null : new Abandonment(ProcessHandle.current().pid(), Instant.now());
        owner = context;
        thread = Thread.currentThread();
        depth = 1;
        return true;
    }

    private void free() {
        owner = null;
        thread = null;
        depth = 0;
        abandonment = null;
    }
}
