package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Array;
import io.multiprocessing.Typecode;
import io.multiprocessing.Value;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What values and arrays of Python's typecodes hold, and refuse, in every context. */
public abstract class TypecodeContract extends ContextSuite {
    private static final BigInteger UNSIGNED_LONG_MAX = new BigInteger("18446744073709551615");

    /** Typecode, zero, least and greatest value. */
    static Stream<Arguments> typecodes() {
        return Stream.of(
                Arguments.of('c', '\0', '\1', '\u00FF'),
                Arguments.of('u', "\0", "a", Character.toString(Character.MAX_CODE_POINT)),
                Arguments.of('b', 0, -128, 127),
                Arguments.of('B', 0, 1, 255),
                Arguments.of('h', 0, -32_768, 32_767),
                Arguments.of('H', 0, 1, 65_535),
                Arguments.of('i', 0, Integer.MIN_VALUE, Integer.MAX_VALUE),
                Arguments.of('I', 0L, 1L, 4_294_967_295L),
                Arguments.of('l', 0L, Long.MIN_VALUE, Long.MAX_VALUE),
                Arguments.of('L', BigInteger.ZERO, BigInteger.ONE, UNSIGNED_LONG_MAX),
                Arguments.of('q', 0L, Long.MIN_VALUE, Long.MAX_VALUE),
                Arguments.of('Q', BigInteger.ZERO, BigInteger.ONE, UNSIGNED_LONG_MAX),
                Arguments.of('f', 0f, -Float.MAX_VALUE, Float.MAX_VALUE),
                Arguments.of('d', 0.0, -Double.MAX_VALUE, Double.MAX_VALUE));
    }

    /** Integer typecode, what is too little, what is too much. */
    static Stream<Arguments> rangesPlusOne() {
        return Stream.of(
                Arguments.of('b', -129, 128),
                Arguments.of('B', -1, 256),
                Arguments.of('h', -32_769, 32_768),
                Arguments.of('H', -1, 65_536),
                Arguments.of('i', -2_147_483_649L, 2_147_483_648L),
                Arguments.of('I', -1, 4_294_967_296L),
                Arguments.of('l', new BigInteger("-9223372036854775809"), new BigInteger("9223372036854775808")),
                Arguments.of('L', -1, UNSIGNED_LONG_MAX.add(BigInteger.ONE)),
                Arguments.of('q', new BigInteger("-9223372036854775809"), new BigInteger("9223372036854775808")),
                Arguments.of('Q', -1, UNSIGNED_LONG_MAX.add(BigInteger.ONE)));
    }

    @Test
    void allGivesPythonsFourteen_withTheirSizes() {
        var codes = new StringBuilder();
        var sizes = new ArrayList<Integer>();
        for (Typecode<?> typecode : Typecode.all()) {
            codes.append(typecode.code());
            sizes.add(typecode.bytes());
            assertThat(Typecode.of(typecode.code())).isSameAs(typecode);
        }
        assertThat(codes).hasToString("cubBhHiIlLqQfd");
        assertThat(sizes).containsExactly(1, 4, 1, 1, 2, 2, 4, 4, 8, 8, 8, 8, 4, 8);
    }

