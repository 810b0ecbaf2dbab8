package io.multiprocessing.codec;

import io.multiprocessing.spi.Codec;
import java.io.NotSerializableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes values into a message. What is mutable or holds other values keeps its identity within a message: a list that
 * is there twice, or in itself, arrives so. Numbers, texts and other plain values are only equal on arrival, and so are
 * the keys of maps and the elements of sets with all that is in them, which may not refer to what is around them.
 *
 * <p>Encoders are lent: {@code try (var encoder = Encoder.borrow())}. One that has thrown has forgotten its message and
 * can be used for the next. Not thread-safe.
 */
public final class Encoder extends MessageOutput implements AutoCloseable {
    /** How deep values may lie in each other. */
    static final int MAXIMUM_DEPTH = 500;

    private static final ThreadLocal<Encoder> SPARE = new ThreadLocal<>();

    private final @Nullable Codec codec;
    private final References references = new References();
    private final WrittenTypes types = new WrittenTypes();
    private boolean isLent = true;
    private int depth;
    private int keyDepth;
    private @Nullable SerializedWriter serialized;
    private @Nullable List<Runnable> departures;

    Encoder(@Nullable Codec codec) {
        this.codec = codec;
    }

    /** An encoder of the library's own way to write, whatever the user has chosen. */
    static Encoder standard() {
        return new Encoder(null);
    }

    /** An empty encoder, of the codec that the user has chosen. */
    public static Encoder borrow() {
        if (Thread.currentThread().isVirtual()) {
            return new Encoder(Codecs.chosen());
        }
        Encoder spare = SPARE.get();
        if (spare == null) {
            spare = new Encoder(Codecs.chosen());
            SPARE.set(spare);
        } else if (spare.isLent) { // by a caller of what is being encoded
            return new Encoder(Codecs.chosen());
        }
        spare.isLent = true;
        return spare;
    }

    /** Whether the user has chosen a codec, as this process found it. */
    public static boolean isCodecChosen() {
        return Choice.IS_MADE;
    }

    private static final class Choice {
        static final boolean IS_MADE = Codecs.chosen() != null;
    }

    /** Gives the encoder back. */
    @Override
    public void close() {
        clear();
        isLent = false;
    }

    /** Forgets the message. */
    @Override
    public void clear() {
        super.clear();
        references.clear();
        types.clear();
        depth = 0;
        keyDepth = 0;
        serialized = null;
        departures = null;
    }

    /** Says that nobody will read the message: what is kept for who would have is let go. */
    public void lost() {
        List<Runnable> kept = takeDepartures();
        if (kept != null) {
            kept.forEach(Runnable::run);
        }
    }

    /** Whether something is kept for who will read the message. */
    public boolean hasDepartures() {
        return departures != null;
    }

    /** What lets go of all that is kept for who will read the message, for who keeps its bytes; null if there is nothing. */
    public @Nullable List<Runnable> takeDepartures() {
        List<Runnable> kept = departures;
        departures = null;
        return kept;
    }

    /**
     * Adds a value to the message.
     *
     * @throws NotSerializableException if it, or something in it, can't be written; the message says what and where
     */
    public void write(@Nullable Object value) throws NotSerializableException {
        boolean isWritten = false;
        try {
            if (codec == null) {
                writeValue(value);
            } else {
                writeBy(codec, value);
            }
            isWritten = true;
        } catch (StackOverflowError tooDeep) {
            throw Unwritable.tooDeep();
        } finally {
            if (!isWritten) {
                lost();
                clear();
            }
        }
    }

    private void writeBy(Codec chosen, @Nullable Object value) throws NotSerializableException {
        Departures noted = Departures.begin();
        try (noted) {
            Codecs.write(chosen, value, this);
        } finally {
            departures = noted.addTo(departures);
        }
    }

