package io.multiprocessing.codec;

/** Texts whose length is not in their tag. */
final class Texts {
    private static final int CHUNK = 1024;

    private Texts() {}

    @SuppressWarnings("deprecation") // getBytes that keeps the low byte of each character: the copy that Latin-1 needs
    static void write(String text, Encoder out) {
        int length = text.length();
        if (isLatin1(text)) {
            out.writeByte(Tag.LATIN_1);
            out.writeCount(length);
            byte[] bytes = out.room(length);
            text.getBytes(0, length, bytes, out.position());
            out.advance(out.position() + length);
        } else {
            out.writeByte(Tag.UTF_16);
            out.writeCount(length);
            byte[] bytes = out.room(Math.multiplyExact(2, length));
            int at = out.position();
            for (int i = 0; i < length; i++) {
                char character = text.charAt(i);
                bytes[at++] = (byte) character;
                bytes[at++] = (byte) (character >> 8);
            }
            out.advance(at);
        }
    }

    /** Looks at whole chunks, which is much faster than at one character after another. */
    private static boolean isLatin1(String text) {
        int length = text.length();
        char[] chunk = new char[Math.min(CHUNK, length)];
        for (int from = 0; from < length; from += CHUNK) {
            int count = Math.min(CHUNK, length - from);
            text.getChars(from, from + count, chunk, 0);
            int all = 0;
            for (int i = 0; i < count; i++) {
                all |= chunk[i];
            }
            if (all > 0xff) {
                return false;
            }
        }
        return true;
    }

    static String readUtf16(Decoder in) {
        int length = in.readCount();
        in.requireRemaining(2L * length);
        char[] characters = new char[length];
        in.readElements(characters, 2L * length);
        return new String(characters);
    }
}
