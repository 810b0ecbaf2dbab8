package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.IntValue;
import io.multiprocessing.Values;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What shared values do in every context, for one thread at a time. */
public abstract class ValueContract extends ContextSuite {
    @Test
    void getGivesTheInitialValue() {
        for (Values values : List.of(mp, mp.raw(), mp.guardedBy(mp.lock()))) {
            assertThat(values.intValue(-7).get()).isEqualTo(-7);
            assertThat(values.longValue(1L << 40).get()).isEqualTo(1L << 40);
            assertThat(values.doubleValue(-1.25).get()).isEqualTo(-1.25);
            assertThat(values.floatValue(1.5f).get()).isEqualTo(1.5f);
            assertThat(values.shortValue((short) -3).get()).isEqualTo((short) -3);
            assertThat(values.byteValue((byte) -128).get()).isEqualTo((byte) -128);
            assertThat(values.charValue('\uFFFF').get()).isEqualTo('\uFFFF');
            assertThat(values.booleanValue(true).get()).isTrue();
        }
    }

    @Test
    void valuesDoNotDisturbEachOther() {
        var values = IntStream.range(0, 2000).mapToObj(mp::intValue).toList();
        for (var value : values) {
            value.add(10_000);
        }
        for (int i = 0; i < values.size(); i++) {
            assertThat(values.get(i).get()).isEqualTo(10_000 + i);
        }
    }

    @Test
    void getGivesWhatWasSet() {
        var intValue = mp.intValue(1);
        intValue.set(Integer.MIN_VALUE);
        assertThat(intValue.get()).isEqualTo(Integer.MIN_VALUE);
        var longValue = mp.longValue(1);
        longValue.set(Long.MIN_VALUE);
        assertThat(longValue.get()).isEqualTo(Long.MIN_VALUE);
        var doubleValue = mp.doubleValue(1);
        doubleValue.set(Double.MIN_VALUE);
        assertThat(doubleValue.get()).isEqualTo(Double.MIN_VALUE);
        var floatValue = mp.floatValue(1);
        floatValue.set(Float.NEGATIVE_INFINITY);
        assertThat(floatValue.get()).isEqualTo(Float.NEGATIVE_INFINITY);
        var shortValue = mp.shortValue((short) 1);
        shortValue.set(Short.MIN_VALUE);
        assertThat(shortValue.get()).isEqualTo(Short.MIN_VALUE);
        var byteValue = mp.byteValue((byte) 1);
        byteValue.set(Byte.MAX_VALUE);
        assertThat(byteValue.get()).isEqualTo(Byte.MAX_VALUE);
        var charValue = mp.charValue('a');
        charValue.set('é');
        assertThat(charValue.get()).isEqualTo('é');
        var booleanValue = mp.booleanValue(false);
        booleanValue.set(true);
        assertThat(booleanValue.get()).isTrue();
        booleanValue.set(false);
        assertThat(booleanValue.get()).isFalse();
    }

    @Test
    void getAndSetGivesTheOldValue() {
        var intValue = mp.intValue(1);
        assertThat(intValue.getAndSet(2)).isEqualTo(1);
        assertThat(intValue.get()).isEqualTo(2);
        var longValue = mp.longValue(-1);
        assertThat(longValue.getAndSet(2)).isEqualTo(-1);
        assertThat(longValue.get()).isEqualTo(2);
        var doubleValue = mp.doubleValue(0.5);
        assertThat(doubleValue.getAndSet(2)).isEqualTo(0.5);
        assertThat(doubleValue.get()).isEqualTo(2);
        var floatValue = mp.floatValue(0.5f);
        assertThat(floatValue.getAndSet(2)).isEqualTo(0.5f);
        assertThat(floatValue.get()).isEqualTo(2);
        var shortValue = mp.shortValue((short) -1);
        assertThat(shortValue.getAndSet((short) 2)).isEqualTo((short) -1);
        assertThat(shortValue.get()).isEqualTo((short) 2);
        var byteValue = mp.byteValue((byte) -1);
        assertThat(byteValue.getAndSet((byte) 2)).isEqualTo((byte) -1);
        assertThat(byteValue.get()).isEqualTo((byte) 2);
        var charValue = mp.charValue('a');
        assertThat(charValue.getAndSet('b')).isEqualTo('a');
        assertThat(charValue.get()).isEqualTo('b');
        var booleanValue = mp.booleanValue(true);
        assertThat(booleanValue.getAndSet(false)).isTrue();
        assertThat(booleanValue.get()).isFalse();
    }

