package io.multiprocessing.block;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A value as it lies in a list: a word, or bytes with room that they need not fill. */
sealed interface Element {
    /** What a Python object it is. */
    byte code();

    /** The least room it needs. */
    long bytes();

    /** Its format in a room of so many bytes. */
    long format(long room);

    /** What the list gives for it; {@code byte[]} as it is. */
    @Nullable
    Object value();

    /** @throws IllegalArgumentException if a list can't hold it; the message says what it can */
    static Element of(@Nullable Object value) {
        return switch (value) {
            case null -> new Word(ListLayout.NONE_CODE, Format.NONE, 0, null);
            case Long number -> integer(number);
            case Integer number -> integer(number);
            case Short number -> integer(number);
            case Byte number -> integer(number);
            case Double number -> real(number);
            case Float number -> real(number);
            case Boolean truth -> new Word(ListLayout.PLAIN_CODE, Format.BOOL, Bool.word(truth), truth);
            case String text -> new Bytes(ListLayout.STR_CODE, utf8(text));
            case byte[] bytes -> new Bytes(ListLayout.BYTES_CODE, bytes);
            default ->
                throw new IllegalArgumentException("a ShareableList can't hold a "
                        + value.getClass().getName() + ", as " + value
                        + "; it can hold Long, Double, Boolean, String, byte[] and null");
        };
    }

    private static Element integer(long number) {
        return new Word(ListLayout.PLAIN_CODE, Format.INT, number, number);
    }

    private static Element real(double number) {
        return new Word(ListLayout.PLAIN_CODE, Format.FLOAT, Double.doubleToRawLongBits(number), number);
    }

    private static byte[] utf8(String text) {
        byte[] bytes = Utf8.encode(text);
        if (bytes == null) {
            throw new IllegalArgumentException(
                    "a ShareableList holds texts as UTF-8, which has none for half of a surrogate pair, as in \"" + text
                            + "\"");
        }
        return bytes;
    }

    /** A number, a boolean or nothing. */
    record Word(byte code, long format, long bits, @Nullable Object value) implements Element {
        @Override
        public long bytes() {
            return Long.BYTES;
        }

        @Override
        public long format(long room) {
            return format;
        }
    }

    /** A text or bytes. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Bytes(byte code, byte[] content) implements Element {
        @Override
        public long bytes() {
            return content.length;
        }

        @Override
        public long format(long room) {
            return Format.ofRoom(room);
        }

        @Override
        public Object value() {
            byte[] kept = Zeros.cutOff(content);
            return code == ListLayout.STR_CODE ? new String(kept, StandardCharsets.UTF_8) : kept;
        }
    }
}
