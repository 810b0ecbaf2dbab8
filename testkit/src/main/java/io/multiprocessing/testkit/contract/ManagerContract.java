package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Event;
import io.multiprocessing.Manager;
import io.multiprocessing.ManagerEndedException;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolResults;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.RemoteCallable;
import io.multiprocessing.RemoteException;
import io.multiprocessing.ReturnsProxy;
import io.multiprocessing.testkit.jvm.Await;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What managers do as processes, and what users have of them: in every context. */
@SuppressWarnings("unchecked") // what was published is known
public abstract class ManagerContract extends ManagerSuite {
    @BeforeEach
    void start() throws Exception {
        startAndConnect();
    }

    private void register() {
        started.register("account", Account.class, arguments -> new BankAccount((Integer) arguments[0]));
    }

    @Test
    void objectsAreFreed_whenTheProcessThatHasThemIsKilled() throws Exception {
        Manager shared = manager;
        Event made = manager.event();
        int before = manager.objectCount();
        Process child = mp.process(() -> {
                    List<Object> kept = new ArrayList<>();
                    for (int i = 0; i < 20; i++) {
                        kept.add(shared.dict());
                    }
                    made.set();
                    Thread.sleep(FOREVER);
                    assertThat(kept).isEmpty();
                })
                .start();
        assertThat(made.await(Await.LIMIT)).isTrue();
        assertThat(manager.objectCount()).isEqualTo(before + 20);
        child.kill();
        join(child);
        Await.until("they are gone", () -> manager.objectCount() == before);
    }

    @Test
    void poolsRunTasksForAll() throws Exception {
        onlyWithJvms();
        Pool pool = started.pool(2);
        assertThat(pool.map(number -> number * number, List.of(1, 2, 3, 4, 5))).containsExactly(1, 4, 9, 16, 25);
        assertThat(pool.starmap((one, other) -> one + other, List.of(Map.entry(1, 2), Map.entry(3, 4))))
                .containsExactly(3, 7);
        assertThat(pool.apply(() -> ProcessHandle.current().pid())).isIn(pool.workerPids());
        List<Integer> results = started.list();
        join(mp.process(() -> results.addAll(pool.map(number -> -number, List.of(1, 2))))
                .start());
        assertThat(results).containsExactly(-1, -2);
        try (PoolResults<Integer> lazy = pool.imap(number -> 10 / number, List.of(5, 0, 2))) {
            assertThat(lazy.next()).isEqualTo(2);
            assertThatThrownBy(lazy::next).hasCauseInstanceOf(ArithmeticException.class);
            assertThat(lazy.next()).isEqualTo(5);
            assertThat(lazy.hasNext()).isFalse();
        }
        try (PoolResults<Integer> ready = pool.imapUnordered(number -> number + 1, List.of(1, 2, 3))) {
            assertThat(ready.stream()).containsExactlyInAnyOrder(2, 3, 4);
        }
        assertThatThrownBy(() -> pool.apply(() -> {
                    throw new Overdrawn(1);
                }))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(Overdrawn.class);
        assertThat(pool.invokeAll(List.of((RemoteCallable<Integer>) () -> 7))
                        .getFirst()
                        .get())
                .isEqualTo(7);
        pool.shutdown();
        assertThat(pool.join(Await.LIMIT)).isTrue();
        assertThat(pool.isTerminated()).isTrue();
    }

    @Test
    void aTaskOfAPoolIsEnded_whenItsClientDoesNotWantIt() throws Exception {
        onlyWithJvms();
        Pool pool = started.pool(1);
        Queue<Long> pids = started.queue();
        var endless = pool.applyAsync(() -> {
            pids.put(ProcessHandle.current().pid());
            Thread.sleep(FOREVER);
            return 0;
        });
        assertThat(pool.workerPids()).contains(pids.get(Await.LIMIT));
        endless.cancel(true);
        assertThat(pool.apply(() -> 1, Await.LIMIT)).isEqualTo(1); // its only worker is free
        pool.terminate();
        assertThat(pool.join(Await.LIMIT)).isTrue();
    }

