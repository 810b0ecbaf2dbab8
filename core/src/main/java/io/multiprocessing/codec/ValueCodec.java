package io.multiprocessing.codec;

import io.multiprocessing.SharedObject;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A value as a tag and its bytes. What has no tag of its own goes by Java serialization, which costs more to write and
 * far more to read for the first time in a fresh JVM.
 */
final class ValueCodec {
    private static final int NULL = 0;
    private static final int FALSE = 1;
    private static final int TRUE = 2;
    private static final int BYTE = 3;
    private static final int SHORT = 4;
    private static final int CHAR = 5;
    private static final int INT = 6;
    private static final int LONG = 7;
    private static final int FLOAT = 8;
    private static final int DOUBLE = 9;
    private static final int STRING = 10;
    private static final int HANDLE = 11;
    private static final int SERIALIZED = 12;

    private ValueCodec() {}

    /** @throws NotSerializableException if the value, or something in it, can't be written */
    static void write(@Nullable Object value, DataOutput out) throws IOException {
        switch (value) {
            case null -> out.writeByte(NULL);
            case Boolean bool -> out.writeByte(bool ? TRUE : FALSE);
            case Byte number -> {
                out.writeByte(BYTE);
                out.writeByte(number);
            }
            case Short number -> {
                out.writeByte(SHORT);
                out.writeShort(number);
            }
            case Character character -> {
                out.writeByte(CHAR);
                out.writeChar(character);
            }
            case Integer number -> {
                out.writeByte(INT);
                out.writeInt(number);
            }
            case Long number -> {
                out.writeByte(LONG);
                out.writeLong(number);
            }
            case Float number -> {
                out.writeByte(FLOAT);
                out.writeFloat(number);
            }
            case Double number -> {
                out.writeByte(DOUBLE);
                out.writeDouble(number);
            }
            case String text -> {
                out.writeByte(STRING);
                writeText(text, out);
            }
            case Handle.Source object -> {
                out.writeByte(HANDLE);
                writeHandle(object.handle(), out);
            }
            default -> {
                byte[] bytes = JavaSerialization.write(value);
                out.writeByte(SERIALIZED);
                writeBytes(bytes, out);
            }
        }
    }

    static @Nullable Object read(DataInputStream in, ClassLoader loader) throws IOException, ClassNotFoundException {
        int tag = in.readUnsignedByte();
        return switch (tag) {
            case NULL -> null;
            case FALSE -> false;
            case TRUE -> true;
            case BYTE -> in.readByte();
            case SHORT -> in.readShort();
            case CHAR -> in.readChar();
            case INT -> in.readInt();
            case LONG -> in.readLong();
            case FLOAT -> in.readFloat();
            case DOUBLE -> in.readDouble();
            case STRING -> readText(in);
            case HANDLE -> readHandle(in);
            case SERIALIZED -> JavaSerialization.read(readBytes(in), loader);
            default -> throw new IOException("unknown tag " + tag);
        };
    }

    static void writeText(String text, DataOutput out) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Takes no more memory than there are bytes, whatever length they claim. */
    static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new IOException("a length of " + length);
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("only " + bytes.length + " bytes of " + length);
        }
        return bytes;
    }

    private static void writeHandle(Handle handle, DataOutput out) throws IOException {
        writeText(handle.context(), out);
        out.writeInt(handle.kind());
        out.writeLong(handle.segment());
        out.writeLong(handle.offset());
    }

    private static SharedObject readHandle(DataInputStream in) throws IOException {
        return Handles.resolve(new Handle(readText(in), in.readInt(), in.readLong(), in.readLong()));
    }
}
