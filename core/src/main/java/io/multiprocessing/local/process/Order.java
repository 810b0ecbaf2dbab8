package io.multiprocessing.local.process;

import io.multiprocessing.local.os.Redirection;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a stand-by JVM is told when its task comes.
 *
 * <pre>
 *  4 bytes   the length of what follows
 *  4 bytes   owner: the place in the context that is reserved for the process
 *  3 times   standard input, output, errors: 2 bytes length, and the path to open, in UTF-8; none to leave it as it is
 *  the rest  what a cold child finds in a file, see {@link Payload}
 * </pre>
 */
@SuppressWarnings("ArrayRecordComponent") // it is written and read once, and never compared
public record Order(int owner, String stdin, String stdout, String stderr, byte[] payload) {
    static Order of(int owner, Redirection redirection, Payload payload) {
        return new Order(owner, redirection.path(0), redirection.path(1), redirection.path(2), payload.toBytes());
    }

    byte[] toBytes() {
        var body = new ByteArrayOutputStream();
        var whole = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(body);
                var outer = new DataOutputStream(whole)) {
            out.writeInt(owner);
            for (String path : new String[] {stdin, stdout, stderr}) {
                byte[] text = path.getBytes(StandardCharsets.UTF_8);
                out.writeShort(text.length);
                out.write(text);
            }
            out.write(payload);
            outer.writeInt(body.size());
            body.writeTo(outer);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return whole.toByteArray();
    }

    /**
     * Waits for an order.
     *
     * @throws EOFException if the parent is gone
     */
    static Order read(InputStream control) throws IOException {
        int length = ByteBuffer.wrap(read(control, Integer.BYTES)).getInt();
        if (length < 0) {
            throw new IOException("not an order: it says that it has " + length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(read(control, length));
        int owner = in.getInt();
        String stdin = readText(in);
        String stdout = readText(in);
        String stderr = readText(in);
        byte[] payload = new byte[in.remaining()];
        in.get(payload);
        return new Order(owner, stdin, stdout, stderr, payload);
    }

    private static String readText(ByteBuffer in) {
        byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] read(InputStream control, int count) throws IOException {
        byte[] bytes = control.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the parent is gone");
        }
        return bytes;
    }
}
