package io.multiprocessing.local.connection;

import io.multiprocessing.AuthenticationException;
import io.multiprocessing.MessageTooLongException;
import io.multiprocessing.SocketOptions;
import io.multiprocessing.spi.Deadline;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to the other side that we know the key, and lets it prove that to us; the key is not sent.
 *
 * <p>One side sends {@code #CHALLENGE#{sha256}} and 40 random bytes. The other answers with {@code {sha256}} and the MAC by
 * its key of all that followed {@code #CHALLENGE#}, and is told {@code #WELCOME#} or {@code #FAILURE#}. Then they change
 * roles. The listener begins. A frame of more than 256 bytes is refused before any of it is read.
 *
 * <p>Before Python 3.12 a challenge was 20 random bytes without a digest, and an answer the 16 bytes of an MD5; that is
 * good enough only if {@code md5} is asked for.
 *
 * <p>Source: {@code deliver_challenge} and {@code answer_challenge} of CPython 3.13.
 */
final class Handshake {
    private static final byte[] CHALLENGE = bytes("#CHALLENGE#");
    private static final byte[] WELCOME = bytes("#WELCOME#");
    private static final byte[] FAILURE = bytes("#FAILURE#");
    private static final String MD5 = "md5";
    private static final byte[] NO_KEY = {};
    private static final int MOST_BYTES = 256;
    private static final int RANDOM_BYTES = 40;
    private static final int LEGACY_CHALLENGE_BYTES = 20;
    private static final int LEGACY_ANSWER_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SocketConnection connection;
    private final byte[] key;
    private final String digest;
    private final Deadline deadline;

    private Handshake(SocketConnection connection, byte[] key, String digest, Deadline deadline) {
        this.connection = connection;
        this.key = key;
        this.digest = digest;
        this.deadline = deadline;
    }

    /**
     * Does it, if the options have a key, and before that that of TLS, if they want that. If it fails the connection is closed.
     *
     * @param isListener whether we begin
     */
    static void run(SocketConnection connection, SocketOptions options, boolean isListener, Deadline deadline)
            throws IOException, InterruptedException {
        byte[] key = options.key().orElse(NO_KEY);
        boolean done = false;
        try {
            connection.encrypt(deadline);
            if (options.key().isEmpty()) {
                done = true;
                return;
            }
            Handshake handshake = new Handshake(connection, key, options.digest(), deadline);
            if (isListener) {
                handshake.deliver();
                handshake.answer();
            } else {
                handshake.answer();
                handshake.deliver();
            }
            connection.setAuthenticated();
            done = true;
        } catch (TimeoutException late) {
            throw new AuthenticationException(
                    "the handshake was not done within " + options.handshakeTimeout()
                            + "; does the other side have a key?",
                    late);
        } catch (EOFException gone) {
            throw new AuthenticationException(
                    "the other side has closed the connection in the middle of the handshake", gone);
        } catch (MessageTooLongException noHandshake) {
            throw new AuthenticationException(
                    "what came is no part of a handshake: " + noHandshake.getMessage()
                            + "; does the other side have a key?",
                    noHandshake);
        } finally {
            Arrays.fill(key, (byte) 0);
            if (!done) {
                connection.close();
            }
        }
    }

    private void deliver() throws IOException, InterruptedException, TimeoutException {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        byte[] message = joined(prefix(digest), random);
        send(joined(CHALLENGE, message));
        try {
            verify(message, receive());
        } catch (AuthenticationException refused) {
            send(FAILURE);
            throw refused;
        }
        send(WELCOME);
    }

    private void verify(byte[] message, byte[] answer) throws AuthenticationException {
        String by = answer.length == LEGACY_ANSWER_BYTES ? MD5 : digestOf(answer);
        requireAllowed(by);
        byte[] mac = mac(by, message);
        byte[] expected = answer.length == LEGACY_ANSWER_BYTES ? mac : joined(prefix(by), mac);
        if (!MessageDigest.isEqual(expected, answer)) {
            throw new AuthenticationException("the other side has another key");
        }
    }

    private void answer() throws IOException, InterruptedException, TimeoutException {
        byte[] challenge = receive();
        if (!startsWith(challenge, CHALLENGE)) {
            throw new AuthenticationException("what came is no challenge, where the other side must begin its handshake"
                    + " with one; does it have a key?");
        }
        byte[] message = Arrays.copyOfRange(challenge, CHALLENGE.length, challenge.length);
        if (message.length == LEGACY_CHALLENGE_BYTES) {
            requireAllowed(MD5);
            send(mac(MD5, message));
        } else {
            String by = digestOf(message);
            requireAllowed(by);
            send(joined(prefix(by), mac(by, message)));
        }
        if (!MessageDigest.isEqual(WELCOME, receive())) {
            throw new AuthenticationException("the other side says that our key is another one");
        }
    }

    private void requireAllowed(String by) throws AuthenticationException {
        if (by.equals(MD5) && !digest.equals(MD5)) {
            throw new AuthenticationException(
                    "the other side uses the digest md5, which is weak: use it only if you must, by"
                            + " SocketOptions.digest");
        }
    }

    private static String digestOf(byte[] message) throws AuthenticationException {
        for (String candidate : SocketOptions.DIGESTS) {
            if (startsWith(message, prefix(candidate))) {
                return candidate;
            }
        }
        throw new AuthenticationException("what came is no part of a handshake: it names no digest of "
                + SocketOptions.DIGESTS + " in its " + message.length + " bytes");
    }

    private byte[] mac(String by, byte[] message) {
        String algorithm = switch (by) {
            case MD5 -> "HmacMD5";
            case "sha256" -> "HmacSHA256";
            case "sha384" -> "HmacSHA384";
            case "sha3_256" -> "HmacSHA3-256";
            case "sha3_384" -> "HmacSHA3-384";
            default -> throw new IllegalArgumentException("no digest " + by);
        };
        try {
            Mac mac = Mac.getInstance(algorithm);
            // A key is filled up with zeros, so one zero is the same as the empty key, which Java does not take.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, algorithm));
            return mac.doFinal(message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JVM can't compute " + algorithm, missing);
        }
    }

    private void send(byte[] bytes) throws IOException, InterruptedException, TimeoutException {
        connection.write(new Outgoing.Memory(MemorySegment.ofArray(bytes)), deadline);
    }

    private byte[] receive() throws IOException, InterruptedException, TimeoutException {
        Incoming incoming = new Incoming(MOST_BYTES);
        connection.read(incoming, deadline);
        return incoming.bytes();
    }

    private static byte[] prefix(String name) {
        return bytes("{" + name + "}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
