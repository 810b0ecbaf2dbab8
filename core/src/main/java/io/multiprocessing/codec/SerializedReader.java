package io.multiprocessing.codec;

import io.multiprocessing.UnreadableMessageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SerializedWriter} wrote: one stream, of which each object of the message has a piece. */
final class SerializedReader {
    private final Piece piece = new Piece();
    private final ClassLoader loader;
    private @Nullable LimitedObjectInput stream;

    SerializedReader(ClassLoader loader) {
        this.loader = loader;
    }

    Object read(Decoder in) {
        int count = in.readCount();
        if (count <= in.contiguous()) {
            piece.bytes = new ByteArrayInputStream(in.window(count), in.position(), count);
            in.skip(count);
        } else {
            piece.bytes = new ByteArrayInputStream(in.readBytes(count));
        }
        try {
            LimitedObjectInput objects = stream;
            if (objects == null) {
                objects = new LimitedObjectInput(piece, loader);
                stream = objects;
            }
            objects.allow(count);
            Object value = objects.readObject();
            if (value == null || piece.bytes.available() > 0) {
                throw new UnreadableMessageException("the message is damaged: other bytes after a serialized object");
            }
            return value;
        } catch (ClassNotFoundException missing) {
            throw new UnreadableMessageException(
                    "the message needs a class that is not here: " + missing.getMessage(), missing);
        } catch (IOException damaged) {
            throw new UnreadableMessageException(
                    "the message holds a serialized object that can't be read: " + damaged, damaged);
        }
    }

    private static final class Piece extends InputStream {
        private ByteArrayInputStream bytes = new ByteArrayInputStream(new byte[0]);

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int count) {
            return bytes.read(target, offset, count);
        }

        @Override
        public int available() {
            return bytes.available();
        }
    }
}
