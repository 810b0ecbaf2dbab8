package io.multiprocessing.codec;

import io.multiprocessing.UnreadableMessageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of a message. Whatever the bytes are, the answer is a value or an {@link UnreadableMessageException};
 * memory and time stay in proportion to the bytes. A class that is named there is loaded, but initialized only when it
 * is what the message says and an instance is made.
 *
 * <p>Decoders are lent: {@code try (var decoder = Decoder.borrow(loader))}. Not thread-safe.
 */
public final class Decoder extends MessageInput implements AutoCloseable {
    private static final ThreadLocal<Decoder> SPARE = new ThreadLocal<>();
    private static final byte[] NO_BYTES = {};
    private static final int FEW = 8;
    private static final int KEPT = 1024;

    private ClassLoader loader;
    private boolean isLent = true;
    private int depth;
    private int keyDepth;
    private @Nullable Object[] known = new Object[FEW];
    private int knownCount;
    private @Nullable ReadTypes types;
    private @Nullable SerializedReader serialized;

    Decoder(ClassLoader loader) {
        this.loader = loader;
    }

    /** A decoder that finds classes by that loader. */
    public static Decoder borrow(ClassLoader loader) {
        if (Thread.currentThread().isVirtual()) {
            return new Decoder(loader);
        }
        Decoder spare = SPARE.get();
        if (spare == null) {
            spare = new Decoder(loader);
            SPARE.set(spare);
        } else if (spare.isLent) {
            return new Decoder(loader);
        }
        spare.isLent = true;
        spare.useLoader(loader);
        return spare;
    }

    /** Gives the decoder back. */
    @Override
    public void close() {
        over(NO_BYTES, 0, 0);
        useLoader(ClassLoader.getSystemClassLoader()); // lets go of the other one
        isLent = false;
    }

    @SuppressWarnings("ReferenceEquality") // a class loader is itself
    private void useLoader(ClassLoader newLoader) {
        if (loader != newLoader) {
            loader = newLoader;
            types = null;
        }
    }

    /** Begins a message that lies in an array, which must not change while it is read. */
    public Decoder over(byte[] bytes, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        reset();
        setBytes(bytes, offset, count);
        return this;
    }

    /** Begins a message that is read as it comes. */
    public Decoder over(MessageSource source) {
        reset();
        setSource(source);
        return this;
    }

    /**
     * Reads the next value of the message.
     *
     * @throws UnreadableMessageException if it can't be read; then the rest of the message can't be read either
     * @throws UncheckedIOException if the source throws it
     */
    public @Nullable Object read() {
        boolean isRead = false;
        try {
            Object value = readValue();
            isRead = true;
            return value;
        } catch (UnreadableMessageException | UncheckedIOException told) {
            throw told;
        } catch (StackOverflowError tooDeep) {
            throw new UnreadableMessageException("the message nests values too deep for this thread's stack", tooDeep);
        } catch (RuntimeException | LinkageError failed) {
            throw new UnreadableMessageException("the message holds what can't be made here: " + failed, failed);
        } finally {
            if (!isRead) {
                over(NO_BYTES, 0, 0);
            }
        }
    }

    /** Reads a value that is a part of another, or one whose failures need not be told apart. */
    @Nullable
    Object readValue() {
        int tag = readByte();
        if (tag < 0) {
            if (tag == Byte.MIN_VALUE) {
                throw unknown("tag", tag & 0xff);
            }
            return tag + Tag.INTEGER_BIAS;
        }
        if (tag >= Tag.SHORT_TEXT) {
            return readLatin1(tag - Tag.SHORT_TEXT);
        }
        return switch (tag) {
            case Tag.NULL -> null;
            case Tag.FALSE -> false;
            case Tag.TRUE -> true;
            case Tag.BYTE -> (byte) readByte();
            case Tag.SHORT -> (short) readShort();
            case Tag.CHARACTER -> (char) readShort();
            case Tag.INTEGER_1 -> readByte();
            case Tag.INTEGER_2 -> readShort();
            case Tag.INTEGER_4 -> readInt();
            case Tag.LONG_1 -> (long) readByte();
            case Tag.LONG_4 -> (long) readInt();
            case Tag.LONG_8 -> readLong();
            case Tag.FLOAT -> Float.intBitsToFloat(readInt());
            case Tag.DOUBLE -> Double.longBitsToDouble(readLong());
            case Tag.LATIN_1 -> readLatin1(readCount());
            case Tag.UTF_16 -> Texts.readUtf16(this);
            case Tag.REFERENCE -> readReference();
            case Tag.HANDLE -> readHandle();
            default -> {
                if (++depth > Encoder.MAXIMUM_DEPTH) {
                    throw new UnreadableMessageException(
                            "the message nests values deeper than " + Encoder.MAXIMUM_DEPTH + " levels");
                }
                Object value = readForm(tag);
                depth--;
                yield value;
            }
        };
    }

