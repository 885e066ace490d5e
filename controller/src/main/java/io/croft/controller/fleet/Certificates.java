package io.croft.controller.fleet;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jspecify.annotations.Nullable;

/** Makes X.509 certificates (RFC 5280) and reads requests for them; the only place that knows how. */
final class Certificates {
    private static final String CURVE = "secp256r1";
    private static final int SERIAL_BITS = 127;

    /** Clocks of hosts may be behind. */
    static final Duration BACKDATED = Duration.ofHours(1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Certificates() {}

    static PrivateKey newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE));
            return generator.generateKeyPair().getPrivate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static PublicKey publicKeyOf(PrivateKey key) {
        var secret = (ECPrivateKey) key;
        var point = CustomNamedCurves.getByName("P-256")
                .getG()
                .multiply(secret.getS())
                .normalize();
        var place = new ECPoint(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
        try {
            return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(place, secret.getParams()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate that its own key signs. */
    static X509Certificate authority(PrivateKey key, Instant now, Duration lifetime) {
        var name = new X500Name("CN=Croft authority");
        var builder = builder(name, name, publicKeyOf(key), now, lifetime);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } catch (CertIOException e) {
            throw new IllegalStateException(e);
        }
        return sign(builder, key);
    }

    /** Signs with the authority's key. */
    record Issuer(PrivateKey key, X509Certificate authority) {
        X509Certificate server(PublicKey subject, ServerNames names, Instant now, Duration lifetime) {
            var alternatives = new ArrayList<GeneralName>();
            names.dns().forEach(n -> alternatives.add(new GeneralName(GeneralName.dNSName, n)));
            names.addresses()
                    .forEach(a -> alternatives.add(new GeneralName(
                            GeneralName.iPAddress,
                            new DEROctetString(InetAddress.ofLiteral(a).getAddress()))));
            var general = new GeneralNames(alternatives.toArray(GeneralName[]::new));
            return issue(subject, "Croft controller", KeyPurposeId.id_kp_serverAuth, general, now, lifetime);
        }

        X509Certificate client(PublicKey subject, String commonName, Instant now, Duration lifetime) {
            return issue(subject, commonName, KeyPurposeId.id_kp_clientAuth, null, now, lifetime);
        }

        private X509Certificate issue(
                PublicKey subject,
                String commonName,
                KeyPurposeId purpose,
                @Nullable ASN1Encodable alternatives,
                Instant now,
                Duration lifetime) {
            var issuer =
                    X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
            var builder = builder(issuer, new X500Name("CN=" + commonName), subject, now, lifetime);
            try {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
                if (alternatives != null) {
                    builder.addExtension(Extension.subjectAlternativeName, false, alternatives);
                }
            } catch (CertIOException e) {
                throw new IllegalStateException(e);
            }
            return sign(builder, key);
        }
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Instant now, Duration lifetime) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(lifetime)),
                subject,
                key);
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key) {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The public key of a PKCS#10 request (RFC 2986) in PEM, once its owner has proved the private one.
     *
     * @throws IllegalArgumentException when it is no such request, its signature is wrong or the key is not on P-256
     */
    static PublicKey requested(String pem) {
        try (var parser = new PEMParser(new StringReader(pem))) {
            if (!(parser.readObject() instanceof PKCS10CertificationRequest request)) {
                throw new IllegalArgumentException("not a certificate request");
            }
            var key = new JcaPKCS10CertificationRequest(request).getPublicKey();
            if (!(key instanceof ECPublicKey curve)
                    || curve.getParams().getCurve().getField().getFieldSize() != 256) {
                throw new IllegalArgumentException("the key is not on P-256");
            }
            if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new IllegalArgumentException("the request's signature is wrong");
            }
            return key;
        } catch (IOException | GeneralSecurityException | OperatorCreationException | PKCSException e) {
            throw new IllegalArgumentException("not a certificate request", e);
        }
    }
}
