package io.multiprocessing.manager;

import io.multiprocessing.Event;
import java.time.Duration;

/** An event of a manager. */
@SuppressWarnings("serial") // it travels as a handle
final class EventProxy extends ObjectProxy implements Event {
    EventProxy(Core core) {
        super(core);
    }

    @Override
    public void set() {
        core().call("set");
    }

    @Override
    public void clear() {
        core().call("clear");
    }

    @Override
    public boolean isSet() {
        return core().flag("isSet");
    }

    @Override
    public void await() throws InterruptedException {
        core().await("await", Patience.FOREVER);
    }

    @Override
    public boolean await(Duration timeout) throws InterruptedException {
        return core().awaitFlag("await", Patience.nanos(timeout));
    }

    @Override
    public String toString() {
        return "Event[" + (isSet() ? "set" : "unset") + "]";
    }
}
