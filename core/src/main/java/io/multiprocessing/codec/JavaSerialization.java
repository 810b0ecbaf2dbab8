package io.multiprocessing.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import org.jspecify.annotations.Nullable;

/** One object by Java's own serialization, in a stream of its own. */
final class JavaSerialization {
    private JavaSerialization() {}

    /** @throws NotSerializableException with the name of the class that is to blame */
    static byte[] write(Object value) throws NotSerializableException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException failed) {
            throw refused(value, failed);
        }
        return bytes.toByteArray();
    }

    static @Nullable Object read(byte[] bytes, ClassLoader loader) throws IOException, ClassNotFoundException {
        try (var in = new LimitedObjectInput(new ByteArrayInputStream(bytes), loader)) {
            in.allow(bytes.length);
            return in.readObject();
        }
    }

    /** Says what in the value is to blame, and where it is, as far as that can be found out. */
    static NotSerializableException refused(Object value, IOException failed) {
        if (failed instanceof Unwritable told) {
            return told;
        }
        if (failed instanceof NotSerializableException refused && refused.getMessage() != null) {
            return Unwritable.inside(value, refused.getMessage(), refused);
        }
        return Unwritable.because(value, " failed to write itself: " + failed, failed);
    }
}
