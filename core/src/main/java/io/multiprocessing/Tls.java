package io.multiprocessing;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How connections between sockets are encrypted: by TLS 1.3. Who listens shows a certificate, and who connects says which
 * certificates it trusts. If who listens says that too, who connects has to show one.
 *
 * <p>It goes before the handshake with the key, so nobody on the way learns even that. Python's {@code multiprocessing}
 * knows no TLS.
 *
 * <p>Immutable; the password and the private key are in no text that this library makes. It may be sent to another process
 * of the machine, and they with it.
 */
public final class Tls implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final byte @Nullable [] identity;
    private final char[] password;
    private final byte @Nullable [] trusted;
    private final boolean isAnyHost;

    private Tls(byte @Nullable [] identity, char[] password, byte @Nullable [] trusted, boolean isAnyHost) {
        this.identity = identity;
        this.password = password;
        this.trusted = trusted;
        this.isAnyHost = isAnyHost;
    }

    /**
     * Shows a certificate: for who listens.
     *
     * @param keyStore a file in PKCS #12 that has one private key, and its certificates
     * @param password of the file and of the key
     * @throws IOException if the file can't be read
     */
    public static Tls identity(Path keyStore, char[] password) throws IOException {
        return new Tls(Files.readAllBytes(keyStore), password.clone(), null, false);
    }

    /**
     * Trusts who shows one of some certificates, or one that they have signed: for who connects.
     *
     * @param certificates a file of X.509 certificates, in PEM one after another, or one in DER
     * @throws IOException if the file can't be read
     */
    public static Tls trusting(Path certificates) throws IOException {
        return new Tls(null, new char[0], Files.readAllBytes(certificates), false);
    }

    /**
     * Shows a certificate as well, and wants the other side to show one that {@code other} trusts: for both sides.
     *
     * @param other made by {@link #trusting}
     */
    public Tls and(Tls other) {
        return new Tls(
                identity == null ? other.identity : identity,
                identity == null ? other.password : password,
                trusted == null ? other.trusted : trusted,
                isAnyHost || other.isAnyHost);
    }

    /** Does not ask whether the certificate of who listens is that of the host that was connected to. */
    public Tls anyHost() {
        return new Tls(identity, password, trusted, true);
    }

    /** A copy of the key store; empty if no certificate is shown. */
    public Optional<byte[]> keyStore() {
        return Optional.ofNullable(identity).map(byte[]::clone);
    }

    /** A copy of the password of the key store. */
    public char[] password() {
        return password.clone();
    }

    /** A copy of the certificates that are trusted; empty if the other side need not show one. */
    public Optional<byte[]> trustedCertificates() {
        return Optional.ofNullable(trusted).map(byte[]::clone);
    }

    public boolean isAnyHost() {
        return isAnyHost;
    }

    @Override
    public String toString() {
        return "Tls[" + (identity == null ? "no certificate" : "a certificate")
                + (trusted == null ? "" : ", trusts some") + (isAnyHost ? ", of any host]" : "]");
    }
}
