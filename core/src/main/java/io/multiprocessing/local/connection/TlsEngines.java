package io.multiprocessing.local.connection;

import io.multiprocessing.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes the engines that encrypt connections. */
final class TlsEngines {
    private static final String PROTOCOL = "TLSv1.3";

    private final SSLContext context;
    private final Tls tls;

    /** @throws IllegalArgumentException if the key store or the certificates are none */
    TlsEngines(Tls tls) {
        this.tls = tls;
        try {
            this.context = SSLContext.getInstance(PROTOCOL);
            context.init(keyManagers(tls), trustManagers(tls), null);
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalArgumentException(
                    "no TLS with this key store and these certificates: " + unusable.getMessage(), unusable);
        }
    }

    /** @throws IllegalArgumentException if there is no certificate to show */
    SSLEngine forListener() {
        if (tls.keyStore().isEmpty()) {
            throw new IllegalArgumentException("who listens has to show a certificate: give Tls.identity");
        }
        SSLEngine engine = engine(context.createSSLEngine());
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(tls.trustedCertificates().isPresent());
        return engine;
    }

    SSLEngine forClient(InetSocketAddress address) {
        SSLEngine engine = engine(context.createSSLEngine(address.getHostString(), address.getPort()));
        engine.setUseClientMode(true);
        if (!tls.isAnyHost()) {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
        }
        return engine;
    }

    private static SSLEngine engine(SSLEngine engine) {
        engine.setEnabledProtocols(new String[] {PROTOCOL});
        return engine;
    }

    private static KeyManager @Nullable [] keyManagers(Tls tls) throws GeneralSecurityException, IOException {
        byte[] bytes = tls.keyStore().orElse(null);
        if (bytes == null) {
            return null;
        }
        char[] password = tls.password();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(bytes), password);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    /** Those of the JVM if there are none of ours. */
    private static TrustManager @Nullable [] trustManagers(Tls tls) throws GeneralSecurityException, IOException {
        byte[] bytes = tls.trustedCertificates().orElse(null);
        if (bytes == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        int number = 0;
        for (Certificate certificate :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes))) {
            store.setCertificateEntry("trusted-" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
