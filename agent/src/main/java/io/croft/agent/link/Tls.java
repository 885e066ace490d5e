package io.croft.agent.link;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The two ways to trust the controller: by its authority's digest before enrolment, by its authority's certificate after it. */
final class Tls {
    private Tls() {}

    /** Trusts whatever stands on the authority with this SHA-256; presents nothing. */
    static SSLContext pinned(String authorityDigest) throws GeneralSecurityException {
        return context(null, new TrustManager[] {new PinnedAuthority(authorityDigest)});
    }

    /** Trusts what stands on the authority; presents the host's certificate. */
    static SSLContext mutual(Identity.Credentials credentials) throws GeneralSecurityException, IOException {
        var keys = emptyStore();
        keys.setKeyEntry("host", credentials.key(), new char[0], new X509Certificate[] {credentials.certificate()});
        var factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(keys, new char[0]);
        return context(factory.getKeyManagers(), trusting(credentials.authority()));
    }

    private static SSLContext context(KeyManager @Nullable [] keys, TrustManager[] trust)
            throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLSv1.3");
        context.init(keys, trust, null);
        return context;
    }

    private static TrustManager[] trusting(X509Certificate authority) throws GeneralSecurityException, IOException {
        var store = emptyStore();
        store.setCertificateEntry("authority", authority);
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** Finds the pinned authority at the end of the chain that the controller sends, and checks the chain and the host name against it. */
    private static final class PinnedAuthority extends X509ExtendedTrustManager {
        private final String digest;

        PinnedAuthority(String digest) {
            this.digest = digest;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            delegate(chain).checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            delegate(chain).checkServerTrusted(chain, type, socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            delegate(chain).checkServerTrusted(chain, type);
        }

        private X509ExtendedTrustManager delegate(X509Certificate[] chain) throws CertificateException {
            var last = chain[chain.length - 1];
            try {
                var sha = MessageDigest.getInstance("SHA-256").digest(last.getEncoded());
                if (!MessageDigest.isEqual(sha, HexFormat.of().parseHex(digest))) {
                    throw new CertificateException("the controller stands on another authority than the token says");
                }
                return (X509ExtendedTrustManager) trusting(last)[0];
            } catch (IOException | GeneralSecurityException e) {
                throw e instanceof CertificateException refused ? refused : new CertificateException(e);
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            checkClientTrusted(chain, type);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("an agent has no clients");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
