package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Barrier;
import io.multiprocessing.Condition;
import io.multiprocessing.Event;
import io.multiprocessing.JoinableQueue;
import io.multiprocessing.Lock;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.QueueEmptyException;
import io.multiprocessing.QueueFullException;
import io.multiprocessing.QueueShutDownException;
import io.multiprocessing.RLock;
import io.multiprocessing.Semaphore;
import io.multiprocessing.Value;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** The locks, semaphores, conditions, events, barriers and queues of a manager, in every context. */
@SuppressWarnings("WaitNotInLoop") // awaitUntil loops
public abstract class ManagedSynchronizationContract extends KeptManagerSuite {
    @Test
    void lockExcludesProcesses() throws Exception {
        ConcurrentMap<String, Integer> dict = manager.dict(Map.of("count", 20));
        Lock lock = manager.lock();
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            children.add(mp.process(() -> {
                        for (int n = 0; n < 10; n++) {
                            try (var _ = lock.hold()) {
                                dict.put("count", dict.getOrDefault("count", 0) - 1);
                            }
                        }
                    })
                    .start());
        }
        for (Process child : children) {
            join(child);
        }
        assertThat(dict.get("count")).isZero();
        assertThat(lock.isLocked()).isFalse();
        assertThatThrownBy(lock::release).isInstanceOf(IllegalMonitorStateException.class);
    }

    @Test
    void locksOfAKilledProcessAreHandedOn() throws Exception {
        Lock lock = manager.lock();
        Semaphore semaphore = manager.boundedSemaphore(1);
        Event taken = manager.event();
        Process child = mp.process(() -> {
                    lock.acquire();
                    semaphore.acquire();
                    taken.set();
                    Thread.sleep(FOREVER);
                })
                .start();
        assertThat(taken.await(Await.LIMIT)).isTrue();
        assertThat(lock.acquire(Duration.ofMillis(10))).isFalse();
        child.kill();
        assertThat(lock.acquire(Await.LIMIT)).isTrue();
        assertThat(semaphore.acquire(Await.LIMIT)).isTrue();
        assertThat(lock.abandonment()).isNotNull();
        assertThat(Objects.requireNonNull(lock.abandonment()).pid())
                .isEqualTo(child.pid().orElseThrow());
        join(child);
    }

    @Test
    void rlockIsOfAThread() throws Exception {
        RLock lock = manager.rlock();
        lock.acquire();
        lock.acquire();
        assertThat(lock.holdCount()).isEqualTo(2);
        var other = new FutureTask<>(() -> lock.tryAcquire() || lock.isHeldByCurrentThread());
        Thread.ofPlatform().start(other);
        assertThat(other.get()).isFalse();
        lock.release();
        lock.release();
        assertThatThrownBy(lock::release).isInstanceOf(IllegalMonitorStateException.class);
        join(mp.process(lock::acquire).start());
        assertThat(lock.acquire(Await.LIMIT)).isTrue(); // the child has ended
    }

    @Test
    void semaphoreCounts() {
        Semaphore semaphore = manager.semaphore(1);
        assertThat(semaphore.tryAcquire()).isTrue();
        assertThat(semaphore.tryAcquire()).isFalse();
        semaphore.release(2);
        assertThat(semaphore.value()).isEqualTo(2);
        Semaphore bounded = manager.boundedSemaphore(1);
        assertThatThrownBy(bounded::release).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> manager.semaphore(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void conditionWakesOtherProcesses() throws Exception {
        Condition condition = manager.condition();
        Value<Object> state = manager.value('i', 0);
        Process child = mp.process(() -> {
                    try (var _ = condition.lock().hold()) {
                        state.set(1);
                        condition.signalAll();
                        condition.awaitUntil(() -> state.get().equals(2));
                        state.set(3);
                        condition.signalAll();
                    }
                })
                .start();
        try (var _ = condition.lock().hold()) {
            assertThat(condition.awaitUntil(() -> state.get().equals(1), Await.LIMIT))
                    .isTrue();
            state.set(2);
            condition.signal();
            assertThat(condition.awaitUntil(() -> state.get().equals(3), Await.LIMIT))
                    .isTrue();
            assertThat(condition.await(Duration.ofMillis(5))).isFalse();
        }
        join(child);
        assertThatThrownBy(condition::signal).isInstanceOf(IllegalMonitorStateException.class);
    }

    @Test
    void eventIsSetAndCleared() throws Exception {
        Event event = manager.event();
        assertThat(event.await(Duration.ofMillis(5))).isFalse();
        event.set();
        join(mp.process(() -> {
                    event.await();
                    event.clear();
                })
                .start());
        assertThat(event.isSet()).isFalse();
        Process child = mp.process(() -> {
                    if (event.await(Await.LIMIT)) {
                        event.clear();
                    }
                })
                .start();
        event.set();
        join(child);
        assertThat(event.isSet()).isFalse();
    }

    @Test
    void barrierLetsAllGoOn_andBreaksWhenAPartyIsKilled() throws Exception {
        Value<Object> passes = manager.value('i', 0);
        Barrier barrier = manager.barrier(2, () -> passes.update(number -> (Integer) number + 1), null);
        Process child = mp.process(() -> {
                    barrier.await();
                    barrier.await();
                })
                .start();
        barrier.await(Await.LIMIT);
        barrier.await(Await.LIMIT);
        join(child);
        assertThat(passes.get()).isEqualTo(2);
        Process victim = mp.process(barrier::await).start();
        Await.until("it waits", () -> barrier.waiting() == 1);
        victim.kill();
        join(victim);
        Await.until("it is broken", barrier::isBroken);
        assertThatThrownBy(barrier::await).isInstanceOf(java.util.concurrent.BrokenBarrierException.class);
        barrier.reset();
        assertThat(barrier.isBroken()).isFalse();
    }

    @Test
    void queueIsAQueue() throws Exception {
        Queue<Integer> queue = manager.queue(2);
        Process child = mp.process(() -> {
                    for (int i = 0; i < 10; i++) {
                        queue.put(i);
                    }
                })
                .start();
        for (int i = 0; i < 10; i++) {
            assertThat(queue.get(Await.LIMIT)).isEqualTo(i);
        }
        join(child);
        assertThatThrownBy(() -> queue.get(Duration.ofMillis(5))).isInstanceOf(QueueEmptyException.class);
        queue.putNow(1);
        queue.putNow(2);
        assertThatThrownBy(() -> queue.putNow(3)).isInstanceOf(QueueFullException.class);
        assertThat(queue.isFull()).isTrue();
        assertThat(queue.snapshot()).containsExactly(1, 2);
        queue.shutdown();
        assertThat(queue.poll()).isEqualTo(1);
        assertThat(queue.poll()).isEqualTo(2);
        assertThatThrownBy(queue::get).isInstanceOf(QueueShutDownException.class);
    }

    @Test
    void joinableQueueIsJoined() throws Exception {
        JoinableQueue<Integer> queue = manager.joinableQueue();
        queue.putAll(List.of(1, 2, 3));
        assertThat(queue.join(Duration.ofMillis(5))).isFalse();
        Process child = mp.process(() -> {
                    for (int i = 0; i < 3; i++) {
                        queue.get();
                        queue.taskDone();
                    }
                })
                .start();
        assertThat(queue.join(Await.LIMIT)).isTrue();
        join(child);
        assertThatThrownBy(queue::taskDone).isInstanceOf(IllegalStateException.class);
    }
}
