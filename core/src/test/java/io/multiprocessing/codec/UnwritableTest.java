package io.multiprocessing.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnwritableTest {
    private record Order(int id, @Nullable Object address) {}

    @SuppressWarnings({"serial", "unused"}) // that is the point
    private static final class Connection implements Serializable {
        private static final long serialVersionUID = 1L;
        private final List<Object> sockets = new ArrayList<>();
    }

    private static final class Moody implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            throw new IOException("not today");
        }
    }

    private static final class Broken implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) {
            throw new IllegalStateException("a defect");
        }
    }

    @Test
    void culpritIsNamedWithItsPlace() {
        assertRefused(new Object(), "java.lang.Object is neither Serializable nor a record");
        assertRefused(
                new Order(1, List.of("x", Map.of("key", new Object()))),
                "java.lang.Object, at .address[1][key], is neither");
        assertRefused(new Object[] {null, new Order(1, Thread.currentThread())}, "java.lang.Thread, at [1].address,");
        assertRefused(Map.of(new Object(), 1), "java.lang.Object, at [a key],");
        assertRefused(Set.of(new Object()), "java.lang.Object, at [an element],");
        assertRefused(new TreeSet<Integer>((_, _) -> 0), "at .comparator,");
    }

    @Test
    void culpritWithinASerializedObjectIsNamedWithItsPlace() {
        var connection = new Connection();
        connection.sockets.add(1);
        connection.sockets.add(new Object());
        assertRefused(List.of(connection), "java.lang.Object, at [0].sockets[1], is not Serializable");
    }

    @Test
    void objectThatFailsToWriteItselfIsNamed() {
        assertRefused(List.of(new Moody()), Moody.class.getName() + ", at [0],", "not today");
    }

    @Test
    void defectOfTheUsersCodeIsShownAsItIs() {
        assertThatThrownBy(() -> ValueCodec.encode(new Broken()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a defect");
    }

    @Test
    void depthIsBounded() throws NotSerializableException {
        Object nested = 1;
        for (int i = 0; i < Encoder.MAXIMUM_DEPTH; i++) {
            nested = List.of(nested);
        }
        assertThat(Copies.travelled(nested)).isEqualTo(nested);
        assertRefused(List.of(nested), "nested too deep");
    }

    @Test
    void pathOfADeepCulpritIsShortened() {
        Object nested = new Object();
        for (int i = 0; i < 400; i++) {
            nested = List.of(nested);
        }
        Object value = nested;
        assertThatThrownBy(() -> ValueCodec.encode(value))
                .hasMessageContaining("…")
                .extracting(refused -> refused.getMessage().length())
                .matches(length -> length < 400);
    }

    @Test
    void encoderServesTheNextValueAfterItHasThrown() throws NotSerializableException {
        Map<String, Object> map = new HashMap<>();
        map.put("self", map);
        map.put("culprit", new Object());
        try (Encoder encoder = Encoder.borrow()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> encoder.write(List.of(new Order(1, "x"), new AtomicInteger(1), map)))
                        .isInstanceOf(NotSerializableException.class);
                assertThat(encoder.length()).isZero();
                encoder.write(List.of(new Order(1, "x"), new AtomicInteger(2)));
                assertThat(ValueCodec.decode(encoder.toBytes(), getClass().getClassLoader()))
                        .asString()
                        .isEqualTo("[Order[id=1, address=x], 2]");
                encoder.clear();
            }
        }
    }

    private static void assertRefused(Object value, String... reasons) {
        assertThatThrownBy(() -> ValueCodec.encode(value))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContainingAll(reasons);
    }
}
