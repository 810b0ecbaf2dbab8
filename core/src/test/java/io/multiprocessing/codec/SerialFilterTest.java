package io.multiprocessing.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.multiprocessing.OtherJvm;
import io.multiprocessing.UnreadableMessageException;
import java.io.Serializable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter that a user sets for the whole JVM ({@code jdk.serialFilter}) is asked about what is serialized. */
class SerialFilterTest {
    @SuppressWarnings("serial") // it holds nothing
    static final class Refused implements Serializable {}

    @SuppressWarnings("serial")
    static final class Allowed implements Serializable {}

    /** Says which of the two it could read. */
    static final class Reader {
        public static void main(String[] args) throws Exception {
            for (Serializable value : List.of(new Refused(), new Allowed())) {
                byte[] bytes = ValueCodec.encode(value);
                try {
                    System.out.println(ValueCodec.decode(bytes, Reader.class.getClassLoader())
                            .getClass()
                            .getSimpleName());
                } catch (UnreadableMessageException refused) {
                    System.out.println("no " + value.getClass().getSimpleName());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!io.multiprocessing.codec.SerialFilterTest$Refused",
                "io.multiprocessing.codec.SerialFilterTest$Allowed;!*"
            })
    void whatItRefusesIsRefused(String filter) throws Exception {
        assertThat(linesWith(List.of("-Djdk.serialFilter=" + filter))).containsExactly("no Refused", "Allowed");
    }

    @Test
    void bothAreRead_withoutOne() throws Exception {
        assertThat(linesWith(List.of())).containsExactly("Refused", "Allowed");
    }

    private static List<String> linesWith(List<String> options) throws Exception {
        try (OtherJvm jvm = OtherJvm.start(options, Reader.class)) {
            List<String> lines = List.of(jvm.line(), jvm.line());
            assertThat(jvm.end()).isZero();
            return lines;
        }
    }
}
