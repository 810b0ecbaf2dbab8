package io.multiprocessing.codec;

import static io.multiprocessing.codec.Copies.travelled;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CollectionsTest {
    private record Point(int x, int y) {}

    @SuppressWarnings({"JdkObsolete", "JavaUtilDate"}) // users have them
    static Stream<Object> collections() {
        List<@Nullable Object> mixed = Arrays.asList(1, "two", null, 3.0, List.of(4), new Point(5, 6));
        return Stream.of(
                new ArrayList<>(mixed),
                new ArrayList<>(),
                new LinkedList<>(mixed),
                new ArrayDeque<>(List.of(1, 2, 3)),
                new ArrayDeque<>(),
                new Vector<>(mixed),
                new Stack<>(),
                new PriorityQueue<>(List.of(3, 1, 2)),
                new PriorityQueue<>(),
                new CopyOnWriteArrayList<>(mixed),
                new ConcurrentLinkedQueue<>(List.of(1, 2)),
                new ConcurrentLinkedDeque<>(List.of(1, 2)),
                new ArrayBlockingQueue<>(3, true, List.of(1, 2)),
                new LinkedBlockingDeque<>(List.of(1, 2)),
                mixed,
                Arrays.asList(),
                List.of(),
                List.of(1),
                List.of(1, 2),
                List.of(new Point(1, 2), 2, 3, 4),
                mixed.stream().toList(),
                Stream.of((Object) null).toList(),
                Collections.emptyList(),
                Collections.singletonList(null),
                Collections.nCopies(3, "x"),
                Collections.unmodifiableList(new ArrayList<>(mixed)),
                Collections.unmodifiableCollection(new ArrayList<>(mixed)),
                Collections.synchronizedList(new ArrayList<>(mixed)),
                new HashSet<>(mixed),
                new HashSet<>(),
                new LinkedHashSet<>(List.of(3, 1, 2)),
                new TreeSet<>(List.of(3, 1, 2)),
                new ConcurrentSkipListSet<>(List.of(3, 1, 2)),
                new CopyOnWriteArraySet<>(List.of(3, 1, 2)),
                Set.of(),
                Set.of(1),
                Set.of(1, new Point(1, 2), List.of(3)),
                Collections.emptySet(),
                Collections.singleton("x"),
                Collections.unmodifiableSet(new HashSet<>(List.of(1, 2))),
                Collections.unmodifiableSortedSet(new TreeSet<>(List.of(1, 2))),
                EnumSet.of(TimeUnit.DAYS, TimeUnit.HOURS),
                EnumSet.noneOf(TimeUnit.class),
                new BitSet(70));
    }

    /** Numbers of one type, and some that look so for long. */
    @SuppressWarnings("JdkObsolete") // users have them
    static Stream<Object> numbers() {
        List<@Nullable Object> ints =
                IntStream.range(-50, 50).mapToObj(n -> (Object) (n << 20)).collect(toList());
        List<@Nullable Object> longs =
                ints.stream().map(n -> (Object) ((Integer) n * 1_000_000_007L)).collect(toList());
        List<@Nullable Object> doubles =
                ints.stream().map(n -> (Object) (1.0 / (Integer) n)).collect(toList());
        doubles.set(3, Double.NaN);
        List<@Nullable Object> mixed = new ArrayList<>(ints);
        mixed.set(99, 99L);
        List<@Nullable Object> withNull = new ArrayList<>(longs);
        withNull.set(99, null);
        List<@Nullable Object> floats =
                ints.stream().map(n -> (Object) ((Integer) n).floatValue()).collect(toList());
        return Stream.of(ints, longs, doubles, mixed, withNull, floats)
                .flatMap(list -> Stream.of(
                        new ArrayList<>(list),
                        new LinkedList<>(list),
                        new Vector<>(list),
                        new CopyOnWriteArrayList<>(list),
                        Arrays.asList(list.toArray()),
                        list.stream().toList(),
                        Collections.unmodifiableList(list),
                        Collections.unmodifiableCollection(list),
                        Collections.synchronizedList(list),
                        list.contains(null) ? list : List.copyOf(list),
                        list.contains(null) ? list : new ArrayDeque<>(list),
                        list.contains(null) ? list : new ConcurrentLinkedQueue<>(list),
                        list.contains(null) || list.equals(mixed) ? list : new PriorityQueue<>(list)));
    }

    @Test
    void aListOfNumbersKnowsWhatItIsAmong() throws NotSerializableException {
        List<Integer> numbers = new ArrayList<>(Collections.nCopies(20, 7));
        List<List<Integer>> twice = travelled(new ArrayList<>(List.of(numbers, numbers)));
        assertThat(twice.get(0)).isEqualTo(numbers).isSameAs(twice.get(1));
    }

    @SuppressWarnings("JdkObsolete") // users have them
    static Stream<Object> maps() {
        Map<@Nullable Object, @Nullable Object> mixed = new HashMap<>();
        mixed.put("a", 1);
        mixed.put(2, List.of(new Point(1, 2)));
        mixed.put(null, null);
        mixed.put(new Point(3, 4), new HashMap<>(Map.of("x", "y")));
        var properties = new Properties();
        properties.setProperty("a", "b");
        return Stream.of(
                mixed,
                new HashMap<>(),
                new LinkedHashMap<>(mixed),
                new TreeMap<>(Map.of("b", 1, "a", 2)),
                new ConcurrentHashMap<>(Map.of("b", 1, "a", 2)),
                new ConcurrentSkipListMap<>(Map.of("b", 1, "a", 2)),
                new EnumMap<>(Map.of(TimeUnit.DAYS, new Point(1, 2))),
                new EnumMap<>(TimeUnit.class),
                Map.of(),
                Map.of(1, 2),
                Map.of(1, 2, 3, List.of(4)),
                Collections.emptyMap(),
                Collections.singletonMap(null, null),
                Collections.unmodifiableMap(mixed),
                Collections.unmodifiableSortedMap(new TreeMap<>(Map.of("b", 1))),
                new Hashtable<>(Map.of(1, 2)),
                properties,
                Map.entry(1, new Point(1, 2)),
                new AbstractMap.SimpleEntry<>(1, null));
    }

    @ParameterizedTest
    @MethodSource({"collections", "numbers", "maps"})
    void collectionArrivesAsTheSameClassWithTheSameElements(Object value) throws NotSerializableException {
        Object copy = travelled(value);

        assertThat(copy).hasSameClassAs(value);
        assertThat(Copies.areSame(copy, value)).as("%s as %s", value, copy).isTrue();
        if (value instanceof LinkedHashSet || value instanceof LinkedHashMap) {
            assertThat(copy).hasToString(value.toString());
        }
    }

    @Test
    void synchronizedAndConcurrentSetsAndMapsArrive() throws NotSerializableException {
        Map<Integer, Integer> map = Collections.synchronizedMap(new HashMap<>(Map.of(1, 2)));
        assertThat(travelled(map)).isEqualTo(map).hasSameClassAs(map);
        Set<Integer> set = Collections.synchronizedSet(new HashSet<>(Set.of(1, 2)));
        assertThat(travelled(set)).isEqualTo(set).hasSameClassAs(set);
        Set<Integer> concurrent = ConcurrentHashMap.newKeySet();
        concurrent.add(1);
        assertThat(travelled(concurrent)).isEqualTo(concurrent).hasSameClassAs(concurrent);
    }

    @Test
    void whatIsImmutableStaysSo() throws NotSerializableException {
        for (Collection<?> collection : List.of(
                List.of(1, 2, 3),
                Stream.of(1, 2).toList(),
                Set.of(1, 2),
                Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                Collections.unmodifiableSet(new HashSet<>(List.of(1))),
                Collections.unmodifiableCollection(new ArrayList<>(List.of(1))))) {
            assertThatThrownBy(() -> travelled(collection).clear()).isInstanceOf(UnsupportedOperationException.class);
        }
        assertThatThrownBy(() -> travelled(Map.of(1, 2)).clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> travelled(Collections.unmodifiableMap(new HashMap<>(Map.of(1, 2))))
                        .clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void partOfAnImmutableListIsImmutable() throws NotSerializableException {
        List<Integer> part = travelled(List.of(1, 2, 3).subList(1, 3));
        assertThat(part).containsExactly(2, 3);
        assertThatThrownBy(part::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void viewsArriveAsCopiesOfWhatTheyShow() throws NotSerializableException {
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("b", 1);
        map.put("a", 2);
        assertThat(travelled((Object) map.keySet())).isEqualTo(new LinkedHashSet<>(List.of("b", "a")));
        assertThat(travelled((Object) map.values())).isEqualTo(List.of(1, 2));
        assertThat(travelled((Object) map.entrySet())).isEqualTo(map.entrySet());
        assertThat(travelled((Object) new ArrayList<>(List.of(1, 2, 3)).subList(1, 3)))
                .isEqualTo(List.of(2, 3))
                .isInstanceOf(ArrayList.class);
        assertThat(travelled((Object) map.entrySet().iterator().next())).isEqualTo(Map.entry("b", 1));
    }

    @Test
    void comparatorsTravelWithTheirCollections() throws NotSerializableException {
        var byLength = (Comparator<String> & java.io.Serializable) (a, b) -> Integer.compare(a.length(), b.length());
        var set = new TreeSet<>(byLength);
        set.add("aaa");
        set.add("b");
        var copy = travelled(set);
        assertThat(copy).containsExactly("b", "aaa");
        assertThat(copy.add("xxx")).isFalse();

        var map = new TreeMap<String, Integer>(Comparator.reverseOrder());
        map.putAll(Map.of("a", 1, "b", 2));
        assertThat(travelled(map).firstKey()).isEqualTo("b");

        var queue = new PriorityQueue<>(String.CASE_INSENSITIVE_ORDER.reversed());
        queue.addAll(List.of("a", "C", "b"));
        assertThat(travelled(queue).poll()).isEqualTo("C");
    }

    @Test
    void subclassesGoByJavaSerialization() throws NotSerializableException {
        var list = new Marked(List.of(1, 2));
        list.mark = "kept";
        Marked copy = travelled(list);
        assertThat(copy).isEqualTo(list);
        assertThat(copy.mark).isEqualTo("kept");
    }

    private static final class Marked extends ArrayList<Integer> {
        private static final long serialVersionUID = 1L;
        private String mark = "";

        Marked(Collection<Integer> elements) {
            super(elements);
        }
    }
}
