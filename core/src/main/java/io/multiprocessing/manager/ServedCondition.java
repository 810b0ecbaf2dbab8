package io.multiprocessing.manager;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a lock. Whoever waits longest is woken first. The monitor of the lock guards the waiters too, so nothing
 * happens between the release of the lock and the wait.
 */
final class ServedCondition implements Served {
    private final Referent lockReferent;
    private final ServedLock lock;
    private final Deque<Waiter> waiters = new ArrayDeque<>();

    ServedCondition(Referent lock) {
        if (!(lock.target() instanceof ServedLock served)) {
            throw new IllegalArgumentException("a condition needs a lock or an rlock of this manager, not a " + lock);
        }
        this.lockReferent = lock;
        this.lock = served;
    }

    @Override
    public @Nullable Object call(Call call) throws InterruptedException {
        synchronized (lock) {
            return switch (call.method()) {
                case "await" -> await(call.caller(), call.number(0));
                case "signal" -> {
                    lock.requireHeld(call.caller());
                    signal(call.integer(0));
                    yield null;
                }
                case "lock" -> lockReferent;
                case "waiters" -> waiters.size();
                default -> throw call.unknownMethod(Kind.CONDITION.typeName());
            };
        }
    }

    private boolean await(Caller caller, long nanos) throws InterruptedException {
        lock.requireHeld(caller);
        Waiter waiter = new Waiter();
        waiters.addLast(waiter);
        int held = lock.releaseFully();
        InterruptedException interrupted = null;
        try {
            Patience patience = new Patience(nanos);
            boolean isInTime = true;
            while (!waiter.isSignalled && isInTime) {
                isInTime = patience.await(lock);
            }
        } catch (InterruptedException toldLater) {
            interrupted = toldLater;
        }
        waiters.remove(waiter);
        if (waiter.isSignalled && (interrupted != null || caller.client().isGone())) {
            signal(1); // it goes to another one
            waiter.isSignalled = false;
        }
        lock.acquireAgain(caller, held);
        if (interrupted != null) {
            throw interrupted;
        }
        return waiter.isSignalled;
    }

    private void signal(int most) {
        for (int i = 0; i < most && !waiters.isEmpty(); i++) {
            waiters.removeFirst().isSignalled = true;
        }
        lock.notifyAll();
    }

    private static final class Waiter {
        boolean isSignalled;
    }
}
