package io.croft.controller.fleet;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** What an agent sends to get its certificate. */
public final class CertificateRequests {
    private CertificateRequests() {}

    public static KeyPair newKeyPair() {
        return Certificates.newKeyPair();
    }

    /** A PKCS#10 request in PEM for the pair's public key. */
    public static String pem(KeyPair pair) {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
            var request =
                    new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=agent"), pair.getPublic()).build(signer);
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
