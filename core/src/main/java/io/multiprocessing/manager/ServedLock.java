package io.multiprocessing.manager;

import io.multiprocessing.Abandonment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lock, recursive or not. One that is not recursive may be released by anybody, and is otherwise of the client that
 * acquired it: when that is gone the lock is free, and says to the next holder that it was abandoned.
 */
final class ServedLock implements Served {
    /** How long whoever finds the lock held lets others run before it sleeps: as long as some calls take. */
    private static final long BRIEFLY_NANOS = 50_000;

    private final boolean isRecursive;
    private volatile @Nullable Caller owner;
    private int depth;
    private @Nullable Abandonment left;
    private @Nullable Abandonment takenOver;

    ServedLock(Kind kind) {
        this.isRecursive = kind == Kind.RLOCK;
    }

    @Override
    public @Nullable Object call(Call call) throws InterruptedException {
        if (call.method().equals("acquire")) {
            long nanos = call.number(0);
            waitBriefly(call.caller(), nanos);
            return acquire(call.caller(), nanos);
        }
        return callAtOnce(call);
    }

    private synchronized @Nullable Object callAtOnce(Call call) {
        Caller caller = call.caller();
        return switch (call.method()) {
            case "release" -> {
                release(caller);
                yield null;
            }
            case "isLocked" -> owner != null;
            case "holdCount" -> isRecursive && caller.equals(owner) ? depth : 0;
            case "abandonment" -> takenOver;
            case "describe" -> describe();
            default -> throw call.unknownMethod(typeName());
        };
    }

    @Override
    public synchronized void departed(Client client) {
        Caller holder = owner;
        if (holder != null && holder.client() == client) {
            left = new Abandonment(client.pid(), Instant.now());
            free();
        }
    }

    /** Waits for who has the lock, if it has not got it for long: a sleep and a wake take longer than a few calls. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint to the scheduler, on which nothing relies
    private void waitBriefly(Caller caller, long nanos) {
        if (owner != null && nanos != 0 && !(isRecursive && caller.equals(owner))) {
            long end = System.nanoTime() + (nanos < 0 ? BRIEFLY_NANOS : Math.min(nanos, BRIEFLY_NANOS));
            while (owner != null && System.nanoTime() - end < 0) {
                Thread.yield();
            }
        }
    }

    synchronized boolean acquire(Caller caller, long nanos) throws InterruptedException {
        if (isRecursive && caller.equals(owner)) {
            depth++;
            return true;
        }
        Patience patience = new Patience(nanos);
        while (owner != null) {
            if (!patience.await(this)) {
                return false;
            }
        }
        Patience.requirePresent(caller);
        own(caller, 1);
        return true;
    }

    synchronized void release(Caller caller) {
        if (isRecursive) {
            requireHeld(caller);
        } else if (owner == null) {
            throw new IllegalMonitorStateException("the lock is not held by anybody, so it can't be released");
        }
        if (--depth == 0) {
            free();
        }
    }

    /** @throws IllegalMonitorStateException if the caller, or its process where the lock is not recursive, has it not */
    synchronized void requireHeld(Caller caller) {
        Caller holder = owner;
        boolean isHeld = isRecursive ? caller.equals(holder) : holder != null && holder.client() == caller.client();
        if (!isHeld) {
            throw new IllegalMonitorStateException("the lock is not held by " + caller + ": " + describe());
        }
    }

    /** Frees the lock, however deep it is held; {@link #acquireAgain} undoes that. */
    synchronized int releaseFully() {
        int held = depth;
        free();
        return held;
    }

    /** Waits for the lock without end, unless the client goes; an interrupt is kept for later. */
    synchronized void acquireAgain(Caller caller, int held) throws InterruptedException {
        boolean isInterrupted = false;
        while (owner != null && !caller.client().isGone()) {
            try {
                wait();
            } catch (InterruptedException keptForLater) {
                isInterrupted = true;
            }
        }
        Patience.requirePresent(caller);
        own(caller, held);
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized String describe() {
        return typeName() + "["
                + (owner == null ? "free" : "held by " + owner + (isRecursive ? ", " + depth + " deep" : "")) + "]";
    }

    private void own(Caller caller, int times) {
        owner = caller;
        depth = times;
        takenOver = left;
        left = null;
    }

    private void free() {
        owner = null;
        depth = 0;
        takenOver = null;
        notifyAll();
    }

    private String typeName() {
        return isRecursive ? "RLock" : "Lock";
    }
}