    @Test
    void compareAndSetSetsOnlyWhatIsAsExpected() {
        var intValue = mp.intValue(-1);
        assertThat(intValue.compareAndSet(0, 2)).isFalse();
        assertThat(intValue.compareAndSet(-1, 2)).isTrue();
        assertThat(intValue.get()).isEqualTo(2);
        var longValue = mp.longValue(-1);
        assertThat(longValue.compareAndSet(0xFFFF_FFFFL, 2)).isFalse();
        assertThat(longValue.compareAndSet(-1, 2)).isTrue();
        assertThat(longValue.get()).isEqualTo(2);
        var shortValue = mp.shortValue((short) -1);
        assertThat(shortValue.compareAndSet((short) 0, (short) 2)).isFalse();
        assertThat(shortValue.compareAndSet((short) -1, (short) 2)).isTrue();
        assertThat(shortValue.get()).isEqualTo((short) 2);
        var byteValue = mp.byteValue((byte) -1);
        assertThat(byteValue.compareAndSet((byte) 0, (byte) 2)).isFalse();
        assertThat(byteValue.compareAndSet((byte) -1, (byte) 2)).isTrue();
        assertThat(byteValue.get()).isEqualTo((byte) 2);
        var charValue = mp.charValue('\uFFFF');
        assertThat(charValue.compareAndSet('a', 'b')).isFalse();
        assertThat(charValue.compareAndSet('\uFFFF', 'b')).isTrue();
        assertThat(charValue.get()).isEqualTo('b');
        var booleanValue = mp.booleanValue(true);
        assertThat(booleanValue.compareAndSet(false, true)).isFalse();
        assertThat(booleanValue.compareAndSet(true, false)).isTrue();
        assertThat(booleanValue.get()).isFalse();
    }

    @Test
    void compareAndSetComparesTheBitsOfFloats() {
        var doubleValue = mp.doubleValue(Double.NaN);
        assertThat(doubleValue.compareAndSet(Double.NaN, -0.0)).isTrue();
        assertThat(doubleValue.compareAndSet(0.0, 1)).isFalse();
        assertThat(doubleValue.compareAndSet(-0.0, 1)).isTrue();
        var floatValue = mp.floatValue(Float.NaN);
        assertThat(floatValue.compareAndSet(Float.NaN, -0.0f)).isTrue();
        assertThat(floatValue.compareAndSet(0.0f, 1)).isFalse();
        assertThat(floatValue.compareAndSet(-0.0f, 1)).isTrue();
    }

    @Test
    void addGivesTheNewValue_andGetAndAddTheOldOne() {
        var intValue = mp.intValue(5);
        assertThat(intValue.add(-7)).isEqualTo(-2);
        assertThat(intValue.getAndAdd(3)).isEqualTo(-2);
        assertThat(intValue.increment()).isEqualTo(2);
        assertThat(intValue.decrement()).isEqualTo(1);
        var longValue = mp.longValue(5);
        assertThat(longValue.add(1L << 40)).isEqualTo((1L << 40) + 5);
        assertThat(longValue.getAndAdd(-(1L << 40))).isEqualTo((1L << 40) + 5);
        assertThat(longValue.increment()).isEqualTo(6);
        assertThat(longValue.decrement()).isEqualTo(5);
        var doubleValue = mp.doubleValue(5);
        assertThat(doubleValue.add(0.25)).isEqualTo(5.25);
        assertThat(doubleValue.getAndAdd(0.5)).isEqualTo(5.25);
        assertThat(doubleValue.increment()).isEqualTo(6.75);
        assertThat(doubleValue.decrement()).isEqualTo(5.75);
        var floatValue = mp.floatValue(5);
        assertThat(floatValue.add(0.25f)).isEqualTo(5.25f);
        assertThat(floatValue.getAndAdd(0.5f)).isEqualTo(5.25f);
        assertThat(floatValue.increment()).isEqualTo(6.75f);
        assertThat(floatValue.decrement()).isEqualTo(5.75f);
        var shortValue = mp.shortValue((short) 5);
        assertThat(shortValue.add(-7)).isEqualTo((short) -2);
        assertThat(shortValue.getAndAdd(3)).isEqualTo((short) -2);
        assertThat(shortValue.increment()).isEqualTo((short) 2);
        assertThat(shortValue.decrement()).isEqualTo((short) 1);
        var byteValue = mp.byteValue((byte) 5);
        assertThat(byteValue.add(-7)).isEqualTo((byte) -2);
        assertThat(byteValue.getAndAdd(3)).isEqualTo((byte) -2);
        assertThat(byteValue.increment()).isEqualTo((byte) 2);
        assertThat(byteValue.decrement()).isEqualTo((byte) 1);
    }

