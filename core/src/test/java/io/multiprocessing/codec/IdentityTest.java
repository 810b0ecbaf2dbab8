package io.multiprocessing.codec;

import static io.multiprocessing.codec.Copies.travelled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.NotSerializableException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private record Holder(@Nullable Object value) {}

    private record Plain(int number) {}

    private static final class Node implements Serializable {
        private static final long serialVersionUID = 1L;

        @Nullable
        Node next;
    }

    @Test
    void sharedObjectsStayShared() throws NotSerializableException {
        for (Object shared : List.of(
                new ArrayList<>(),
                List.of(1),
                new int[] {1},
                new Object[0],
                new HashMap<>(),
                Set.of(1),
                new PriorityQueue<>(List.of(1)),
                new Holder(1),
                new Node(),
                new IllegalStateException("x"),
                new java.util.concurrent.atomic.AtomicInteger(1))) {
            List<Object> copy = travelled(new ArrayList<>(List.of(shared, "between", new Holder(shared))));
            assertThat(copy.get(2)).isInstanceOf(Holder.class);
            assertThat(((Holder) copy.get(2)).value())
                    .as("%s", shared.getClass())
                    .isSameAs(copy.get(0));
        }
    }

    @Test
    void equalObjectsStayApart() throws NotSerializableException {
        List<List<Integer>> copy = travelled(List.of(new ArrayList<>(List.of(1)), new ArrayList<>(List.of(1))));
        assertThat(copy.get(0)).isNotSameAs(copy.get(1)).isEqualTo(copy.get(1));
    }

    @Test
    void plainValuesAreOnlyEqual() throws NotSerializableException {
        Plain plain = new Plain(1);
        List<Plain> copy = travelled(List.of(plain, plain));
        assertThat(copy.get(0)).isNotSameAs(copy.get(1)).isEqualTo(plain);
    }

    @Test
    void manySharedObjectsStayShared() throws NotSerializableException {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            all.add(new ArrayList<>(List.of(i)));
        }
        all.addAll(List.copyOf(all));
        List<Object> copy = travelled(all);
        assertThat(copy).isEqualTo(all);
        for (int i = 0; i < 3000; i++) {
            assertThat(copy.get(i)).isSameAs(copy.get(i + 3000));
        }
    }

    @Test
    void encoderForgetsWhatItHasSeen() throws NotSerializableException {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(new int[] {i});
        }
        for (int i = 0; i < 3; i++) {
            assertThat(Copies.areSame(travelled(many), many)).isTrue();
            assertThat(travelled(many.get(7))).isEqualTo(many.get(7));
        }
    }

    @Test
    void listThatContainsItselfArrives() throws NotSerializableException {
        List<Object> list = new ArrayList<>();
        list.add(list);
        list.add(Collections.unmodifiableList(list));
        list.add(new Holder(list));
        list.add(List.of(list));
        list.add(Optional.of(list));

        List<Object> copy = travelled(list);
        assertThat(copy.get(0)).isSameAs(copy);
        assertThat(((List<?>) copy.get(1)).get(0)).isSameAs(copy);
        assertThat(((Holder) copy.get(2)).value()).isSameAs(copy);
        assertThat(((List<?>) copy.get(3)).get(0)).isSameAs(copy);
        assertThat(((Optional<?>) copy.get(4)).orElseThrow()).isSameAs(copy);
    }

    @Test
    void everyContainerThatCanContainItselfArrives() throws NotSerializableException {
        Object[] array = new Object[1];
        array[0] = array;
        Object[] arrayCopy = travelled(array);
        assertThat(arrayCopy[0]).isSameAs(arrayCopy);

        Map<String, Object> map = new HashMap<>();
        map.put("self", map);
        Map<String, Object> mapCopy = travelled(map);
        assertThat(mapCopy.get("self")).isSameAs(mapCopy);

        List<Object> fixed = Arrays.asList(new Object[1]);
        fixed.set(0, fixed);
        List<Object> fixedCopy = travelled(fixed);
        assertThat(fixedCopy.get(0)).isSameAs(fixedCopy);

        List<Object> concurrent = new CopyOnWriteArrayList<>();
        concurrent.add(concurrent);
        List<Object> concurrentCopy = travelled(concurrent);
        assertThat(concurrentCopy.get(0)).isSameAs(concurrentCopy);

        List<Object> backing = new ArrayList<>();
        List<Object> view = Collections.unmodifiableList(backing);
        backing.add(view);
        List<Object> viewCopy = travelled(view);
        assertThat(viewCopy.get(0)).isSameAs(viewCopy);
    }

    @Test
    void serializedObjectsRefersToEachOther() throws NotSerializableException {
        Node first = new Node();
        Node second = new Node();
        first.next = second;
        second.next = first;
        List<Node> copy = travelled(List.of(first, second));
        assertThat(copy.get(0).next).isSameAs(copy.get(1));
        assertThat(copy.get(1).next).isSameAs(copy.get(0));
    }

    @Test
    void immutableThatContainsItselfIsRefused() {
        List<Object> inner = new ArrayList<>();
        List<Object> outer = List.of(inner);
        inner.add(outer);
        assertThatThrownBy(() -> ValueCodec.encode(outer))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("is immutable and contains itself")
                .hasMessageContaining("[0][0]");

        Holder holder = new Holder(new ArrayList<>());
        castToList(holder.value()).add(holder);
        assertThatThrownBy(() -> ValueCodec.encode(holder)).isInstanceOf(NotSerializableException.class);
    }

    @SuppressWarnings("unchecked") // it was put there
    private static List<Object> castToList(@Nullable Object value) {
        return (List<Object>) value;
    }

    @Test
    void keysAndElementsOfSetsAreCopiesOfTheirOwn() throws NotSerializableException {
        List<Integer> shared = List.of(1);
        List<Object> copy = travelled(List.of(shared, Set.of(shared), Map.of(shared, shared)));
        assertThat(((Set<?>) copy.get(1)).iterator().next()).isEqualTo(shared).isNotSameAs(copy.get(0));
        assertThat(((Map<?, ?>) copy.get(2)).get(shared)).isSameAs(copy.get(0));
    }

    @Test
    void keyThatContainsItselfIsRefused() {
        List<Object> list = new ArrayList<>();
        list.add(new Object[] {list});
        assertThatThrownBy(() -> ValueCodec.encode(Collections.singleton(list.get(0))))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("too deep");
    }
}
