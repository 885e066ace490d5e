package io.croft.controller.fleet;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** What an agent sends to get its certificate. */
public final class CertificateRequests {
    private CertificateRequests() {}

    public static PrivateKey newKey() {
        return Certificates.newKey();
    }

    /** A PKCS#10 request in PEM for a key that nobody keeps. */
    public static String pem() {
        return pem(newKey());
    }

    /** A PKCS#10 request in PEM for the key's public half. */
    public static String pem(PrivateKey key) {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            var request = new JcaPKCS10CertificationRequestBuilder(
                            new X500Name("CN=agent"), Certificates.publicKeyOf(key))
                    .build(signer);
            var text = new StringWriter();
            try (var writer = new JcaPEMWriter(text)) {
                writer.writeObject(request);
            }
            return text.toString();
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
