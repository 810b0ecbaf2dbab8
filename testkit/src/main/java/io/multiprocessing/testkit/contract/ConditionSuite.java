package io.multiprocessing.testkit.contract;

import io.multiprocessing.Condition;
import io.multiprocessing.Lock;
import io.multiprocessing.testkit.jvm.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;

/** Tests that have a condition, and threads that wait for it. */
@SuppressWarnings("WaitNotInLoop") // it is the single call that is tested
abstract class ConditionSuite extends SynchronizationContract {
    Lock lock;
    Condition condition;

    /** How many have come to wait; read and written with the lock. */
    int come;

    /** Who has gone on, in their order; read and written with the lock. */
    final List<Integer> gone = new ArrayList<>();

    @BeforeEach
    void make() {
        lock = mp.lock();
        condition = mp.condition(lock);
    }

    /** Starts waiters that come in the order of their numbers. */
    void startWaiters(Threads threads, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.run(() -> wait(number));
            awaitCome(i + 1);
        }
    }

    void wait(int number) throws Exception {
        waitWith(() -> {
            condition.await();
            return gone.add(number);
        });
    }

    boolean waitWith(Callable<Boolean> waiting) throws Exception {
        lock.acquire();
        try {
            come++;
            return waiting.call();
        } finally {
            lock.release();
        }
    }

    /** Who has come, and has given the lock back, waits. */
    void awaitCome(int count) throws Exception {
        Await.until(count + " wait", () -> {
            lock.acquire();
            boolean all = come >= count;
            lock.release();
            return all;
        });
    }

    void signal(int waiters) throws Exception {
        lock.acquire();
        condition.signal(waiters);
        lock.release();
    }
}
