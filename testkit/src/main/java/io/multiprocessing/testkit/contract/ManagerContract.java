package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Array;
import io.multiprocessing.Barrier;
import io.multiprocessing.Condition;
import io.multiprocessing.Event;
import io.multiprocessing.JoinableQueue;
import io.multiprocessing.Lock;
import io.multiprocessing.Manager;
import io.multiprocessing.ManagerEndedException;
import io.multiprocessing.Namespace;
import io.multiprocessing.Pool;
import io.multiprocessing.PoolResults;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.QueueEmptyException;
import io.multiprocessing.QueueFullException;
import io.multiprocessing.QueueShutDownException;
import io.multiprocessing.RLock;
import io.multiprocessing.RemoteCallable;
import io.multiprocessing.RemoteException;
import io.multiprocessing.ReturnsProxy;
import io.multiprocessing.Semaphore;
import io.multiprocessing.Value;
import io.multiprocessing.testkit.jvm.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What managers do, in every context. */
@SuppressWarnings({"WaitNotInLoop", "unchecked"}) // awaitUntil loops; what was published is known
public abstract class ManagerContract extends ProcessSuite {
    private Manager started;
    private Manager manager;

    /** Starts the manager that is tested. */
    protected Manager startManager() throws Exception {
        return mp.manager();
    }

    /** The manager as its clients have it; another one than {@code started} if they have to connect. */
    protected Manager client(Manager started) throws Exception {
        return started;
    }

    @BeforeEach
    void start() throws Exception {
        started = startManager();
        manager = client(started);
    }

    private void register() {
        started.register("account", Account.class, arguments -> new BankAccount((Integer) arguments[0]));
    }

    @Test
    void dictIsSharedWithChildren() throws Exception {
        ConcurrentMap<Integer, Integer> dict = manager.dict();
        for (int i = 0; i < 3; i++) {
            int key = i;
            join(mp.process(() -> dict.put(key, key + 100)).start());
        }
        assertThat(dict.values()).containsExactly(100, 101, 102);
        assertThat(dict).isEqualTo(Map.of(0, 100, 1, 101, 2, 102));
    }

