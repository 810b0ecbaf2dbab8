package io.multiprocessing.manager;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import org.jspecify.annotations.Nullable;

/**
 * A barrier. Who arrives last is told to run the action, if there is one, and says when that is done: it runs in its
 * process. The barrier breaks when the client of a party is gone that waits, or that was to run the action.
 */
final class ServedBarrier implements Served {
    /** What the last party gets in place of a number: it is to run the action. */
    static final int RUN_ACTION = -1;

    private final int parties;
    private final @Nullable Object action;
    private final long limitNanos;
    private Pass pass = new Pass();
    private boolean isBroken;

    /**
     * @param action what clients know how to run
     * @param limitNanos how long a party waits if it does not say so; less than zero for ever
     */
    ServedBarrier(int parties, @Nullable Object action, long limitNanos) {
        if (parties < 1) {
            throw new IllegalArgumentException("a barrier needs 1 party at least, not " + parties);
        }
        this.parties = parties;
        this.action = action;
        this.limitNanos = limitNanos;
    }

    @Override
    public synchronized @Nullable Object call(Call call) throws InterruptedException, BrokenBarrierException {
        switch (call.method()) {
            case "await" -> {
                return await(call.caller(), call.flag(0) ? limitNanos : call.number(1));
            }
            case "actionDone" -> {
                return actionDone(call.caller(), call.flag(0));
            }
            case "action" -> {
                return action;
            }
            case "reset" -> {
                pass.end(false);
                begin();
                isBroken = false;
            }
            case "abort" -> breakUp();
            case "parties" -> {
                return parties;
            }
            case "waiting" -> {
                return isBroken ? 0 : pass.arrived.size();
            }
            case "isBroken" -> {
                return isBroken;
            }
            default -> throw call.unknownMethod(Kind.BARRIER.typeName());
        }
        return null;
    }

    @Override
    public synchronized void departed(Client client) {
        if (pass.arrived.stream().anyMatch(party -> party.client() == client)) {
            breakUp();
        }
    }

    private int await(Caller caller, long nanos) throws InterruptedException, BrokenBarrierException {
        Patience patience = new Patience(nanos);
        while (pass.runner != null && !isBroken) { // the action of the last pass runs yet
            if (!patience.await(this)) {
                breakUp();
            }
        }
        if (isBroken) {
            throw broken("the barrier is broken");
        }
        Patience.requirePresent(caller);
        Pass mine = pass;
        mine.arrived.add(caller);
        int number = mine.arrived.size() - 1;
        if (number == parties - 1) {
            if (action != null) {
                mine.runner = caller;
                return RUN_ACTION;
            }
            succeed(mine);
            return number;
        }
        try {
            while (mine.isOpen) {
                if (!patience.await(this)) {
                    breakUp(mine);
                    break;
                }
            }
        } catch (InterruptedException interrupted) {
            breakUp(mine);
            throw interrupted;
        }
        if (!mine.isPassed) {
            throw broken("the barrier broke while this party waited");
        }
        return number;
    }

    private int actionDone(Caller caller, boolean isDone) throws BrokenBarrierException {
        Pass mine = pass;
        if (!caller.equals(mine.runner)) {
            throw broken("the barrier broke while the action ran");
        }
        if (!isDone) {
            breakUp();
            return 0;
        }
        succeed(mine);
        return parties - 1;
    }

    private void succeed(Pass mine) {
        mine.end(true);
        begin();
    }

    private void begin() {
        pass = new Pass();
        notifyAll();
    }

    private void breakUp(Pass mine) {
        if (mine == pass && mine.isOpen) {
            breakUp();
        }
    }

    private void breakUp() {
        pass.end(false);
        begin();
        isBroken = true;
    }

    private static BrokenBarrierException broken(String message) {
        return new BrokenBarrierException(message);
    }

    /** One time that all arrive. */
    private static final class Pass {
        final List<Caller> arrived = new ArrayList<>();

        @Nullable
        Caller runner;

        boolean isOpen = true;
        boolean isPassed;

        void end(boolean passed) {
            isOpen = false;
            isPassed = passed;
        }
    }
}
