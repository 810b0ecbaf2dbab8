package io.multiprocessing.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.spi.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CodecServiceTest {
    private static final String PROPERTY = "multiprocessing.codec";

    /** Writes what {@code toString} says, backwards. */
    public static final class Backwards implements Codec {
        @Override
        public String name() {
            return "backwards";
        }

        @Override
        public void encode(@Nullable Object value, OutputStream target) throws IOException {
            if (value instanceof Thread) {
                throw new NotSerializableException("java.lang.Thread");
            }
            target.write(new StringBuilder(String.valueOf(value))
                    .reverse()
                    .toString()
                    .getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Object decode(InputStream source, ClassLoader loader) throws IOException {
            String text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
            if (text.contains("?")) {
                throw new IOException("a question");
            }
            return new StringBuilder(text).reverse().toString();
        }
    }

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void messagesGoThroughTheCodecThatTheUserHasChosen() throws Exception {
        System.setProperty(PROPERTY, "backwards");
        try (Encoder encoder = new Encoder(Codecs.chosen())) {
            encoder.write(List.of(1, "ab"));
            byte[] bytes = encoder.toBytes();
            System.clearProperty(PROPERTY);

            assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                    .contains("backwards")
                    .contains("]ba ,1[");
            assertThat(ValueCodec.decode(bytes, getClass().getClassLoader())).isEqualTo("[1, ab]");

            encoder.clear();
            assertThatThrownBy(() -> encoder.write(Thread.currentThread()))
                    .isInstanceOf(NotSerializableException.class);
            encoder.write(List.of("why?"));
            byte[] question = encoder.toBytes();
            assertThatThrownBy(() -> ValueCodec.decode(question, getClass().getClassLoader()))
                    .isInstanceOf(UnreadableMessageException.class)
                    .hasMessageContaining("backwards")
                    .hasMessageContaining("a question");
        }
    }

    @Test
    void tasksAreWrittenByTheLibraryAllTheSame() throws Exception {
        System.setProperty(PROPERTY, "backwards");
        byte[] bytes = TaskCodec.write(() -> {});
        TaskCodec.read(bytes, getClass().getClassLoader()).run();
    }

    @Test
    void codecThatIsNotHereIsNamed() {
        System.setProperty(PROPERTY, "nowhere");
        assertThatThrownBy(Codecs::chosen)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"nowhere\"");

        Encoder encoder = Encoder.standard();
        encoder.writeByte(Tag.CODEC);
        encoder.writeText("elsewhere");
        encoder.writeCount(0);
        assertThatThrownBy(() -> ValueCodec.decode(encoder.toBytes(), getClass().getClassLoader()))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("the codec \"elsewhere\", which is not here");
    }
}
