package io.multiprocessing.block;

/**
 * Where what lies in the block of a list of {@code n} elements. All words have 8 bytes, in native byte order.
 *
 * <pre>
 * offset     bytes
 * 0          8        n
 * 8          8(n+1)   for each element where its room begins, counted from the end of this table; and where the last one's ends
 *            k        the rooms, each a multiple of 8 bytes
 *            8n       for each element its format, as Python's struct has it, with zeros behind
 *            n        for each element what a Python object it is: 0 number or bool, 1 str, 2 bytes, 3 None
 * </pre>
 *
 * Python 3.8 has in place of the second line 8n bytes: for each element how large its room is. That can be told from the
 * first word there, which is 0 in the one form and never in the other.
 *
 * <p>Formats: {@code q} int, {@code d} float, {@code xxxxxxx?} bool, whose byte is the last one, {@code xxxxxx?x} None,
 * {@code 16s} str or bytes, in UTF-8 if it is a str, with zeros behind. Of ours alone: zeros, while an element changes its type.
 */
final class ListLayout {
    static final long COUNT_OFFSET = 0;
    static final long TABLE_OFFSET = 8;
    static final long WORD_BYTES = 8;

    static final byte PLAIN_CODE = 0;
    static final byte STR_CODE = 1;
    static final byte BYTES_CODE = 2;
    static final byte NONE_CODE = 3;

    private ListLayout() {}
}
