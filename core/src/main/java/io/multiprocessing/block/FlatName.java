package io.multiprocessing.block;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What the names of blocks look like: those of files in one folder, as shm_open(3) has it, where Python looks for them. */
public final class FlatName {
    /** With what is put before it in the folder of a context, no more than a file's name may have. */
    private static final int MOST_BYTES = 230;

    private static final String RANDOM_PREFIX = "psm_";
    private static final int RANDOM_DIGITS = 8;

    private FlatName() {}

    /** @throws IllegalArgumentException if it is no name, or null; the message says what would be one */
    public static String check(@Nullable String name) {
        if (name == null) {
            throw new IllegalArgumentException("no name was given; sharedMemory(size) makes a block with a random one");
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0
                || bytes > MOST_BYTES
                || name.indexOf('/') >= 0
                || name.indexOf('\0') >= 0
                || name.equals(".")
                || name.equals("..")) {
            throw new IllegalArgumentException(
                    "not a name of a block of shared memory: \"" + name + "\"; it must have 1 to " + MOST_BYTES
                            + " bytes in UTF-8, none of them '/' or NUL, and not be \".\" or \"..\"");
        }
        return name;
    }

    /** @throws IllegalArgumentException if a block can't be of that size; the message says of which it can */
    public static long checkSize(long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a block of " + bytes + " bytes; it must be 1 or more");
        }
        return bytes;
    }

    /** One as Python gives them; that nobody has it is not certain. Its use is not secret: only its user can open a block. */
    public static String random() {
        return RANDOM_PREFIX
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt(), RANDOM_DIGITS);
    }

    public static NoSuchElementException notFound(String name) {
        return new NoSuchElementException("there is no block of shared memory named \"" + name
                + "\" (any more); sharedMemory(\"" + name + "\", size) makes one");
    }
}
