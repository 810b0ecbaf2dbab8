package io.multiprocessing.manager;

import io.multiprocessing.Abandonment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A lock, recursive or not. One that is not recursive may be released by anybody, and is otherwise of the client that
 * acquired it: when that is gone the lock is free, and says to the next holder that it was abandoned.
 */
final class ServedLock implements Served {
    private final boolean isRecursive;
    private @Nullable Caller owner;
    private int depth;
    private @Nullable Abandonment left;
    private @Nullable Abandonment takenOver;

    ServedLock(Kind kind) {
        this.isRecursive = kind == Kind.RLOCK;
    }

    @Override
    public synchronized @Nullable Object call(Call call) throws InterruptedException {
        Caller caller = call.caller();
        return switch (call.method()) {
            case "acquire" -> acquire(caller, call.number(0));
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
