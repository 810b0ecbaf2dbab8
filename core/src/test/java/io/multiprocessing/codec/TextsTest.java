package io.multiprocessing.codec;

import static io.multiprocessing.codec.Copies.travelled;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.NotSerializableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    private static final int[] LENGTHS = {0, 1, 30, 31, 32, 33, 127, 128, 129, 1023, 1024, 1025, 16_384, 100_000};

    @ParameterizedTest
    @ValueSource(strings = {"a", "\0", "ÿ", "Ā", "漢", "€"})
    void textOfEveryLengthArrives(String character) throws NotSerializableException {
        for (int length : LENGTHS) {
            String text = character.repeat(length);
            assertThat(travelled(text)).isEqualTo(text);
        }
    }

    @Test
    void oneWideCharacterAnywhereArrives() throws NotSerializableException {
        for (int length : new int[] {5, 31, 32, 1024, 3000}) {
            for (int at = 0; at < length; at += Math.max(1, length / 7)) {
                String text = "x".repeat(at) + "漢" + "y".repeat(length - at - 1);
                assertThat(travelled(text)).isEqualTo(text);
            }
        }
    }

    @Test
    void halfAPairOfSurrogatesArrives() throws NotSerializableException {
        assertThat(travelled("a\ud83d")).isEqualTo("a\ud83d");
        assertThat(travelled("\ude00\ud83d".repeat(100))).isEqualTo("\ude00\ud83d".repeat(100));
        assertThat(travelled("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
    }

    @Test
    void latinTextsTakeOneByteACharacter() throws NotSerializableException {
        assertThat(ValueCodec.encode("ÄÖÜäöüß")).hasSize(8);
        assertThat(ValueCodec.encode("x".repeat(100))).hasSize(102);
    }
}
