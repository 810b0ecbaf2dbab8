package io.multiprocessing.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.CallTimeoutException;
import io.multiprocessing.Condition;
import io.multiprocessing.JoinableQueue;
import io.multiprocessing.Lock;
import io.multiprocessing.ManagerEndedException;
import io.multiprocessing.Queue;
import io.multiprocessing.Semaphore;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that wait, or never end: all others are served meanwhile. */
@SuppressWarnings({"FutureReturnValueIgnored", "WaitNotInLoop"}) // what waits is ended; spurious wakes do no harm
final class HoldUpTest extends ServerSuite {
    private static final Duration SHORT = Duration.ofMillis(50);

    private final List<Thread> stuck = new ArrayList<>();

    @AfterEach
    void endWhatIsStuck() throws Exception {
        Stubborn.released.countDown();
        link.end("the test is over"); // not all calls can be interrupted
        for (Thread thread : stuck) {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void whateverOthersWaitFor_callsAreServed() throws Exception {
        Lock lock = manager.lock();
        lock.acquire();
        Link other = newLink();
        JoinableQueue<String> queue = manager.joinableQueue();
        queue.put("not done");
        Condition condition = manager.condition();
        begin(() -> proxyOf(other, lock).acquire(LONG));
        begin(() -> proxyOf(other, manager.semaphore(0)).acquire(LONG));
        begin(() -> proxyOf(other, manager.event()).await(LONG));
        begin(() -> proxyOf(other, manager.queue()).get());
        begin(() -> proxyOf(other, queue).join(LONG));
        begin(() -> proxyOf(other, manager.barrier(2)).await());
        begin(() -> {
            Condition his = proxyOf(other, condition);
            try (var _ = his.lock().hold()) {
                return his.await(LONG);
            }
        });
        ConcurrentMap<String, Integer> dict = manager.dict();
        for (int i = 0; i < 1_000; i++) {
            dict.put("key", i);
            assertThat(dict.get("key")).isEqualTo(i);
        }
        until(() -> Proxies.coreOf(condition).integer("waiters") == 1);
        assertThat(dict).hasSize(1);
    }

    @Test
    void aUsersMethodThatNeverEnds_holdsUpItsCallerAlone() throws Exception {
        manager.register("counter", Counter.class, Counting::new);
        Counter counter = manager.create("counter", Counter.class);
        begin(() -> {
            counter.hang();
            return null;
        });
        assertThat(counter.add(2)).isEqualTo(2);
        assertThat(manager.list(List.of(1))).hasSize(1);
    }

    /** A dict that waits for a method of a key holds up who uses that dict, and nobody else. */
    @Test
    void aKeyWhoseMethodsNeverEnd_holdsUpItsDictAlone() throws Exception {
        Stubborn.released = new CountDownLatch(1);
        Stubborn.entered = new CountDownLatch(1);
        ConcurrentMap<Object, Integer> dict = manager.dict();
        dict.put(new Stubborn(1), 1);
        begin(() -> dict.put(new Stubborn(2), 2));
        Stubborn.entered.await();
        var waiting = begin(() -> dict.get("waits, too"));
        ConcurrentMap<String, Integer> another = manager.dict();
        for (int i = 0; i < 100; i++) {
            another.merge("count", 1, Integer::sum);
        }
        assertThat(another).containsEntry("count", 100);
        assertThat(waiting.isDone()).isFalse();
        Stubborn.released.countDown();
        assertThat(waiting.get()).isNull();
        assertThat(dict).hasSize(2);
    }

    @Test
    void anInterruptEndsACallThatWaits() throws Exception {
        Queue<String> queue = manager.queue();
        for (int i = 0; i < 20; i++) {
            var getting = begin(() -> queue.get());
            if (i % 2 == 0) {
                assertThat(manager.list(List.of(1))).hasSize(1);
            }
            stuck.removeLast().interrupt(); // perhaps before the server knows of the call
            assertThatThrownBy(getting::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(InterruptedException.class);
        }
        queue.put("after");
        assertThat(queue.get()).isEqualTo("after");
    }

    @Test
    void whatWasWaitedForGoesToWhoWaits_aloneOrNot() throws Exception {
        Queue<Integer> there = manager.queue();
        Queue<Integer> back = manager.queue();
        int times = 300;
        begin(() -> {
            for (int i = 0; i < times; i++) {
                back.put(there.get() + 1);
                if (i % 100 == 0) {
                    Thread.sleep(1); // so long that who waits gets a thread
                }
            }
            return null;
        });
        for (int i = 0; i < times; i++) {
            there.put(i);
            assertThat(back.get(LONG)).isEqualTo(i + 1);
        }
    }

    @Test
    void aFactoryOrAMethodThatNeverReturns_isCancelledAfterTheLimit() throws Exception {
        manager.register("counter", Counter.class, Counting::new);
        manager.register("endless", Counter.class, () -> {
            new Counting().hang();
            return new Counting();
        });
        Counter counter = manager.create("counter", Counter.class);
        manager.callTimeout(SHORT);
        assertThatThrownBy(counter::hang)
                .isInstanceOf(CallTimeoutException.class)
                .hasMessageContaining("hang");
        assertThatThrownBy(() -> manager.create("endless", Counter.class)).isInstanceOf(CallTimeoutException.class);
        manager.callTimeout(LONG);
        until(() -> counter.total() == -1); // it was interrupted
        assertThat(manager.list()).isEmpty();
    }

    @Test
    void callsThatWaitEndWithTheServer() throws Exception {
        Semaphore semaphore = manager.semaphore(0);
        var waiting = begin(() -> semaphore.acquire(LONG));
        until(() -> server.table().count() == 2);
        server.stop(Duration.ZERO);
        assertThatThrownBy(waiting::get)
                .satisfies(thrown -> assertThat(thrown.getCause())
                        .isInstanceOfAny(
                                ManagerEndedException.class, InterruptedException.class, IllegalStateException.class));
    }

    @Test
    void aCallThatRunsIsWaitedFor_whenTheServerEnds() throws Exception {
        manager.register("counter", Counter.class, Counting::new);
        Counter counter = manager.create("counter", Counter.class);
        var counting = begin(() -> counter.addAfter(100, 5));
        until(() -> counter.total() != 0); // it has begun
        server.stop(LONG);
        assertThat(counting.get()).isEqualTo(5);
        assertThatThrownBy(counter::total).isInstanceOf(ManagerEndedException.class);
    }

    private <T> FutureTask<T> begin(Callable<T> call) {
        var task = new FutureTask<>(call);
        stuck.add(Thread.ofPlatform().daemon().start(task));
        return task;
    }

    /** A key that is equal to nothing, but takes long to say so. */
    static final class Stubborn implements Serializable {
        private static final long serialVersionUID = 1L;
        static volatile CountDownLatch entered = new CountDownLatch(1);
        static volatile CountDownLatch released = new CountDownLatch(1);

        private final int number;

        Stubborn(int number) {
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            entered.countDown();
            try {
                released.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return other instanceof Stubborn that && number == that.number;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }
}
