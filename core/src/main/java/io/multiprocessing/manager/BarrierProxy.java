package io.multiprocessing.manager;

import io.multiprocessing.Barrier;
import io.multiprocessing.Task;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;

/** A barrier of a manager; its action runs here, in the process of the party that arrives last. */
@SuppressWarnings("serial") // it travels as a handle
final class BarrierProxy extends ObjectProxy implements Barrier {
    BarrierProxy(Core core) {
        super(core);
    }

    @Override
    public int await() throws InterruptedException, BrokenBarrierException {
        return await(true, 0);
    }

    @Override
    public int await(Duration timeout) throws InterruptedException, BrokenBarrierException {
        return await(false, Patience.nanos(timeout));
    }

    @Override
    public void reset() {
        core().call("reset");
    }

    @Override
    public void abort() {
        core().call("abort");
    }

    @Override
    public int parties() {
        return core().integer("parties");
    }

    @Override
    public int waiting() {
        return core().integer("waiting");
    }

    @Override
    public boolean isBroken() {
        return core().flag("isBroken");
    }

    @Override
    public String toString() {
        return "Barrier[" + (isBroken() ? "broken" : waiting() + " of " + parties() + " waiting") + "]";
    }

    private int await(boolean isOwnLimit, long nanos) throws InterruptedException, BrokenBarrierException {
        int number = (Integer) Objects.requireNonNull(core().await("await", isOwnLimit, nanos));
        return number == ServedBarrier.RUN_ACTION ? runAction() : number;
    }

    private int runAction() throws InterruptedException, BrokenBarrierException {
        boolean isDone = false;
        try {
            ((Task) core().value("action")).run();
            isDone = true;
            return core().integer("actionDone", true);
        } catch (BrokenBarrierException | InterruptedException told) {
            throw told;
        } catch (Exception thrown) {
            var broken = new BrokenBarrierException("the action of the barrier threw: " + thrown);
            broken.initCause(thrown);
            throw broken;
        } finally {
            if (!isDone) {
                core().call("actionDone", false);
            }
        }
    }
}
