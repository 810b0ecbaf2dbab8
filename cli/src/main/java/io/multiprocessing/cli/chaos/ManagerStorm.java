package io.multiprocessing.cli.chaos;

import io.multiprocessing.Lock;
import io.multiprocessing.LongArray;
import io.multiprocessing.Manager;
import io.multiprocessing.Queue;
import io.multiprocessing.Task;
import io.multiprocessing.cli.chaos.CriticalSection.Entry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * A manager, whose clients die in the middle of calls, with its locks and proxies: locks are handed on, and what only the
 * dead had proxies of is gone in the end.
 */
final class ManagerStorm extends Storm {
    private static final int OPERATIONS = 5;
    private static final int OBJECTS = 3;
    private static final int PUBLISHED = 3;
    private static final Duration SHORT = Duration.ofMillis(3);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Manager manager;
    private final Lock lock;
    private final ConcurrentMap<Integer, List<Integer>> dict;
    private final Queue<Integer> queue;
    private final CriticalSection section;

    @SuppressWarnings("unchecked") // the first process has made them so
    ManagerStorm(Ground ground) {
        super(ground);
        manager = manager(ground);
        lock = manager.attach("lock", Lock.class);
        dict = manager.attach("dict", ConcurrentMap.class);
        queue = manager.attach("queue", Queue.class);
        section = new CriticalSection(ground.mp(), "manager.section", lock);
    }

    /** The manager that the first of all processes has started, which is the one that nobody kills. */
    private static Manager manager(Ground ground) {
        Queue<Manager> known = ground.mp().named("manager.manager").queue();
        Manager there = known.peek();
        if (there == null) {
            there = ground.mp().manager();
            there.publish("lock", there.lock());
            there.publish("dict", there.dict());
            there.publish("queue", there.queue(10));
            known.add(there);
        }
        return there;
    }

    @Override
    public String name() {
        return "manager";
    }

    @Override
    protected Task victim(LongArray roll, long serial) {
        return () -> Worker.victim(new ManagerStorm(Ground.of(roll)), serial);
    }

    @Override
    protected Duration longestLife() {
        return Duration.ofMillis(60);
    }

    @Override
    protected void round(Worker me) throws InterruptedException {
        for (int i = 0; i < OPERATIONS; i++) {
            if (section.enter(me) != Entry.GAVE_UP) {
                section.work(me);
                section.leave(me);
                lock.release();
                me.did();
            }
        }
        for (int i = 0; i < OBJECTS; i++) {
            List<Integer> list = manager.list(List.of(i));
            list.add(me.place());
            if (list.size() != 2) {
                me.violation("a list of two has " + list);
            }
            dict.put(me.place(), list);
            manager.lock().acquire(); // goes with the proxy, held or not
            me.did();
        }
        List<Integer> nested = dict.get(me.place());
        if (nested != null && nested.isEmpty()) {
            me.violation("a list in a dict was emptied");
        }
        queue.offer(me.place(), me.upTo(SHORT), TimeUnit.NANOSECONDS);
        queue.poll(me.upTo(SHORT), TimeUnit.NANOSECONDS);
        me.did();
    }

    @Override
    protected void settle(Findings findings) throws InterruptedException {
        section.settle(findings);
        dict.clear();
        queue.clear();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (manager.objectCount() > PUBLISHED && System.nanoTime() < end) {
            System.gc(); // this process has proxies, too
            Thread.sleep(20);
        }
        if (manager.objectCount() > PUBLISHED) {
            findings.leak("a manager has " + (manager.objectCount() - PUBLISHED) + " objects that nobody uses");
        }
        manager.close();
    }
}
