package io.multiprocessing.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What goes by Java serialization in a message: one stream for all its objects, cut into pieces that stand where the
 * objects do. So they keep their identity among each other, and their classes are described once.
 */
final class SerializedWriter {
    private final Bytes bytes = new Bytes();
    private @Nullable ObjectOutputStream stream;

    void write(Object value, Encoder out) throws NotSerializableException {
        try {
            ObjectOutputStream objects = stream;
            if (objects == null) {
                objects = new ObjectOutputStream(bytes);
                stream = objects;
            }
            objects.writeObject(value);
            objects.flush();
        } catch (IOException failed) {
            throw JavaSerialization.refused(value, failed);
        }
        out.writeByte(Tag.SERIALIZED);
        bytes.moveTo(out);
    }

    private static final class Bytes extends ByteArrayOutputStream {
        void moveTo(Encoder out) {
            out.writeCount(count);
            out.writeBytes(buf, 0, count);
            reset();
        }
    }
}
