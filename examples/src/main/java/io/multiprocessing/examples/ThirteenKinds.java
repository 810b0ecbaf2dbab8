package io.multiprocessing.examples;

import io.multiprocessing.Multiprocessing;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;

/**
 * All thirteen kinds of object that a manager serves. They live in its process; a child and its parent use them by
 * proxies, as if they were their own.
 *
 * <p>The Python idea: what {@code Manager()} has methods for.
 */
@SuppressWarnings("WaitNotInLoop") // awaitUntil loops
public final class ThirteenKinds {
    private ThirteenKinds() {}

    public static void main(String[] args) throws InterruptedException, BrokenBarrierException {
        try (var mp = Multiprocessing.open();
                var manager = mp.manager()) {
            var list = manager.list(List.of(1, 2));
            var dict = manager.<String, Integer>dict(Map.of("one", 1));
            var namespace = manager.namespace().set("text", "parent");
            var lock = manager.lock();
            var rlock = manager.rlock();
            var semaphore = manager.semaphore(1);
            var bounded = manager.boundedSemaphore(2);
            var condition = manager.condition();
            var event = manager.event();
            var barrier = manager.barrier(2);
            var queue = manager.<String>queue();
            var value = manager.value('i', 1);
            var array = manager.array('d', List.of(1.0, 2.0));

            var child = mp.process(() -> {
                event.await();
                list.add(3);
                dict.put("two", 2);
                namespace.set("text", "child");
                try (var _ = lock.hold()) {
                    value.set(42);
                }
                try (var _ = rlock.hold();
                        var _ = rlock.hold()) {
                    array.set(1, 2.5);
                }
                semaphore.release();
                try (var _ = bounded.hold()) {
                    queue.put("a message");
                }
                barrier.await();
                try (var _ = condition.lock().hold()) {
                    namespace.set("isReady", true);
                    condition.signalAll();
                }
            });
            child.start();

            event.set();
            barrier.await();
            try (var _ = condition.lock().hold()) {
                condition.awaitUntil(() -> namespace.find("isReady").isPresent());
            }
            child.join();

            System.out.println("List: " + list);
            System.out.println("Dict: " + dict);
            System.out.println("Namespace: " + namespace.get("text"));
            System.out.println("Lock held: " + lock.isLocked());
            System.out.println("RLock held: " + rlock.isLocked());
            System.out.println("Semaphore: " + semaphore.value() + " permits");
            System.out.println("BoundedSemaphore: " + bounded.value() + " permits");
            System.out.println("Condition: " + namespace.get("isReady"));
            System.out.println("Event set: " + event.isSet());
            System.out.println("Barrier waiting: " + barrier.waiting() + " of " + barrier.parties());
            System.out.println("Queue: " + queue.get());
            System.out.println("Value: " + value.get());
            System.out.println("Array: " + array);
        }
    }
}