    @Test
    void unknownTypecodesAreRefused_listingThoseThatExist() {
        assertThatThrownBy(() -> mp.value('x', 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'x'")
                .satisfies(refused -> {
                    for (Typecode<?> typecode : Typecode.all()) {
                        assertThat(refused).hasMessageContaining("'" + typecode.code() + "'");
                    }
                });
        assertThatThrownBy(() -> mp.array('x', 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mp.array('x', List.of(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mp.array('x', "text")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void typecodesStayTheSame_whenSerialized() throws Exception {
        for (Typecode<?> typecode : Typecode.all()) {
            assertThat(Travel.copyOf(typecode)).isSameAs(typecode);
        }
    }

    @ParameterizedTest
    @MethodSource("typecodes")
    void valueHoldsItsWholeRange(char code, Object zero, Object least, Object greatest) {
        Value<Object> value = mp.value(code, zero);
        assertThat(value.typecode().code()).isEqualTo(code);
        assertThat(value.get()).isEqualTo(zero).isInstanceOf(value.typecode().javaType());
        value.set(least);
        assertThat(value.get()).isEqualTo(least);
        assertThat(value.getAndSet(greatest)).isEqualTo(least);
        assertThat(value.get()).isEqualTo(greatest);
        assertThat(value.compareAndSet(least, zero)).isFalse();
        assertThat(value.compareAndSet(greatest, zero)).isTrue();
        assertThat(value.update(x -> x.equals(zero) ? least : greatest)).isEqualTo(least);
        assertThat(value.get()).isEqualTo(least);
    }

    @ParameterizedTest
    @MethodSource("typecodes")
    void arrayHoldsTheWholeRange_withNeighboursUntouched(char code, Object zero, Object least, Object greatest) {
        for (int i = 0; i < 5; i++) {
            Array<Object> array = mp.array(code, 5);
            List<Object> expected = new ArrayList<>(List.of(zero, zero, zero, zero, zero));
            assertThat(array.toList()).isEqualTo(expected);
            array.set(i, least);
            assertThat(array.get(i)).isEqualTo(least);
            assertThat(array.getAndSet(i, greatest)).isEqualTo(least);
            assertThat(array.compareAndSet(i, least, zero)).isFalse();
            assertThat(array.compareAndSet(i, greatest, least)).isTrue();
            assertThat(array.update(i, x -> x.equals(least) ? greatest : zero)).isEqualTo(greatest);
            expected.set(i, greatest);
            assertThat(array.toList()).isEqualTo(expected);
            array.fill(1, 4, least);
            expected.set(1, least);
            expected.set(2, least);
            expected.set(3, least);
            assertThat(array.asList()).isEqualTo(expected);
            array.fill(greatest);
            assertThat(array).containsOnly(greatest);
        }
    }

    @ParameterizedTest
    @MethodSource("typecodes")
    void arrayIsMadeFromElements(char code, Object zero, Object least, Object greatest) {
        Array<Object> array = mp.array(code, List.of(least, zero, greatest));
        assertThat(array.length()).isEqualTo(3);
        assertThat(array.toList(1, 3)).containsExactly(zero, greatest);
        assertThat(array.segment().byteSize()).isEqualTo(3L * array.typecode().bytes());
        Array<Object> slice = array.slice(1, 3);
        slice.setAll(0, List.of(least, least));
        assertThat(array.toList()).containsExactly(least, least, least);
        slice.fill(zero);
        assertThat(array.toList()).containsExactly(least, zero, zero);
        assertThat(slice.typecode()).isSameAs(array.typecode());
    }

    @ParameterizedTest
    @MethodSource("rangesPlusOne")
    void wholeNumbersOutOfRangeAreRefused_sayingValueAndRange(char code, Object tooLittle, Object tooMuch) {
        Value<Object> value = mp.value(code, 1);
        for (Object refused : List.of(tooLittle, tooMuch)) {
            assertThatThrownBy(() -> value.set(refused))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(refused.toString())
                    .hasMessageContaining("'" + code + "'")
                    .hasMessageContaining("from ");
            assertThatThrownBy(() -> mp.value(code, refused)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(((Number) value.get()).intValue()).isEqualTo(1);
    }

    @Test
    void wholeNumbersOfEveryTypeAreTaken() {
        Value<Object> value = mp.value('q', 0);
        for (Object one :
                List.of((byte) 1, (short) 1, 1, 1L, BigInteger.ONE, new AtomicInteger(1), new AtomicLong(1))) {
            value.set(0);
            value.set(one);
            assertThat(value.get()).isEqualTo(1L);
        }
    }

    @ParameterizedTest
    @MethodSource("typecodes")
    void addGivesTheSum_whereThereIsOne(char code, Object zero, Object least, Object greatest) {
        Value<Object> value = mp.value(code, zero);
        Array<Object> array = mp.array(code, 2);
        if (code == 'c' || code == 'u') {
            assertThatThrownBy(() -> value.add(1)).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> array.add(0, 1)).isInstanceOf(UnsupportedOperationException.class);
            return;
        }
        Object two = value.typecode().convert(2);
        assertThat(value.add(3)).isInstanceOf(zero.getClass());
        assertThat(value.add(-1L)).isEqualTo(two);
        assertThat(array.add(1, BigInteger.TWO)).isEqualTo(two);
        assertThat(array.toList()).containsExactly(zero, two);
        assertThat(value.get()).isEqualTo(two);
    }

    @ParameterizedTest
    @MethodSource("rangesPlusOne")
    void addRefusesASumOutOfRange_andTheValueStays(char code, Object tooLittle, Object tooMuch) {
        Value<Object> value = mp.value(code, 1);
        assertThatThrownBy(() -> value.add((Number) tooMuch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from ");
        assertThatThrownBy(() -> value.add(0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThat(value.add(0)).isEqualTo(value.typecode().convert(1));
    }

    @Test
    void noSumIsLost_whenTwoThreadsAdd() throws Exception {
        Value<Object> value = mp.value('h', 0);
        Array<Object> array = mp.array('d', 1);
        TwoThreads.run(() -> {
            for (int i = 0; i < 1_000; i++) {
                value.add(1);
                array.add(0, 0.5);
            }
        });
        assertThat(value.get()).isEqualTo(2_000);
        assertThat(array.get(0)).isEqualTo(1_000.0);
    }

    @Test
    void streamsGiveTheElements() {
        assertThat(mp.array('B', List.of(1, 2, 255)).stream()).containsExactly(1, 2, 255);
        assertThat(mp.array('u', "a😀").slice(1, 2).stream()).containsExactly("😀");
    }

    @Test
    void whatIsNoWholeNumberIsRefused() {
        Value<Object> value = mp.value('i', 7);
        for (Object refused : List.of(1.0, 0.5f, new BigDecimal("1"), "1", '1', true)) {
            assertThatThrownBy(() -> value.set(refused)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(value.get()).isEqualTo(7);
    }

    @Test
    void floatsTakeEveryNumber() {
        Value<Object> single = mp.value('f', 1);
        assertThat(single.get()).isEqualTo(1f);
        single.set(new BigDecimal("0.1"));
        assertThat(single.get()).isEqualTo(0.1f);
        single.set(1e300);
        assertThat(single.get()).isEqualTo(Float.POSITIVE_INFINITY);
        Value<Object> twofold = mp.value('d', 1L << 40);
        assertThat(twofold.get()).isEqualTo((double) (1L << 40));
        assertThatThrownBy(() -> twofold.set("1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void typedConstantsGiveTypedValues() {
        Value<Long> value = mp.value(Typecode.UNSIGNED_INT, 4_000_000_000L);
        long got = value.get();
        assertThat(got).isEqualTo(4_000_000_000L);
        Array<BigInteger> array = mp.array(Typecode.UNSIGNED_LONG, 2);
        array.set(0, UNSIGNED_LONG_MAX);
        BigInteger first = array.get(0);
        assertThat(first).isEqualTo(UNSIGNED_LONG_MAX);
    }

    @Test
    void arrayIsRefused_whenAnElementDoesNotFit_namingIt() {
        assertThatThrownBy(() -> mp.array('B', List.of(1, 2, 256)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("element 2")
                .hasMessageContaining("256");
        assertThatThrownBy(() -> mp.array('i', List.of("a"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> mp.array('c', "a€")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void setAllWritesAllOrNothing() {
        Array<Object> array = mp.array('i', 4);
        array.setAll(1, List.of(1, 2, 3));
        assertThat(array.toList()).containsExactly(0, 1, 2, 3);
        assertThatThrownBy(() -> array.setAll(0, List.of(9, "a"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> array.setAll(3, List.of(9, 9))).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.slice(0, 2).setAll(1, List.of(9, 9)))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(array.toList()).containsExactly(0, 1, 2, 3);
        assertThatThrownBy(() -> array.set(4, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.toList(1, 5)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void elementsLieInMemoryAsCHasThem() {
        assertThat(mp.array('H', List.of(1, 65_535)).segment().toArray(ValueLayout.JAVA_SHORT))
                .containsExactly((short) 1, (short) -1);
        assertThat(mp.array('f', List.of(0.5)).segment().get(ValueLayout.JAVA_FLOAT, 0))
                .isEqualTo(0.5f);
        assertThat(mp.array('L', List.of(UNSIGNED_LONG_MAX)).segment().get(ValueLayout.JAVA_LONG, 0))
                .isEqualTo(-1);
        assertThat(mp.array('c', "é").segment().toArray(ValueLayout.JAVA_BYTE)).containsExactly((byte) 0xE9);
        assertThat(mp.array('u', "😀").segment().toArray(ValueLayout.JAVA_INT)).containsExactly(0x1F600);
    }

    @Test
    void listOfTheArrayIsALiveView() {
        Array<Object> array = mp.array('i', List.of(3, 1, 2));
        assertThat(array.asList().set(0, 30L)).isEqualTo(3);
        assertThat(array.get(0)).isEqualTo(30);
        assertThat(Arrays.asList(array.asList().toArray())).containsExactly(30, 1, 2);
        assertThat(array).containsExactly(30, 1, 2).hasToString("[30, 1, 2]");
    }

    @Test
    void equalsLockAndCloseAreThoseOfOtherArrays() {
        var lock = mp.lock();
        Array<Object> array = mp.guardedBy(lock).array('i', 3);
        assertThat(array.lock()).isSameAs(lock);
        assertThatThrownBy(() -> mp.raw().array('i', 3).lock()).isInstanceOf(IllegalStateException.class);
        array.close();
        assertThatThrownBy(() -> array.get(0)).isInstanceOf(IllegalStateException.class);
        assertThat(array).isNotEqualTo(mp.array('i', 3));
    }
}
