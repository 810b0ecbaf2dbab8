package io.multiprocessing.benchmarks;

import io.multiprocessing.Event;
import io.multiprocessing.Multiprocessing;
import io.multiprocessing.benchmarks.harness.Benchmark;
import io.multiprocessing.benchmarks.harness.Effort;
import io.multiprocessing.benchmarks.harness.Peer;
import java.time.Duration;
import java.util.List;

/**
 * One process holds a lock, another one waits for it, and the holder is killed by SIGKILL. The time from the kill
 * until this process, which is neither, has heard of the waiter that it has the lock. A waiter that can't see that it
 * took the lock over fails the row.
 *
 * <p>CPython's locks have no holder, so there the lock is lost; the script shows that it is not free after
 * {@link #PROOF}.
 */
final class LockHandoffAfterKill implements Benchmark {
    private static final Duration PROOF = Duration.ofSeconds(3);
    private static final Duration UNTIL_ASLEEP = Duration.ofMillis(200);

    @Override
    public String name() {
        return "lock-handoff-after-kill";
    }

    @Override
    public String description() {
        return "from the kill of a lock's holder until a waiter has it";
    }

    @Override
    public String unit() {
        return "ms";
    }

    @Override
    public double ours(Effort effort) throws Exception {
        try (var mp = Multiprocessing.open()) {
            var lock = mp.lock();
            var held = mp.event();
            var waiting = mp.event();
            var taken = mp.event();
            var takenOver = mp.event();
            var holder = mp.process(() -> {
                        lock.acquire();
                        held.set();
                        Thread.sleep(Duration.ofDays(1));
                    })
                    .daemon()
                    .start();
            await(held, effort, "the holder has no lock");
            var waiter = mp.process(() -> {
                        waiting.set();
                        lock.acquire();
                        if (lock.abandonment() != null) {
                            takenOver.set();
                        }
                        taken.set();
                        lock.release();
                    })
                    .daemon()
                    .start();
            await(waiting, effort, "the waiter has not begun");
            // It can't tell any more once it sleeps, which is the slowest state to be woken from.
            Thread.sleep(UNTIL_ASLEEP);

            long start = System.nanoTime();
            holder.kill();
            await(taken, effort, "the waiter has no lock");
            double elapsedMillis = (System.nanoTime() - start) / 1e6;

            if (!takenOver.isSet()) {
                throw new IllegalStateException("the waiter could not see that it took the lock over");
            }
            waiter.join();
            return elapsedMillis;
        }
    }

    @Override
    public Peer peer() {
        return new Peer.Script("lock_handoff_after_kill.py", effort -> List.of(PROOF));
    }

    private static void await(Event event, Effort effort, String otherwise) throws InterruptedException {
        if (!event.await(effort.roundLimit())) {
            throw new IllegalStateException(otherwise + " after " + effort.roundLimit());
        }
    }
}
