package io.multiprocessing.block;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The format of an element as the word that says it. Python's {@code struct} defines what they mean; all
 * are up to eight characters of ASCII.
 */
final class Format {
    static final long INT = word("q");
    static final long FLOAT = word("d");
    static final long BOOL = word("xxxxxxx?");
    static final long NONE = word("xxxxxx?x");

    /** What an element has while it changes its type. */
    static final long CHANGING = 0;

    /** The room of texts and bytes: more digits do not fit into the word. */
    static final long MOST_ROOM = 9_999_999 / ListLayout.WORD_BYTES * ListLayout.WORD_BYTES;

    private Format() {}

    /** That of texts and bytes that fill a room of so many bytes. */
    static long ofRoom(long room) {
        return word(room + "s");
    }

    /** How many bytes a format of texts and bytes has; -1 if it is none. */
    static long roomOf(long word) {
        String text = text(word);
        int digits = text.length() - 1;
        if (digits < 1 || text.charAt(digits) != 's') {
            return -1;
        }
        long room = 0;
        for (int i = 0; i < digits; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            room = 10 * room + digit;
        }
        return room;
    }

    static String text(long word) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(word)
                .array();
        return new String(bytes, 0, Zeros.lengthWithout(bytes), StandardCharsets.ISO_8859_1);
    }

    private static long word(String format) {
        return word(format.getBytes(StandardCharsets.US_ASCII));
    }

    /** Up to eight bytes as they lie in memory, with zeros behind. */
    static long word(byte[] bytes) {
        return ByteBuffer.wrap(Arrays.copyOf(bytes, Long.BYTES))
                .order(ByteOrder.nativeOrder())
                .getLong();
    }
}