    @Test
    void mergeAndComputeAreAtomicAmongProcesses() throws Exception {
        ConcurrentMap<String, Integer> dict = manager.dict();
        List<Process> children = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            children.add(mp.process(() -> {
                        for (int n = 0; n < 500; n++) {
                            dict.merge("merged", 1, Integer::sum);
                            dict.compute("computed", (_, value) -> value == null ? 1 : value + 1);
                        }
                    })
                    .start());
        }
        for (Process child : children) {
            join(child);
        }
        assertThat(dict).isEqualTo(Map.of("merged", 1000, "computed", 1000));
    }

    @Test
    void dictIsAsAMap() {
        ConcurrentMap<String, Integer> dict = manager.dict(Map.of("a", 1));
        assertThat(dict.putIfAbsent("a", 5)).isEqualTo(1);
        assertThat(dict.putIfAbsent("b", 2)).isNull();
        assertThat(dict.replace("a", 3)).isEqualTo(1);
        assertThat(dict.replace("x", 3)).isNull();
        assertThat(dict.replace("a", 1, 4)).isFalse();
        assertThat(dict.replace("a", 3, 4)).isTrue();
        assertThat(dict.remove("a", 3)).isFalse();
        assertThat(dict.getOrDefault("x", 9)).isEqualTo(9);
        assertThat(dict.containsKey("a")).isTrue();
        assertThat(dict.containsValue(4)).isTrue();
        assertThat(dict.containsValue(5)).isFalse();
        assertThat(dict.computeIfAbsent("c", String::length)).isEqualTo(1);
        assertThat(dict.computeIfPresent("c", (_, v) -> v + 5)).isEqualTo(6);
        assertThat(dict.computeIfPresent("c", (_, _) -> null)).isNull();
        assertThat(dict).hasToString("{a=4, b=2}").hasSize(2);
        dict.replaceAll((_, v) -> 10 * v);
        assertThat(dict).isEqualTo(Map.of("a", 40, "b", 20)).hasSameHashCodeAs(Map.of("a", 40, "b", 20));
        assertThat(Map.of("a", 40, "b", 20)).isEqualTo(dict);
        for (Map.Entry<String, Integer> entry : dict.entrySet()) {
            entry.setValue(entry.getValue() + 1);
        }
        assertThat(dict.values()).containsExactly(41, 21);
        assertThat(dict.keySet().remove("a")).isTrue();
        assertThat(dict.entrySet().contains(Map.entry("b", 21))).isTrue();
        assertThat(dict.values().removeIf(value -> value == 21)).isTrue();
        assertThat(dict).isEmpty();
        assertThatThrownBy(() -> dict.put("null", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> dict.get(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void valuesThatAreEqualToNothingCanBeComputed() {
        ConcurrentMap<String, int[]> dict = manager.dict();
        dict.put("array", new int[] {1});
        dict.compute("array", (_, array) -> new int[] {array[0], 2});
        assertThat(dict.get("array")).containsExactly(1, 2);
    }

    @Test
    void iterationGoesThroughAll_whateverChanges() {
        Map<Integer, String> expected = new LinkedHashMap<>();
        for (int i = 0; i < 10_000; i++) {
            expected.put(i * 7919 % 10_007, "value " + i);
        }
        ConcurrentMap<Integer, String> dict = manager.dict(expected);
        assertThat(new ArrayList<>(dict.keySet())).isEqualTo(new ArrayList<>(expected.keySet()));
        assertThat(new LinkedHashMap<>(dict)).isEqualTo(expected);
        int seen = 0;
        for (Integer key : dict.keySet()) {
            dict.remove(key);
            seen++;
        }
        assertThat(seen).isEqualTo(10_000);
        assertThat(dict).isEmpty();
    }

    @Test
    void listIsAsAnArrayList() {
        Random random = new Random(42);
        List<Integer> expected = new ArrayList<>();
        List<Integer> list = manager.list();
        for (int i = 0; i < 400; i++) {
            int number = random.nextInt(50);
            int index = random.nextInt(expected.size() + 1);
            int some = expected.isEmpty() ? 0 : random.nextInt(expected.size());
            switch (random.nextInt(expected.isEmpty() ? 3 : 9)) {
                case 0 -> assertThat(list.add(number)).isEqualTo(expected.add(number));
                case 1 -> {
                    list.add(index, number);
                    expected.add(index, number);
                }
                case 2 -> {
                    List<Integer> added = List.of(number, number + 1, number + 2);
                    assertThat(list.addAll(index, added)).isEqualTo(expected.addAll(index, added));
                }
                case 3 -> assertThat(list.set(some, number)).isEqualTo(expected.set(some, number));
                case 4 -> assertThat(list.remove(/* index */ some)).isEqualTo(expected.remove(/* index */ some));
                case 5 ->
                    assertThat(list.remove(Integer.valueOf(number)))
                            .isEqualTo(expected.remove(Integer.valueOf(number)));
                case 6 -> assertThat(list.indexOf(number)).isEqualTo(expected.indexOf(number));
                case 7 -> assertThat(list.lastIndexOf(number)).isEqualTo(expected.lastIndexOf(number));
                default ->
                    assertThat(list.subList(some, expected.size())).isEqualTo(expected.subList(some, expected.size()));
            }
        }
        assertThat(list).isEqualTo(expected).hasSameHashCodeAs(expected).hasToString(expected.toString());
        assertThat(expected).isEqualTo(list);
    }

    @Test
    void listsSortReplaceAndHaveViews() {
        List<Integer> list = manager.list(IntStream.range(0, 1000).boxed().toList());
        Collections.reverse(list);
        assertThat(list.getFirst()).isEqualTo(999);
        list.sort(null);
        assertThat(list.getFirst()).isZero();
        list.sort(Comparator.comparingInt(number -> -number));
        assertThat(list.get(1)).isEqualTo(998);
        list.replaceAll(number -> number / 10);
        assertThat(list.removeIf(number -> number > 50)).isTrue();
        assertThat(list).hasSize(510);
        list.subList(5, 505).clear();
        assertThat(list).containsExactly(50, 50, 50, 50, 50, 0, 0, 0, 0, 0);
        list.retainAll(List.of(0));
        assertThat(list.stream().mapToInt(Integer::intValue).sum()).isZero();
        ListIterator<Integer> iterator = list.listIterator(2);
        iterator.add(7);
        iterator.next();
        iterator.set(8);
        iterator.next();
        iterator.remove();
        assertThat(iterator.previous()).isEqualTo(8);
        assertThat(list).containsExactly(0, 0, 7, 8, 0);
        assertThat(list.reversed()).containsExactly(0, 8, 7, 0, 0);
        List<Object> mixed = manager.list(List.of(1, "one"));
        assertThatThrownBy(() -> mixed.sort(null)).isInstanceOf(ClassCastException.class);
        assertThat(mixed).containsExactly(1, "one");
        assertThatThrownBy(() -> list.get(5))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .satisfies(thrown ->
                        assertThat(thrown.getStackTrace()[0].getClassName()).isEqualTo(ManagerContract.class.getName()))
                .hasCauseInstanceOf(RemoteException.class);
    }

    @Test
    void setIsAsASet() throws Exception {
        Set<String> set = manager.set(List.of("b", "a", "b"));
        join(mp.process(() -> set.add("c")).start());
        assertThat(set).containsExactly("b", "a", "c").isEqualTo(Set.of("a", "b", "c"));
        assertThat(set.add("a")).isFalse();
        assertThat(set.remove("x")).isFalse();
        assertThat(set.containsAll(List.of("a", "b"))).isTrue();
        assertThat(set.retainAll(List.of("a", "c", "d"))).isTrue();
        assertThat(set.removeAll(List.of("d"))).isFalse();
        assertThat(set.removeIf("c"::equals)).isTrue();
        assertThat(set).hasToString("[a]").hasSize(1).hasSameHashCodeAs(Set.of("a"));
    }

    @Test
    void plainContainersAreCopies_andProxiesInContainersAreNot() throws Exception {
        ConcurrentMap<String, List<Integer>> dict = manager.dict();
        dict.put("copy", new ArrayList<>(List.of(1)));
        dict.put("live", manager.list(List.of(1)));
        join(mp.process(() -> {
                    dict.get("copy").add(2);
                    dict.get("live").add(2);
                })
                .start());
        assertThat(dict.get("copy")).containsExactly(1);
        assertThat(dict.get("live")).containsExactly(1, 2);
        System.gc();
        assertThat(dict.get("live")).isEqualTo(List.of(1, 2));
    }

    @Test
    void proxiesGoThroughQueuesAndPipes() throws Exception {
        Queue<List<Integer>> queue = mp.queue();
        Process child = mp.process(() -> queue.get().add(5)).start();
        List<Integer> list = manager.list();
        queue.put(list);
        join(child);
        assertThat(list).containsExactly(5);
        Queue<Object> managed = manager.queue();
        managed.put(Map.of("list", list));
        assertThat(managed.get()).isEqualTo(Map.of("list", List.of(5)));
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
    void recordsWithProxiesInThemMayBePutIn() throws Exception {
        ConcurrentMap<String, Job> jobs = manager.dict();
        List<Integer> results = manager.list();
        jobs.put("job", new Job("sum", results));
        join(mp.process(() -> jobs.get("job").results().add(3)).start());
        assertThat(results).containsExactly(3);
        assertThat(jobs.get("job").results()).isEqualTo(results);
        ConcurrentMap<Object, Object> self = manager.dict();
        self.put("self", self);
        assertThat(((Map<?, ?>) self.get("self")).size()).isEqualTo(1);
    }

    @Test
    void containersMayHoldQueues_andThemselves() throws Exception {
        List<Object> list = manager.list();
        Queue<Integer> queue = manager.queue();
        list.add(queue);
        join(mp.process(() -> ((Queue<Integer>) list.getFirst()).put(7)).start());
        assertThat(queue.get(Await.LIMIT)).isEqualTo(7);
        list.set(0, list);
        assertThat(list.getFirst()).isEqualTo(list);
        assertThat(list).hasToString("[(this Collection)]");
        ConcurrentMap<String, Object> dict = manager.dict();
        dict.put("self", dict);
        assertThat(dict).hasToString("{self=(this Map)}");
    }

    @Test
    void namespaceHasNames() throws Exception {
        Namespace namespace = manager.namespace();
        namespace.set("x", 10).set("y", "hello");
        join(mp.process(() -> namespace.set("x", namespace.get("x", Integer.class) + 1))
                .start());
        assertThat(namespace.get("x")).isEqualTo(11);
        assertThat(namespace.names()).containsExactly("x", "y");
        assertThat(namespace).hasToString("Namespace{x=11, y=hello}");
        assertThat(namespace.remove("y")).isTrue();
        assertThat(namespace.find("y")).isEmpty();
        assertThatThrownBy(() -> namespace.get("y"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("[x]");
    }

    @Test
    void valueAndArrayHaveTypes() throws Exception {
        Value<Object> value = manager.value('i', 1);
        Array<Object> array = manager.array('d', 3);
        Array<Object> slice = array.slice(1, 3);
        join(mp.process(() -> {
                    try (var _ = value.lock().hold()) {
                        value.set((Integer) value.get() + 1);
                    }
                    slice.set(0, 1.5);
                })
                .start());
        assertThat(value.get()).isEqualTo(2);
        assertThat(value.compareAndSet(2, 5)).isTrue();
        assertThat(value.getAndSet(6)).isEqualTo(5);
        assertThat(value.update(number -> (Integer) number + 1)).isEqualTo(7);
        assertThat(array.toList()).containsExactly(0.0, 1.5, 0.0);
        assertThat(slice).hasToString("[1.5, 0.0]");
        assertThatThrownBy(() -> array.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> value.set("text")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> manager.array('i', List.of(1, "two"))).hasMessageContaining("element 1");
        Array<Object> text = manager.array('c', List.of('a', 'b', 'c'));
        text.setText("x");
        assertThat(text.text()).isEqualTo("x");
    }

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
                    list.add(1);
                    try {
                        queue.get();
                    } catch (ManagerEndedException expected) {
                        System.exit(9);
                    }
                })
                .start();
        Await.until("the child is there", () -> list.size() == 1);
        ProcessHandle.of(manager.pid()).orElseThrow().destroyForcibly();
        assertThatThrownBy(() -> waiting.get(2, java.util.concurrent.TimeUnit.SECONDS))
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

    /** A message of the user's. */
    record Job(String name, List<Integer> results) {}

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
