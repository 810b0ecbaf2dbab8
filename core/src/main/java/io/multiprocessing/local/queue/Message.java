package io.multiprocessing.local.queue;

/** The bytes of a message that was got, in an array that is used again for the next one. */
final class Message {
    private static final int FIRST_BYTES = 256;
    private static final int KEPT_BYTES = 64 * 1024;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Makes room for a message. */
    byte[] reserve(int newLength) {
        if (bytes.length < newLength) {
            bytes = new byte[Math.max(newLength, Math.min(2 * bytes.length, KEPT_BYTES))];
        }
        length = newLength;
        return bytes;
    }

    /** A large array is not kept for small messages. */
    void forgetLarge() {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[FIRST_BYTES];
        }
    }
}
