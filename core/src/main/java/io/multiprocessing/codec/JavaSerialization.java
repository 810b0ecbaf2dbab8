package io.multiprocessing.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/** Java's own serialization, for what has no shorter form. */
final class JavaSerialization {
    private JavaSerialization() {}

    /** @throws NotSerializableException with the name of the class that is to blame */
    static byte[] write(Object value) throws NotSerializableException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (NotSerializableException refused) {
            throw refused;
        } catch (IOException failed) {
            var refused = new NotSerializableException(value.getClass().getName());
            refused.initCause(failed);
            throw refused;
        }
        return bytes.toByteArray();
    }

    static @Nullable Object read(byte[] bytes, ClassLoader loader) throws IOException, ClassNotFoundException {
        try (var in = new LoaderInputStream(bytes, loader)) {
            in.setObjectInputFilter(new ArrayLengths(bytes.length));
            return in.readObject();
        } catch (IllegalStateException ofAnObject) {
            throw ofAnObject; // as when the context of a shared object is gone
        } catch (RuntimeException damaged) {
            throw new IOException("an object can't be read", damaged);
        }
    }

    /** Refuses arrays that would be longer than the bytes can justify. */
    private record ArrayLengths(int bytes) implements ObjectInputFilter {
        /** A collection may ask for room for more elements than it has. */
        private static final long ELEMENTS_PER_BYTE = 16;

        @Override
        public Status checkInput(FilterInfo info) {
            return info.arrayLength() > ELEMENTS_PER_BYTE * bytes ? Status.REJECTED : Status.UNDECIDED;
        }
    }

    private static final class LoaderInputStream extends ObjectInputStream {
        private final ClassLoader loader;

        LoaderInputStream(byte[] bytes, ClassLoader loader) throws IOException {
            super(new ByteArrayInputStream(bytes));
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException primitiveOrMissing) {
                return super.resolveClass(description);
            }
        }
    }
}
