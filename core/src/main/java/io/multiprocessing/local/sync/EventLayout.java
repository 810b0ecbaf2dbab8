package io.multiprocessing.local.sync;

/**
 * The bytes of an event.
 *
 * <pre>
 *  offset  bytes  what
 *       0      4  the word; who waits sleeps on it
 *       4      4  how many processes sleep
 *
 *  word, bits     what
 *          0      1 if the event is set
 *       1-31      how often it was set
 * </pre>
 */
public final class EventLayout {
    public static final int BYTES = 8;

    static final long WORD = 0;
    static final long SLEEPERS = 4;

    static final int SET = 1;
    static final int ONE_MORE = 1 << 1;

    private EventLayout() {}
}