    private @Nullable Object readForm(int tag) {
        return switch (tag) {
            case Tag.SERIALIZED -> readSerialized();
            case Tag.LAMBDA -> LambdaForm.read(this);
            case Tag.CLASS -> readType().type();
            case Tag.ENUM -> EnumForm.read(this);
            case Tag.RECORD, Tag.PLAIN_RECORD -> RecordForm.read(tag, this);
            case Tag.THROWABLE -> ThrowableForm.read(this);
            case Tag.PLAIN -> PlainForm.read(this);
            case Tag.TIME -> TimeForm.read(this);
            case Tag.LIST -> ListForm.read(this);
            case Tag.SET -> SetForm.read(this);
            case Tag.MAP -> MapForm.read(this);
            case Tag.ENTRY -> EntryForm.read(this);
            case Tag.OBJECTS, Tag.TYPED_ARRAY -> ObjectArrayForm.read(tag, this);
            case Tag.BOOLEANS, Tag.BYTES, Tag.SHORTS, Tag.CHARS, Tag.INTS, Tag.LONGS, Tag.FLOATS, Tag.DOUBLES ->
                PrimitiveArrayForm.read(tag, this);
            case Tag.CODEC -> Codecs.read(this);
            default -> throw unknown("tag", tag);
        };
    }

    /** Reads one of the values that {@link #claim} has announced. */
    @Nullable
    Object readOwed() {
        pay();
        return readValue();
    }

    /** Reads the key of a map or the element of a set, in which nothing refers to what is elsewhere. */
    @Nullable
    Object readKey() {
        keyDepth++;
        Object key = readOwed();
        keyDepth--;
        return key;
    }

    String readText() {
        String text = readOptionalText();
        if (text == null) {
            throw new UnreadableMessageException("null where the message must have a text");
        }
        return text;
    }

    @Nullable
    String readOptionalText() {
        int tag = readByte();
        if (tag >= Tag.SHORT_TEXT) {
            return readLatin1(tag - Tag.SHORT_TEXT);
        }
        return switch (tag) {
            case Tag.NULL -> null;
            case Tag.LATIN_1 -> readLatin1(readCount());
            case Tag.UTF_16 -> Texts.readUtf16(this);
            default -> throw unknown("tag of a text", tag & 0xff);
        };
    }

    NamedType readType() {
        ReadTypes known = types;
        if (known == null) {
            known = new ReadTypes(loader);
            types = known;
        }
        return known.read(this);
    }

    ClassLoader loader() {
        return loader;
    }

    /** Gives the object that is begun now its number; {@link #remember} says what it is, when it is there. */
    int reserve() {
        if (keyDepth > 0) {
            return -1;
        }
        if (knownCount == known.length) {
            known = Arrays.copyOf(known, 2 * knownCount);
        }
        return knownCount++;
    }

    void remember(int number, Object object) {
        if (number >= 0) {
            known[number] = object;
        }
    }

    static UnreadableMessageException unknown(String what, int number) {
        return new UnreadableMessageException("the message is damaged: " + what + " " + number);
    }

    private String readLatin1(int count) {
        if (count <= contiguous()) {
            String text = new String(window(count), position(), count, StandardCharsets.ISO_8859_1);
            skip(count);
            return text;
        }
        return new String(readBytes(count), StandardCharsets.ISO_8859_1);
    }

    private Object readReference() {
        int number = readCount();
        Object object = keyDepth == 0 && number < knownCount ? known[number] : null;
        if (object == null) {
            throw unknown("reference to object", number);
        }
        return object;
    }

    private Object readHandle() {
        var handle = new Handle(readText(), readInt(), readLong(), readLong(), readCount());
        try {
            return Handles.resolve(handle);
        } catch (IOException unknown) {
            throw new UnreadableMessageException(String.valueOf(unknown.getMessage()), unknown);
        }
    }

    private Object readSerialized() {
        int number = reserve();
        SerializedReader reader = serialized;
        if (reader == null) {
            reader = new SerializedReader(loader);
            serialized = reader;
        }
        Object value = reader.read(this);
        remember(number, value);
        return value;
    }

    private void reset() {
        depth = 0;
        keyDepth = 0;
        serialized = null;
        if (knownCount > 0) {
            if (known.length > KEPT) {
                known = new Object[FEW];
            } else {
                Arrays.fill(known, 0, knownCount, null);
            }
            knownCount = 0;
        }
        if (types != null) {
            types.clear();
        }
    }
}
