package io.multiprocessing.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.multiprocessing.UnreadableMessageException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnreadableTest {
    /** What a message of some bytes may allocate: what Java serialization takes for itself, and a share of each byte. */
    static final long FREE_BYTES = 1 << 20;

    static final int BYTES_OF_A_BYTE = 600;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private record Point(int x, Object y) {}

    private static final class Bean implements Serializable {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "unused"}) // it is only sent
        private final Object value = new ArrayList<>(List.of(1, 2));
    }

    @SuppressWarnings("ClassInitializationDeadlock") // it has no parts
    private static final class Trap {
        static {
            initialized.incrementAndGet();
        }
    }

    private static final AtomicInteger initialized = new AtomicInteger();

    @Test
    void everyTruncationIsRefused() throws NotSerializableException {
        Object value = List.of(
                1,
                1L << 40,
                "text".repeat(20),
                "漢字",
                new int[] {1, 2, 3},
                new Point(1, Map.of("k", Set.of(2.0))),
                Thread.State.NEW,
                new IllegalStateException("x"),
                new Bean(),
                new TreeMap<>(Map.of("a", 1)),
                java.time.ZonedDateTime.now(java.time.ZoneOffset.UTC));
        byte[] bytes = ValueCodec.encode(value);
        for (int length = 0; length < bytes.length; length++) {
            byte[] truncated = java.util.Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decode(truncated)).isInstanceOf(UnreadableMessageException.class);
        }
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        assertThatThrownBy(() -> decode(new byte[] {Tag.TRUE, 0}))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("1 bytes after its end");
    }

    @Test
    void unknownTagsAreRefused() {
        assertThatThrownBy(() -> decode(new byte[] {(byte) 0x80}))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("tag 128");
        assertThatThrownBy(() -> decode(new byte[] {0x50})).hasMessageContaining("tag 80");
        assertThatThrownBy(() -> decode(new byte[] {Tag.REFERENCE, 0})).hasMessageContaining("reference to object 0");
    }

    @Test
    void claimsOfSizeAllocateNothing() {
        byte[] tags = {
            Tag.LATIN_1,
            Tag.UTF_16,
            Tag.SERIALIZED,
            Tag.OBJECTS,
            Tag.BOOLEANS,
            Tag.BYTES,
            Tag.CHARS,
            Tag.INTS,
            Tag.LONGS,
            Tag.DOUBLES
        };
        for (byte tag : tags) {
            assertRefusedCheaply(new byte[] {tag, -1, -1, -1, -1, 7, 0, 0, 0, 0});
            assertRefusedCheaply(new byte[] {tag, -1, -1, -1, -1, 8, 0, 0, 0, 0});
            assertRefusedCheaply(new byte[] {tag, -1, -1, -1, -1, -1, -1, -1, 0, 0});
        }
        for (byte tag : new byte[] {Tag.LIST, Tag.SET, Tag.MAP}) {
            for (byte kind = 0; kind < 20; kind++) {
                assertRefusedCheaply(new byte[] {tag, kind, -1, -1, -1, -1, 7, 0, 0});
                assertRefusedCheaply(new byte[] {tag, kind, Tag.NULL, -1, -1, -1, -1, 7, 0, 0});
            }
        }
    }

    /** Each of the arrays claims all bytes that follow, for elements of which the first is the next array. */
    @Test
    void nestedClaimsAllocateNoMoreThanTheBytesAllow() throws NotSerializableException {
        byte[] bytes = new byte[400_000];
        int at = 0;
        for (int i = 0; i < 400; i++) {
            bytes[at++] = i % 2 == 0 ? (byte) Tag.OBJECTS : Tag.LIST;
            if (i % 2 != 0) {
                bytes[at++] = 0;
            }
            int claim = 390_000;
            bytes[at++] = (byte) (claim | 0x80);
            bytes[at++] = (byte) ((claim >> 7) | 0x80);
            bytes[at++] = (byte) (claim >> 14);
        }
        assertRefusedCheaply(bytes);
    }

    @Test
    void depthIsBounded() {
        byte[] bytes = new byte[100_000];
        for (int i = 0; i < bytes.length - 1; i += 2) {
            bytes[i] = Tag.OBJECTS;
            bytes[i + 1] = 1;
        }
        assertThatThrownBy(() -> decode(bytes))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("deeper than");
    }

    @Test
    void smallStackIsNoHarm() throws Exception {
        byte[] bytes = new byte[998];
        for (int i = 0; i < bytes.length; i += 2) {
            bytes[i] = Tag.OBJECTS;
            bytes[i + 1] = 1;
        }
        List<Object> outcome = new ArrayList<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        decode(bytes);
                    } catch (Throwable thrown) {
                        outcome.add(thrown);
                    }
                },
                "small",
                1);
        thread.start();
        thread.join();
        assertThat(outcome).singleElement().isInstanceOf(UnreadableMessageException.class);
    }

    /** A set of sets of sets, each of which is there twice, takes twice as long to hash with every level. */
    @Test
    void setsOfSharedSetsAreRefused() throws NotSerializableException {
        Set<Object> one = new HashSet<>(Set.of(1));
        Set<Object> other = new HashSet<>(Set.of(2));
        byte[] bytes = ValueCodec.encode(new Object[] {one, other, new HashSet<>(Set.of(1))});
        bytes[bytes.length - 1] = Tag.REFERENCE;
        byte[] withReference = java.util.Arrays.copyOf(bytes, bytes.length + 1);
        withReference[bytes.length] = 1;
        assertThatThrownBy(() -> decode(withReference))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("reference");
    }

    @Test
    void classesThatAreNotWhatTheMessageSaysAreNotInitialized() throws NotSerializableException {
        NamedType trap = NamedType.of(Trap.class);
        for (int tag : new int[] {Tag.ENUM, Tag.RECORD, Tag.PLAIN_RECORD, Tag.LAMBDA, Tag.CLASS, Tag.TYPED_ARRAY}) {
            try (Encoder encoder = Encoder.standard()) {
                encoder.writeByte(tag);
                encoder.writeType(trap);
                for (int i = 0; i < 8; i++) {
                    encoder.writeText("x");
                }
                byte[] bytes = encoder.toBytes();
                assertThatThrownBy(() -> decode(bytes)).isInstanceOf(UnreadableMessageException.class);
            }
        }
        assertThat(initialized).hasValue(0);
    }

    @Test
    void missingClassIsNamed() throws NotSerializableException {
        byte[] bytes = ValueCodec.encode(new Point(1, 2));
        byte[] renamed = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("$Point", "$Paint")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> decode(renamed))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("a class that is not here: " + UnreadableTest.class.getName() + "$Paint");
    }

    @Test
    void sizesWithinJavaSerializationAreBounded() throws NotSerializableException {
        byte[] bytes = ValueCodec.encode(new Bean());
        int refused = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] = 0x7f;
            try {
                assertThat(allocated(() -> decode(changed))).isLessThan(FREE_BYTES);
            } catch (UnreadableMessageException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(bytes.length / 2);
    }

    private static void assertRefusedCheaply(byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> decode(bytes)).isInstanceOf(UnreadableMessageException.class);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
                .isLessThan(FREE_BYTES + (long) BYTES_OF_A_BYTE * bytes.length);
    }

    private static long allocated(Runnable run) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static @Nullable Object decode(byte[] bytes) {
        return ValueCodec.decode(bytes, UnreadableTest.class.getClassLoader());
    }
}
