package io.multiprocessing.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole messages in a way of its own, as Kryo's or Fory's, in place of the library's. Found by {@link java.util.ServiceLoader}, and
 * used where the system property {@code multiprocessing.codec} is its name; children inherit the property. A message
 * carries the name of the codec that wrote it, so a process reads whatever others write as long as it has their codecs.
 *
 * <p>One instance serves all threads of a process at once. A {@link io.multiprocessing.SharedObject} in a message must
 * be written by its {@code writeReplace} and read by {@code readResolve}, as Java serialization does, to arrive alive.
 * Tasks of processes are always written by the library.
 */
public interface Codec {
    /** A short name that stays the same from version to version; 1 to 31 characters of ASCII. */
    String name();

    /**
     * Writes a message.
     *
     * @throws java.io.NotSerializableException if {@code value}, or something in it, can't be written
     */
    void encode(@Nullable Object value, OutputStream target) throws IOException;

    /**
     * Reads a message to its end.
     *
     * @param source exactly the bytes that {@link #encode} wrote, or what is left of them: they may be damaged
     * @param loader knows the classes of the message
     * @throws IOException if the bytes are not such a message
     */
    @Nullable
    Object decode(InputStream source, ClassLoader loader) throws IOException, ClassNotFoundException;
}
