package io.multiprocessing.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.UnreadableMessageException;
import java.io.EOFException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages whose large arrays go straight from the sender's to the reader's memory. */
class StreamedMessagesTest {
    @SuppressWarnings("ArrayRecordComponent") // as users have them
    private record Frame(String name, int[] pixels, List<String> notes) {}

    /** Gives the bytes of an array. */
    private static final class ArraySource implements MessageSource {
        private final byte[] bytes;
        private final long claimed;
        private int at;
        private long largestCopy;

        ArraySource(byte[] bytes, long claimed) {
            this.bytes = bytes;
            this.claimed = claimed;
        }

        @Override
        public long remaining() {
            return claimed - at;
        }

        @Override
        public void read(byte[] target, int offset, int count) {
            if (count > bytes.length - at) {
                throw new UncheckedIOException(new EOFException("the writer is gone"));
            }
            System.arraycopy(bytes, at, target, offset, count);
            at += count;
        }

        @Override
        public void read(MemorySegment target) {
            largestCopy = Math.max(largestCopy, target.byteSize());
            MessageSource.super.read(target);
        }
    }

    private static final Object MESSAGE = message();

    private static Object message() {
        Random random = new Random(5);
        Map<String, Object> parts = new HashMap<>();
        parts.put(
                "frame",
                new Frame("f", random.ints(100_000).toArray(), List.of("x".repeat(20_000), "漢".repeat(9_000))));
        parts.put("bytes", new byte[70_000]);
        parts.put("flags", new boolean[70_000]);
        parts.put("doubles", random.doubles(3_000).toArray());
        parts.put("few", new long[] {1, 2, 3});
        parts.put("error", new IllegalStateException("x"));
        return parts;
    }

    @Test
    void messageIsReadAsItComes() throws NotSerializableException {
        byte[] bytes = ValueCodec.encode(MESSAGE);
        var source = new ArraySource(bytes, bytes.length);
        try (Decoder decoder = Decoder.borrow(getClass().getClassLoader())) {
            Object copy = decoder.over(source).read();
            assertThat(Copies.areSame(copy, MESSAGE)).isTrue();
            assertThat(decoder.remaining()).isZero();
        }
        assertThat(source.largestCopy).isGreaterThan(390_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 65_536, 1_000_000})
    void messageIsWrittenInPartsOfAnySize(int part) throws NotSerializableException {
        byte[] whole = ValueCodec.encode(MESSAGE);
        if (part == 1) {
            whole = ValueCodec.encode(new int[5_000]);
        }
        try (Encoder encoder = Encoder.borrow()) {
            encoder.write(part == 1 ? new int[5_000] : MESSAGE);
            assertThat(encoder.length()).isEqualTo(whole.length);
            byte[] copied = new byte[whole.length];
            for (int from = 0; from < whole.length; from += part) {
                int count = Math.min(part, whole.length - from);
                MemorySegment target = MemorySegment.ofArray(new byte[count + 3]);
                encoder.copyTo(from, target, 3, count);
                MemorySegment.copy(target, ValueLayout.JAVA_BYTE, 3, copied, from, count);
            }
            assertThat(Arrays.equals(copied, whole)).isTrue();
        }
    }

    @Test
    void largeArraysAreNotCopiedByTheEncoder() throws NotSerializableException {
        byte[] large = new byte[50_000_000];
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        try (Encoder encoder = Encoder.borrow()) {
            long before = threads.getCurrentThreadAllocatedBytes();
            encoder.write(List.of(large, "after"));
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
            assertThat(encoder.length()).isGreaterThan(50_000_000);
        }
    }

    @Test
    void severalValuesOfAMessageShareWhatTheyHold() throws NotSerializableException {
        List<Integer> shared = Arrays.asList(1, 2);
        try (Encoder encoder = Encoder.borrow();
                Decoder decoder = Decoder.borrow(getClass().getClassLoader())) {
            encoder.writeInt(-5);
            encoder.write(shared);
            encoder.writeCount(300);
            encoder.write(Map.of("x", shared));
            encoder.writeLong(Long.MIN_VALUE);
            byte[] bytes = encoder.toBytes();

            decoder.over(bytes, 0, bytes.length);
            assertThat(decoder.readInt()).isEqualTo(-5);
            Object first = decoder.read();
            assertThat(decoder.readCount()).isEqualTo(300);
            assertThat(((Map<?, ?>) decoder.read()).get("x")).isSameAs(first).isEqualTo(shared);
            assertThat(decoder.readLong()).isEqualTo(Long.MIN_VALUE);
            assertThat(decoder.remaining()).isZero();
        }
    }

    @Test
    void messageOfNoBytesIsRefused() {
        try (Decoder decoder = Decoder.borrow(getClass().getClassLoader())) {
            assertThatThrownBy(decoder.over(new byte[0], 0, 0)::read).isInstanceOf(UnreadableMessageException.class);
            assertThatThrownBy(decoder.over(new ArraySource(new byte[0], 0))::read)
                    .isInstanceOf(UnreadableMessageException.class);
        }
    }

    @Test
    void writerThatIsGoneIsToldApartFromDamage() throws NotSerializableException {
        byte[] bytes = ValueCodec.encode(new int[10_000]);
        try (Decoder decoder = Decoder.borrow(getClass().getClassLoader())) {
            decoder.over(new ArraySource(Arrays.copyOf(bytes, 9_000), bytes.length));
            assertThatThrownBy(decoder::read).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(decoder::read).isInstanceOf(UnreadableMessageException.class);
        }
    }

    @Test
    void lentCodersAreReplacedWhereTheyAreInUse() throws NotSerializableException {
        try (Encoder outer = Encoder.borrow();
                Decoder reader = Decoder.borrow(getClass().getClassLoader())) {
            outer.write("outer");
            assertThat(Copies.<@Nullable Object>travelled(List.of("inner"))).isEqualTo(List.of("inner"));
            byte[] bytes = outer.toBytes();
            assertThat(reader.over(bytes, 0, bytes.length).read()).isEqualTo("outer");
        }
    }
}
