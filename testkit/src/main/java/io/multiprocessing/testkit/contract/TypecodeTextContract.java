package io.multiprocessing.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.Array;
import io.multiprocessing.Value;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Text in values and arrays of the typecodes {@code 'c'} and {@code 'u'}. */
public abstract class TypecodeTextContract extends ContextSuite {
    @Test
    void charactersTakeWhatFitsOneByte() {
        Value<Object> value = mp.value('c', 'a');
        value.set("é");
        assertThat(value.get()).isEqualTo('é');
        value.set((byte) -1);
        assertThat(value.get()).isEqualTo('\u00FF');
        for (Object refused : List.of('€', "ab", "", 97)) {
            assertThatThrownBy(() -> value.set(refused)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void unicodeTakesOneCodePoint() {
        Value<Object> value = mp.value('u', 'a');
        assertThat(value.get()).isEqualTo("a");
        value.set("😀");
        assertThat(value.get()).isEqualTo("😀");
        for (Object refused : List.of("ab", "", 97, "😀😀")) {
            assertThatThrownBy(() -> value.set(refused)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void textEndsAtTheFirstZero_andRawTextDoesNot() {
        Array<Object> bytes = mp.array('c', 6);
        assertThat(bytes.text()).isEmpty();
        bytes.setText("abé");
        assertThat(bytes.text()).isEqualTo("abé");
        assertThat(bytes.rawText()).isEqualTo("abé\0\0\0");
        bytes.setText("abcdef");
        assertThat(bytes.text()).isEqualTo("abcdef");
        bytes.setText("xy");
        assertThat(bytes.text()).isEqualTo("xy");
        assertThat(bytes.rawText()).isEqualTo("xy\0def");
        assertThat(bytes.slice(3, 6).text()).isEqualTo("def");
        bytes.slice(3, 6).setText("D");
        assertThat(bytes.rawText()).isEqualTo("xy\0D\0f");

        Array<Object> wide = mp.array('u', 3);
        wide.setText("a😀");
        assertThat(wide.text()).isEqualTo("a😀");
        assertThat(wide.rawText()).isEqualTo("a😀\0");
    }

    @Test
    void textFixesTheLengthOfItsArray() {
        Array<Object> bytes = mp.array('c', "hello");
        assertThat(bytes.length()).isEqualTo(5);
        assertThat(bytes.text()).isEqualTo("hello");
        assertThat(bytes.get(1)).isEqualTo('e');
        Array<Object> wide = mp.array('u', "a😀");
        assertThat(wide.length()).isEqualTo(2);
        assertThat(wide.get(1)).isEqualTo("😀");
    }

    @Test
    void setTextIsRefused_whenTheTextIsTooLong_tellingBothLengths() {
        Array<Object> array = mp.array('c', "old");
        assertThatThrownBy(() -> array.setText("too long"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8")
                .hasMessageContaining("3");
        assertThatThrownBy(() -> array.setText("€")).isInstanceOf(IllegalArgumentException.class);
        assertThat(array.text()).isEqualTo("old");
    }

    @Test
    void textIsRefused_whenTheTypecodeIsNoCharacter() {
        Array<Object> array = mp.array('i', 3);
        assertThatThrownBy(array::text)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("'i'");
        assertThatThrownBy(array::rawText).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> array.setText("abc")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> mp.array('i', "abc")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyByteIsACharacterOfLatin1() {
        Array<Object> array = mp.array('c', 256);
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
            array.set(i, (byte) i);
        }
        assertThat(array.rawText()).isEqualTo(new String(all, StandardCharsets.ISO_8859_1));
        assertThat(array.segment().toArray(ValueLayout.JAVA_BYTE)).isEqualTo(all);
    }

    @Test
    void whatIsNoCodePointIsReadAsTheReplacementCharacter() {
        Array<Object> array = mp.array('u', 2);
        array.segment().set(ValueLayout.JAVA_INT, 0, -1);
        array.segment().set(ValueLayout.JAVA_INT, 4, 0x11_0000);
        assertThat(array.get(0)).isEqualTo("\uFFFD");
        assertThat(array.text()).isEqualTo("\uFFFD\uFFFD");
    }
}
