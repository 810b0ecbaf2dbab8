package io.multiprocessing.cli.chaos;

import io.multiprocessing.Context;
import io.multiprocessing.LongArray;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.Task;
import io.multiprocessing.cli.chaos.Insiders.Insider;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Contexts that are opened, joined and left, with and without names. All who have one of a name open at one time have the
 * same one; and in the end a sweep leaves nothing. The folders of these contexts are apart from those of the user, within
 * that of the storm itself, so that they go with it.
 */
final class ContextStorm extends Storm {
    private static final int NAMES = 2;
    private static final int LARGE = 5000;
    private static final int CHILD_ONE_IN = 20;

    private final LongArray identities;
    private final Insiders insiders;

    ContextStorm(Ground ground) {
        super(ground);
        identities = ground.mp().named("context.identities").raw().longArray(1);
        insiders = new Insiders(ground.mp(), "context.insiders");
    }

    @Override
    public String name() {
        return "context";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new ContextStorm(Ground.of(roll)), serial);
    }

    @Override
    protected List<String> crashPoints() {
        return List.of(
                "folder-K1",
                "folder-K2",
                "folder-K3",
                "folder-K4",
                "join-K1",
                "join-K2",
                "leave-K1",
                "segment-K1",
                "segment-K2",
                "cell-K1");
    }

    @Override
    protected Duration longestLife() {
        return Duration.ofMillis(60);
    }

    @Override
    protected Duration longestRest() {
        return Duration.ofMillis(400);
    }

    /** A round may start a process. */
    @Override
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    @Override
    protected void round(Worker me) throws InterruptedException {
        if (me.chance(2)) {
            useNameless(me);
        } else {
            useNamed(me.pick(NAMES), me);
        }
        me.did();
    }

    private static void useNameless(Worker me) throws InterruptedException {
        try (Context mp = Multiprocessing.open()) {
            int number = me.pick(Integer.MAX_VALUE);
            var small = mp.intValue(number);
            var large = mp.longArray(LARGE);
            large.set(LARGE - 1, number);
            var named = mp.named("one").longValue(number);
            if (small.get() != number || large.get(LARGE - 1) != number || named.get() != number) {
                me.violation("wrote " + number + ", read " + small + ", " + large.get(LARGE - 1) + ", " + named);
            }
            if (me.chance(CHILD_ONE_IN)) {
                mp.process(() -> small.set(0)).daemon().start().join();
                if (small.get() != 0) {
                    me.violation("a child has ended and not written");
                }
            }
            if (!mp.objectNames().equals(List.of("one"))) {
                me.violation("named one object, found " + mp.objectNames());
            }
        }
    }

    private void useNamed(int name, Worker me) {
        try (Context mp = openOrAttach("storm-" + name, me)) {
            if (mp == null) {
                return;
            }
            long identity = (identities.add(0, 1) * NAMES) + name;
            long found = mp.named("identity").longValue(identity).get();
            insiders.enter(me, found);
            for (Insider other : insiders.together(me)) {
                if (other.note() % NAMES == name && other.note() != found) {
                    me.violation("the name " + name + " is that of context " + found + ", and for process "
                            + other.serial() + " that of context " + other.note());
                }
            }
            me.dawdle();
            insiders.leave(me);
        }
    }

    private static @Nullable Context openOrAttach(String name, Worker me) {
        if (me.chance(4)) {
            try {
                return Multiprocessing.attach(name);
            } catch (NoSuchElementException nobodyHasIt) {
                return null;
            }
        }
        return Multiprocessing.open("local:" + name);
    }
}
