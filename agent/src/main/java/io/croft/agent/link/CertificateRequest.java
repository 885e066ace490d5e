package io.croft.agent.link;

import io.croft.types.HostId;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Base64;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/**
 * A request to certify a host's key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2986">PKCS #10</a>
 */
final class CertificateRequest {
    private CertificateRequest() {}

    static String pem(HostId host, PrivateKey key, String publicKeyPem) throws IOException, GeneralSecurityException {
        var der = Base64.getMimeDecoder().decode(publicKeyPem.replaceAll("-----[A-Z ]+-----", ""));
        try {
            var request = new PKCS10CertificationRequestBuilder(
                            new X500Name("CN=" + host), SubjectPublicKeyInfo.getInstance(der))
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
            return Pem.of("CERTIFICATE REQUEST", request.getEncoded());
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("cannot sign the certificate request", e);
        }
    }
}
