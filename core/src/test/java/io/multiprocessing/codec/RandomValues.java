package io.multiprocessing.codec;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values of all kinds, in each other, made from a seed. */
@SuppressWarnings("JdkObsolete") // users have them
final class RandomValues {
    record Plain(int a, long b, double c, @Nullable String d, boolean e) {}

    record Compound(
            @Nullable Object a,
            List<@Nullable Object> b,
            @Nullable Compound c) {}

    @SuppressWarnings("serial") // it holds what can be sent
    static final class Bean implements Serializable {
        private static final long serialVersionUID = 1L;
        private final @Nullable String name;
        private final int[] numbers;
        private final List<Integer> list;

        Bean(@Nullable String name, int[] numbers, List<Integer> list) {
            this.name = name;
            this.numbers = numbers;
            this.list = list;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bean that
                    && java.util.Objects.equals(name, that.name)
                    && Arrays.equals(numbers, that.numbers)
                    && list.equals(that.list);
        }

        @Override
        public int hashCode() {
            return list.hashCode();
        }
    }

    interface Maker extends Supplier<Object>, Serializable {}

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    /** A value that equals its copy in the sense of {@link Copies#areSame}. */
    @Nullable
    Object value(int depth) {
        return depth > 0 && random.nextInt(3) > 0 ? container(depth - 1) : simple();
    }

    /** Something that can be a key: it equals its copy. */
    private Object key(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> random.nextInt(1000);
            case 1 -> text();
            case 2 -> DayOfWeek.of(1 + random.nextInt(7));
            case 3 -> plain();
            case 4 -> List.of(key(depth - 1), key(depth - 1));
            default -> new HashSet<>(List.of(key(depth - 1)));
        };
    }

    private @Nullable Object simple() {
        return switch (random.nextInt(30)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> (byte) random.nextInt();
            case 3 -> (short) random.nextInt();
            case 4 -> (char) random.nextInt();
            case 5 -> random.nextInt(200) - 50;
            case 6 -> random.nextInt() >> random.nextInt(32);
            case 7 -> random.nextLong() >> random.nextInt(64);
            case 8 -> Float.intBitsToFloat(random.nextInt());
            case 9 -> random.nextGaussian();
            case 10, 11 -> text();
            case 12 -> new BigInteger(random.nextInt(200), random);
            case 13 -> new BigDecimal(new BigInteger(random.nextInt(100), random), random.nextInt(50) - 25);
            case 14 -> new UUID(random.nextLong(), random.nextLong());
            case 15 -> DayOfWeek.of(1 + random.nextInt(7));
            case 16 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            case 17 -> Duration.ofNanos(random.nextLong());
            case 18 -> LocalDate.ofEpochDay(random.nextInt(100_000));
            case 19 ->
                LocalDateTime.ofEpochSecond(random.nextInt(), 0, ZoneOffset.UTC).atZone(ZoneId.of("Europe/Paris"));
            case 20 -> OptionalInt.of(random.nextInt());
            case 21 -> URI.create("https://example.org/" + random.nextInt(100));
            case 22 -> Path.of("a", "b" + random.nextInt(100));
            case 23 -> random.ints(random.nextInt(30)).toArray();
            case 24 -> random.doubles(random.nextInt(30)).toArray();
            case 25 -> bytes();
            case 26 -> plain();
            case 27 -> new boolean[] {random.nextBoolean(), true};
            case 28 -> random.nextBoolean() ? String.class : int[].class;
            default -> EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)), DayOfWeek.FRIDAY);
        };
    }

    private List<?> numbers() {
        int count = 10 + random.nextInt(20);
        return switch (random.nextInt(3)) {
            case 0 -> random.ints(count).boxed().toList();
            case 1 -> random.longs(count).boxed().toList();
            default -> random.doubles(count).boxed().toList();
        };
    }

    private Object container(int depth) {
        return switch (random.nextInt(28)) {
            case 26 -> new ArrayList<>(numbers());
            case 27 -> numbers().stream().toList();
            case 0, 1 -> values(depth);
            case 2 -> new LinkedList<>(values(depth));
            case 3 -> new CopyOnWriteArrayList<>(values(depth));
            case 4 -> Collections.unmodifiableList(values(depth));
            case 5 -> values(depth).stream().toList();
            case 6 -> values(depth).toArray();
            case 7 -> new String[] {text(), null};
            case 8 -> new ArrayDeque<>(keys(depth));
            case 9 -> List.copyOf(keys(depth));
            case 10 -> new HashSet<>(keys(depth));
            case 11 -> new LinkedHashSet<>(keys(depth));
            case 12 -> new TreeSet<>(List.of(random.nextInt(), random.nextInt()));
            case 13 -> new PriorityQueue<>(List.of(random.nextInt(), random.nextInt(), 5));
            case 14 -> map(new HashMap<>(), depth);
            case 15 -> map(new LinkedHashMap<>(), depth);
            case 16 -> Map.copyOf(Map.of(key(depth), key(depth)));
            case 17 -> new ConcurrentHashMap<>(Map.of(key(depth), key(depth)));
            case 18 -> {
                var map = new TreeMap<String, @Nullable Object>(Comparator.reverseOrder());
                map.put(text(), value(depth));
                yield map;
            }
            case 19 -> {
                var map = new EnumMap<DayOfWeek, @Nullable Object>(DayOfWeek.class);
                map.put(DayOfWeek.MONDAY, value(depth));
                yield map;
            }
            case 20 -> Optional.ofNullable(value(depth));
            case 21, 22 ->
                new Compound(
                        value(depth), values(depth), random.nextBoolean() ? null : new Compound(1, List.of(), null));
            case 23 -> new Bean(text(), random.ints(3).toArray(), new ArrayList<>(List.of(1, random.nextInt())));
            case 24 -> {
                Object shared = values(depth);
                yield new ArrayList<>(List.of(shared, shared, random.nextInt()));
            }
            default -> Collections.singletonMap(text(), value(depth));
        };
    }

    /** A value that differs from its copy, or is not defined to equal it: for those who read it and throw it away. */
    Object odd() {
        int number = random.nextInt();
        return switch (random.nextInt(5)) {
            case 0 -> new IllegalStateException(text(), new RuntimeException("cause"));
            case 1 -> new java.io.UncheckedIOException(new java.io.IOException(text()));
            case 2 -> (Maker) () -> number;
            case 3 -> new AtomicLong(number);
            default -> {
                List<@Nullable Object> list = new ArrayList<>();
                list.add(list);
                list.add(value(2));
                yield list;
            }
        };
    }

    private Plain plain() {
        return new Plain(
                random.nextInt(), random.nextLong(), random.nextInt(), random.nextBoolean() ? null : text(), true);
    }

    private List<@Nullable Object> values(int depth) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(value(depth));
        }
        return values;
    }

    private Collection<Object> keys(int depth) {
        List<Object> keys = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            keys.add(key(depth));
        }
        return keys;
    }

    private Map<Object, @Nullable Object> map(Map<Object, @Nullable Object> map, int depth) {
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(key(depth), value(depth));
        }
        return map;
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String text() {
        int length = random.nextInt(8) == 0 ? random.nextInt(100) : random.nextInt(12);
        int range = random.nextInt(4) == 0 ? 0x10000 : 0x80;
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(range));
        }
        return text.toString();
    }
}
