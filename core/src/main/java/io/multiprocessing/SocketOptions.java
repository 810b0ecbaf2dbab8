package io.multiprocessing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Listener} or {@link Client} treats its connections. Immutable: each method that changes something gives
 * other options. The key is in no text that this library makes.
 */
public final class SocketOptions {
    /** The digests that the handshake knows; Python's from 3.12 on know the same. */
    public static final List<String> DIGESTS = List.of("sha256", "sha384", "sha3_256", "sha3_384", "md5");

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final int DEFAULT_BACKLOG = 128;
    private static final SocketOptions NO_KEY =
            new SocketOptions(null, DIGESTS.getFirst(), DEFAULT_TIMEOUT, DEFAULT_BACKLOG, null);

    private final byte @Nullable [] key;
    private final String digest;
    private final Duration handshakeTimeout;
    private final int backlog;
    private final @Nullable Tls tls;

    private SocketOptions(
            byte @Nullable [] key, String digest, Duration handshakeTimeout, int backlog, @Nullable Tls tls) {
        this.key = key;
        this.digest = digest;
        this.handshakeTimeout = handshakeTimeout;
        this.backlog = backlog;
        this.tls = tls;
    }

    /**
     * Nobody has to prove anything. Objects are then received only through Unix sockets, which nobody but this user can
     * open; through others only bytes.
     */
    public static SocketOptions noKey() {
        return NO_KEY;
    }

    /**
     * Both sides prove to each other that they know a key, which itself is not sent.
     *
     * @param key any bytes; an empty key is a key. It is copied
     */
    public static SocketOptions authkey(byte[] key) {
        return new SocketOptions(key.clone(), NO_KEY.digest, NO_KEY.handshakeTimeout, NO_KEY.backlog, null);
    }

    /**
     * By which digest the other side is to prove itself; {@code sha256} if this is not called. With {@code md5}, and only
     * with it, the weak handshake of Python before 3.12 is good enough as well.
     *
     * @throws IllegalArgumentException if it is none of {@link #DIGESTS}
     */
    public SocketOptions digest(String newDigest) {
        if (!DIGESTS.contains(newDigest)) {
            throw new IllegalArgumentException("no digest \"" + newDigest + "\"; there are: " + DIGESTS);
        }
        return new SocketOptions(key, newDigest, handshakeTimeout, backlog, tls);
    }

    /**
     * How long connecting and the handshake may take together; 10 seconds if this is not called.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public SocketOptions handshakeTimeout(Duration newTimeout) {
        if (!newTimeout.isPositive()) {
            throw new IllegalArgumentException("a handshake can't be done in " + newTimeout);
        }
        return new SocketOptions(key, digest, newTimeout, backlog, tls);
    }

    /**
     * How many clients may wait to be accepted before others are refused; 128 if this is not called.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public SocketOptions backlog(int newBacklog) {
        if (newBacklog < 1) {
            throw new IllegalArgumentException("a backlog of " + newBacklog + "; it must be 1 or more");
        }
        return new SocketOptions(key, digest, handshakeTimeout, newBacklog, tls);
    }

    /** Encrypts connections of the Internet; those of Unix sockets stay in the machine, and are not encrypted. */
    public SocketOptions tls(Tls newTls) {
        return new SocketOptions(key, digest, handshakeTimeout, backlog, newTls);
    }

    /** A copy of the key; empty if there is none. */
    public Optional<byte[]> key() {
        return Optional.ofNullable(key).map(byte[]::clone);
    }

    public String digest() {
        return digest;
    }

    public Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    public int backlog() {
        return backlog;
    }

    /** How connections of the Internet are encrypted; empty if they are not. */
    public Optional<Tls> tls() {
        return Optional.ofNullable(tls);
    }

    @Override
    public String toString() {
        return "SocketOptions[" + (key == null ? "no key" : "a key, " + digest) + ", handshake within "
                + handshakeTimeout + ", backlog " + backlog + (tls == null ? "]" : ", " + tls + "]");
    }
}