    @Test
    void wholeNumbersWrapAround() {
        assertThat(mp.intValue(Integer.MAX_VALUE).increment()).isEqualTo(Integer.MIN_VALUE);
        assertThat(mp.longValue(Long.MIN_VALUE).decrement()).isEqualTo(Long.MAX_VALUE);
        var shortValue = mp.shortValue(Short.MAX_VALUE);
        assertThat(shortValue.increment()).isEqualTo(Short.MIN_VALUE);
        assertThat(shortValue.compareAndSet(Short.MIN_VALUE, (short) 0)).isTrue();
        var byteValue = mp.byteValue(Byte.MIN_VALUE);
        assertThat(byteValue.decrement()).isEqualTo(Byte.MAX_VALUE);
        assertThat(byteValue.compareAndSet(Byte.MAX_VALUE, (byte) 0)).isTrue();
    }

    @Test
    void updateSetsWhatTheFunctionMakes() {
        assertThat(mp.intValue(3).update(x -> x * x)).isEqualTo(9);
        assertThat(mp.longValue(3).update(x -> -x)).isEqualTo(-3);
        assertThat(mp.doubleValue(3).update(Math::sqrt)).isEqualTo(Math.sqrt(3));
        assertThat(mp.floatValue(3).update(x -> x / 2)).isEqualTo(1.5f);
        assertThat(mp.shortValue((short) 3).update(x -> 0x1_0000 + x)).isEqualTo((short) 3);
        assertThat(mp.byteValue((byte) 3).update(x -> ~x)).isEqualTo((byte) -4);
        assertThat(mp.charValue('a').update(Character::toUpperCase)).isEqualTo('A');
        assertThat(mp.booleanValue(true).update(x -> !x)).isFalse();
    }

    @Test
    void updateLeavesTheValue_whenTheFunctionThrows() {
        var value = mp.intValue(Integer.MAX_VALUE);
        assertThatThrownBy(() -> value.update(Math::incrementExact)).isInstanceOf(ArithmeticException.class);
        assertThat(value.get()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void everyMethodIsRefused_whenTheContextIsClosed() {
        var value = mp.intValue(1);
        var typed = mp.value('i', 1);
        mp.close();
        assertThatThrownBy(value::get).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> value.set(2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(value::increment).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> value.compareAndSet(1, 2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(value::lock).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(typed::get).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> mp.intValue(1)).isInstanceOf(IllegalStateException.class);
        assertThat(value).hasToString("IntValue[closed]");
    }

    @Test
    void toStringShowsTypeAndValue() {
        assertThat(mp.intValue(42)).hasToString("IntValue[42]");
        assertThat(mp.longValue(42)).hasToString("LongValue[42]");
        assertThat(mp.doubleValue(4.5)).hasToString("DoubleValue[4.5]");
        assertThat(mp.floatValue(4.5f)).hasToString("FloatValue[4.5]");
        assertThat(mp.shortValue((short) -2)).hasToString("ShortValue[-2]");
        assertThat(mp.byteValue((byte) -2)).hasToString("ByteValue[-2]");
        assertThat(mp.charValue('x')).hasToString("CharValue[x]");
        assertThat(mp.booleanValue(true)).hasToString("BooleanValue[true]");
        assertThat(mp.value('i', 42)).hasToString("Value[i, 42]");
    }

    @Test
    void valuesArriveAsHandles_whenSerialized() throws Exception {
        List<Function<Values, Object>> makers = List.of(
                values -> values.intValue(1),
                values -> values.longValue(1),
                values -> values.doubleValue(1),
                values -> values.floatValue(1),
                values -> values.shortValue((short) 1),
                values -> values.byteValue((byte) 1),
                values -> values.charValue('1'),
                values -> values.booleanValue(true),
                values -> values.value('d', 1));
        for (var maker : makers) {
            Object value = maker.apply(mp);
            assertThat(Travel.copyOf(value)).isEqualTo(value).hasToString(value.toString());
        }
        var counter = mp.intValue(1);
        Travel.copyOf(counter).increment();
        assertThat(counter.get()).isEqualTo(2);
    }

    @Test
    void namedValueIsMadeOnce() {
        var first = mp.named("counter").intValue(5);
        first.increment();
        var second = mp.named("counter").intValue(100);
        assertThat(second).isEqualTo(first);
        assertThat(second.get()).isEqualTo(6);
        assertThat(mp.attach("counter", IntValue.class).get()).isEqualTo(6);
        assertThatThrownBy(() -> mp.named("counter").longValue(5)).isInstanceOf(IllegalArgumentException.class);
        mp.named("typed").value('i', 5);
        assertThatThrownBy(() -> mp.named("typed").value('q', 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'i'");
    }
}
