package io.multiprocessing;

import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * A list in a block of {@linkplain SharedMemory shared memory}, which a stock CPython reads and writes as its
 * {@code multiprocessing.shared_memory.ShareableList}. Its length is fixed. Its elements are
 *
 * <table>
 * <caption>What may be set, and what is got</caption>
 * <tr><th>Python</th><th>set</th><th>got</th></tr>
 * <tr><td>{@code int}, of 64 bits</td><td>{@link Long}, {@link Integer}, {@link Short}, {@link Byte}</td><td>{@link Long}</td></tr>
 * <tr><td>{@code float}</td><td>{@link Double}, {@link Float}</td><td>{@link Double}</td></tr>
 * <tr><td>{@code bool}</td><td>{@link Boolean}</td><td>{@link Boolean}</td></tr>
 * <tr><td>{@code str}</td><td>{@link String}</td><td>{@link String}</td></tr>
 * <tr><td>{@code bytes}</td><td>{@code byte[]}</td><td>{@code byte[]}, a copy</td></tr>
 * <tr><td>{@code None}</td><td>{@code null}</td><td>{@code null}</td></tr>
 * </table>
 *
 * <p>An element may become one of another type. How much room it has was fixed when the list was made: eight bytes, and for a
 * text or bytes as many as there were at first and one more, rounded up to a multiple of eight. A text counts as its UTF-8;
 * so, unlike in CPython, none is cut off when the list is made. As in CPython, zeros at the end of texts and bytes are lost.
 *
 * <p>{@link #indexOf}, {@link #contains} and {@link #count} compare what would be got: {@code indexOf(1)} finds a {@code 1L},
 * and bytes are found by what they are. Unlike in Python 1, 1.0 and true are three. Methods that change the length throw
 * {@link UnsupportedOperationException}, as those of {@link java.util.Arrays#asList}.
 *
 * <p>Thread and process safety: nothing is locked, as in Python. A number, boolean or null in place of one of the same type,
 * and a text or bytes with room for eight, are set by one store: others get the one or the other. Of longer texts and bytes they may
 * get a part of each; and while an element changes its type they may find that it has none: {@link SegmentException}. Share
 * a {@link Lock} where that matters.
 *
 * <p>Crash effects: the list is there whole or not at all. A text or bytes with room for more than eight that a process was
 * setting when it died are set in part; an element whose type it was changing has none, and can't be got until somebody sets
 * it again.
 *
 * <p>Source: Python's {@code shared_memory.ShareableList}. Lists made here are for Python 3.9 and newer; those that Python 3.8
 * has made, whose form is another one, are read and written as well.
 */
public interface ShareableList extends List<@Nullable Object>, RandomAccess, SharedObject, AutoCloseable {
    /** The block that the list lies in; its name is that of the list. Source: Python's {@code shm}. */
    SharedMemory memory();

    /**
     * Gets an element.
     *
     * @throws IndexOutOfBoundsException if there is none of that index
     * @throws SegmentException if the element is damaged, or has no type just now; the message says which
     * @throws IllegalStateException if the list or the context is closed
     */
    @Override
    @Nullable
    Object get(int index);

    /**
     * Sets an element.
     *
     * @return what it was before
     * @throws IndexOutOfBoundsException if there is none of that index
     * @throws IllegalArgumentException if the value is of no type that the list can hold, or has no room; the message says what
     *     would. Nothing is changed then
     * @throws IllegalStateException if the list or the context is closed
     */
    @Override
    @Nullable
    Object set(int index, @Nullable Object element);

    /** How many elements are equal to a value. */
    int count(@Nullable Object value);

    /** The types of the elements as Python's {@code struct} describes them: {@code "qd16s"}. */
    String format();

    /** As {@link SharedMemory#close()} of its {@linkplain #memory() memory}. */
    @Override
    void close();

    /** As {@code ShareableList[psm_21467a7c, [1, 2.5, text]]}; of more than 100 elements the first 100 and the length. */
    @Override
    String toString();
}