    @Test
    void ownTypesAreServed() throws Exception {
        Manager shared = manager;
        register();
        Account account = manager.create("account", Account.class, 100);
        join(mp.process(() ->
                        account.add(shared.create("account", Account.class, 1).balance()))
                .start());
        assertThat(account.balance()).isEqualTo(101);
        assertThatThrownBy(() -> account.add(-1000))
                .isInstanceOf(Overdrawn.class)
                .hasMessage("short of 899")
                .cause()
                .isInstanceOf(RemoteException.class);
        account.notes().add("one");
        assertThat(account.notes().get(0)).isEqualTo("one");
        assertThat(account.notes().size()).isEqualTo(1);
    }

    @Test
    void publishedObjectsAreFoundByAll() throws Exception {
        Manager shared = manager;
        manager.publish("jobs", manager.queue());
        join(mp.process(() -> ((Queue<String>) shared.attach("jobs", Queue.class)).put("job"))
                .start());
        assertThat(manager.attach("jobs", Queue.class).get()).isEqualTo("job");
        assertThat(manager.publishedNames()).containsExactly("jobs");
        assertThatThrownBy(() -> manager.attach("none", Queue.class)).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> manager.attach("jobs", List.class)).isInstanceOf(ClassCastException.class);
        assertThatThrownBy(() -> manager.publish("list", List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClosedManagerEndsItsProcessAndRefusesCalls() throws Exception {
        List<Integer> list = manager.list();
        Queue<Integer> queue = manager.queue();
        long pid = manager.pid();
        var waiting = new FutureTask<>(queue::get);
        Thread.ofPlatform().daemon().start(waiting);
        started.close();
        started.close();
        assertThat(isEachProcessAJvm() && Await.isAlive(pid)).isFalse();
        assertThatThrownBy(waiting::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(list::size).isInstanceOf(ManagerEndedException.class);
        assertThatThrownBy(() -> started.list())
                .isInstanceOf(ManagerEndedException.class)
                .hasMessageContaining("shut down");
        assertThat(manager.isAlive()).isFalse();
    }

    @Test
    void aKilledManagerGivesAnExceptionToAll() throws Exception {
        onlyWithJvms();
        Queue<Integer> queue = manager.queue();
        List<Integer> list = manager.list();
        var waiting = new FutureTask<>(queue::get);
        Thread.ofPlatform().daemon().start(waiting);
        Process child = mp.process(() -> {
                    try {
                        list.add(1); // which may be done, and its answer be lost with the manager
                        queue.get();
                    } catch (ManagerEndedException expected) {
                        System.exit(9);
                    }
                })
                .start();
        Await.until("the child is there", () -> list.size() == 1);
        ProcessHandle.of(manager.pid()).orElseThrow().destroyForcibly();
        assertThatThrownBy(() -> waiting.get(Await.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(ManagerEndedException.class);
        join(child);
        assertThat(child.exitCode()).hasValue(9);
        assertThatThrownBy(list::size).isInstanceOf(ManagerEndedException.class);
        assertThatThrownBy(() -> manager.dict()).isInstanceOf(ManagerEndedException.class);
    }

    @Test
    void aManagerEnds_whenTheProcessThatStartedItIsKilled() throws Exception {
        onlyWithJvms();
        Queue<Long> pids = mp.queue();
        Process child = mp.process(() -> {
                    try (Manager his = pids.context().manager()) {
                        pids.put(his.pid());
                        Thread.sleep(FOREVER);
                    }
                })
                .start();
        long pid = pids.get(Await.LIMIT);
        assertThat(Await.isAlive(pid)).isTrue();
        child.kill();
        join(child);
        Await.death(pid);
    }

    /** A type of the user's. */
    public interface Account {
        int add(int amount) throws Overdrawn;

        int balance();

        @ReturnsProxy
        List<String> notes();
    }

    /** An exception of the user's. */
    public static final class Overdrawn extends Exception {
        private static final long serialVersionUID = 1L;

        Overdrawn(int missing) {
            super("short of " + missing);
        }
    }

    private static final class BankAccount implements Account {
        private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
        private int balance;

        BankAccount(int balance) {
            this.balance = balance;
        }

        @Override
        public synchronized int add(int amount) throws Overdrawn {
            if (balance + amount < 0) {
                throw new Overdrawn(-balance - amount);
            }
            balance += amount;
            return balance;
        }

        @Override
        public synchronized int balance() {
            return balance;
        }

        @Override
        public List<String> notes() {
            return notes;
        }
    }
}
