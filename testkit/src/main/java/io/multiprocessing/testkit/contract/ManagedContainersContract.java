package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Array;
import io.multiprocessing.Namespace;
import io.multiprocessing.Process;
import io.multiprocessing.Queue;
import io.multiprocessing.RemoteException;
import io.multiprocessing.Value;
import io.multiprocessing.testkit.jvm.Await;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The dicts, lists, sets and values of a manager, in every context. */
@SuppressWarnings("unchecked") // what was put in is known
public abstract class ManagedContainersContract extends KeptManagerSuite {
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
                .satisfies(thrown -> assertThat(thrown.getStackTrace()[0].getClassName())
                        .isEqualTo(ManagedContainersContract.class.getName()))
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

    /** A message of the user's. */
    record Job(String name, List<Integer> results) {}
}
