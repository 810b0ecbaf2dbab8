package io.multiprocessing.cli.chaos;

import io.multiprocessing.Event;
import io.multiprocessing.LongArray;
import io.multiprocessing.Task;
import java.time.Duration;
import java.util.List;

/** An event that is set for a moment again and again: whoever waits then goes on. */
final class EventStorm extends Storm {
    private static final Duration LONGEST_WAIT = Duration.ofMillis(1500);

    /** Of so many moments one must have come while a waiter waited. */
    private static final long MANY_MOMENTS = 8;

    private static final int MOMENTS = 0;
    private static final int TOLD = 1;

    private final Event event;
    private final LongArray state;

    EventStorm(Ground ground) {
        super(ground);
        event = ground.mp().named("event").event();
        state = ground.mp().named("event.state").raw().longArray(TOLD + 1);
    }

    @Override
    public String name() {
        return "event";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new EventStorm(Ground.of(roll)), serial);
    }

    @Override
    protected List<String> crashPoints() {
        return List.of("event-K1", "wait-K1");
    }

    @Override
    protected int weight() {
        return 6;
    }

    @Override
    protected void round(Worker me) throws InterruptedException {
        boolean isSetter = me.isSteady() ? me.place() % 2 == 0 : me.chance(2);
        if (isSetter) {
            set(me);
        } else {
            await(me);
        }
    }

    private void set(Worker me) {
        event.clear();
        long told = state.getAndAdd(TOLD, 1);
        event.set();
        me.dawdle();
        event.clear();
        state.getAndAdd(MOMENTS, 1);
        if (state.get(TOLD) <= told) {
            me.violation("what was told went from " + told + " to " + state.get(TOLD));
        }
        me.did();
    }

    private void await(Worker me) throws InterruptedException {
        long before = state.get(MOMENTS);
        long told = state.get(TOLD);
        boolean wasSet = event.isSet();
        if (event.await(LONGEST_WAIT)) {
            if (!wasSet && state.get(TOLD) < told) {
                me.violation("went on and has not seen what was written before the event was set");
            }
            me.did();
        } else if (state.get(MOMENTS) - before > MANY_MOMENTS) {
            me.violation("waited for " + LONGEST_WAIT + " while the event was set " + (state.get(MOMENTS) - before)
                    + " times");
        }
    }

    @Override
    protected void dismiss() {
        event.set();
    }

    @Override
    protected void settle(Findings findings) throws InterruptedException {
        event.set();
        if (!event.isSet() || !event.await(Duration.ZERO)) {
            findings.violation("an event was set and is not: " + event);
        }
    }
}