    /** Adds a value that is a part of another. */
    void writeValue(@Nullable Object value) throws NotSerializableException {
        if (value == null) {
            writeByte(Tag.NULL);
            return;
        }
        Class<?> type = value.getClass();
        if (type == Integer.class) {
            writeInteger((Integer) value);
        } else if (type == String.class) {
            writeText((String) value);
        } else if (type == Long.class) {
            writeBoxed((Long) value);
        } else if (type == Double.class) {
            writeByte(Tag.DOUBLE);
            writeLong(Double.doubleToRawLongBits((Double) value));
        } else if (type == Boolean.class) {
            writeByte((Boolean) value ? Tag.TRUE : Tag.FALSE);
        } else if (type == Float.class) {
            writeByte(Tag.FLOAT);
            writeInt(Float.floatToRawIntBits((Float) value));
        } else if (type == Short.class) {
            writeByte(Tag.SHORT);
            writeShort((Short) value);
        } else if (type == Character.class) {
            writeByte(Tag.CHARACTER);
            writeShort((Character) value);
        } else if (type == Byte.class) {
            writeByte(Tag.BYTE);
            writeByte((Byte) value);
        } else if (value instanceof Handle.Source shared) {
            writeShared(shared);
        } else {
            if (++depth > MAXIMUM_DEPTH) {
                throw Unwritable.tooDeep();
            }
            Forms.of(type).write(value, this);
            depth--;
        }
    }

    void writeText(String text) {
        int length = text.length();
        if (length <= Tag.SHORT_TEXT_LIMIT) {
            byte[] bytes = room(1 + length);
            int at = position();
            bytes[at++] = (byte) (Tag.SHORT_TEXT + length);
            int all = 0;
            for (int i = 0; i < length; i++) {
                char character = text.charAt(i);
                all |= character;
                bytes[at + i] = (byte) character;
            }
            if (all <= 0xff) {
                advance(at + length);
                return;
            }
        }
        Texts.write(text, this);
    }

    void writeOptionalText(@Nullable String text) {
        if (text == null) {
            writeByte(Tag.NULL);
        } else {
            writeText(text);
        }
    }

    void writeType(NamedType type) {
        types.write(type, this);
    }

    /** Adds the key of a map or the element of a set, in which nothing refers to what is elsewhere. */
    void writeKey(@Nullable Object key) throws NotSerializableException {
        keyDepth++;
        writeValue(key);
        keyDepth--;
    }

    void writeSerialized(Object value) throws NotSerializableException {
        if (serialized == null) {
            serialized = new SerializedWriter();
        }
        Departures noted = Departures.begin();
        try (noted) {
            serialized.write(value, this);
        } finally {
            departures = noted.addTo(departures);
        }
    }

    /** Whether the message holds the object already; then its number has been written, and nothing else must be. */
    boolean isReference(Object object) throws NotSerializableException {
        if (keyDepth > 0) {
            return false;
        }
        int number = references.findOrAdd(object);
        if (number < 0) {
            return false;
        }
        if (references.isOpen(number)) {
            throw Unwritable.because(object, " is immutable and contains itself");
        }
        writeByte(Tag.REFERENCE);
        writeCount(number);
        return true;
    }

    /** Says that the object which has just been found to be new can't be referred to before {@link #end}. */
    int begin() {
        if (keyDepth > 0) {
            return -1;
        }
        int number = references.last();
        references.setOpen(number, true);
        return number;
    }

    void end(int begun) {
        if (begun >= 0) {
            references.setOpen(begun, false);
        }
    }

    private void writeInteger(int value) {
        if (value >= Tag.SMALLEST_INTEGER && value <= Tag.LARGEST_INTEGER) {
            writeByte(value - Tag.INTEGER_BIAS);
        } else if (value == (byte) value) {
            writeByte(Tag.INTEGER_1);
            writeByte(value);
        } else if (value == (short) value) {
            writeByte(Tag.INTEGER_2);
            writeShort(value);
        } else {
            writeByte(Tag.INTEGER_4);
            writeInt(value);
        }
    }

    private void writeBoxed(long value) {
        if (value == (byte) value) {
            writeByte(Tag.LONG_1);
            writeByte((int) value);
        } else if (value == (int) value) {
            writeByte(Tag.LONG_4);
            writeInt((int) value);
        } else {
            writeByte(Tag.LONG_8);
            writeLong(value);
        }
    }

    private void writeShared(Handle.Source shared) {
        try (Departures noted = Departures.begin()) {
            writeHandle(shared.handle());
            departures = noted.addTo(departures);
        }
    }

    void writeHandle(Handle handle) {
        writeByte(Tag.HANDLE);
        writeText(handle.context());
        writeInt(handle.kind());
        writeLong(handle.segment());
        writeLong(handle.offset());
        writeCount(handle.ticket());
    }
}
