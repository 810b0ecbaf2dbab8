package io.multiprocessing.codec;

import io.multiprocessing.UnreadableMessageException;
import io.multiprocessing.spi.Codec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The codecs of others: which one is chosen here, and messages written by them. */
final class Codecs {
    private static final String PROPERTY = "multiprocessing.codec";
    private static final Map<String, Codec> KNOWN = new ConcurrentHashMap<>();

    private Codecs() {}

    /**
     * The codec that the user wants; null if that is the library's own.
     *
     * @throws IllegalStateException if it is not here
     */
    static @Nullable Codec chosen() {
        String name = System.getProperty(PROPERTY);
        if (name == null || name.isEmpty()) {
            return null;
        }
        Codec codec = find(name, Codecs.class.getClassLoader());
        if (codec == null) {
            codec = find(name, ClassLoader.getSystemClassLoader());
        }
        if (codec == null) {
            throw new IllegalStateException("the system property " + PROPERTY + " names the codec \"" + name
                    + "\", but no such service is on the class path: add its jar, or unset the property");
        }
        return codec;
    }

    static void write(Codec codec, @Nullable Object value, Encoder out) throws NotSerializableException {
        var bytes = new ByteArrayOutputStream();
        try {
            codec.encode(value, bytes);
        } catch (NotSerializableException refused) {
            throw refused;
        } catch (IOException failed) {
            var refused = new NotSerializableException("the codec " + codec.name() + " failed: " + failed);
            refused.initCause(failed);
            throw refused;
        }
        out.writeByte(Tag.CODEC);
        out.writeText(codec.name());
        out.writeCount(bytes.size());
        out.writeBytes(bytes.toByteArray(), 0, bytes.size());
    }

    static @Nullable Object read(Decoder in) {
        String name = in.readText();
        byte[] bytes = in.readBytes(in.readCount());
        Codec codec;
        try {
            codec = find(name, in.loader());
        } catch (ServiceConfigurationError broken) {
            throw new UnreadableMessageException("codecs can't be looked for: " + broken, broken);
        }
        if (codec == null) {
            throw new UnreadableMessageException(
                    "the message was written by the codec \"" + name + "\", which is not here");
        }
        try {
            return codec.decode(new ByteArrayInputStream(bytes), in.loader());
        } catch (IOException | ClassNotFoundException failed) {
            throw new UnreadableMessageException("the codec " + name + " can't read the message: " + failed, failed);
        }
    }

    private static @Nullable Codec find(String name, ClassLoader loader) {
        Codec known = KNOWN.get(name);
        if (known != null) {
            return known;
        }
        for (Codec codec : ServiceLoader.load(Codec.class, loader)) {
            if (codec.name().equals(name)) {
                KNOWN.put(name, codec);
                return codec;
            }
        }
        return null;
    }
}
