package io.croft.controller.fleet;

import io.croft.controller.context.StateDirectory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The deployment's own certificate authority: {@code ca/ca.key} and {@code ca/ca.crt}, P-256, made at the first start. The controller's
 * own certificate is beside them and made anew whenever it no longer fits. Agents pin the authority, so its key is never replaced.
 */
@Component
public class CertificateAuthority {
    static final String KEY = "ca/ca.key";
    static final String CERTIFICATE = "ca/ca.crt";

    private static final Duration LIFETIME = Duration.ofDays(20 * 365);
    private static final Duration SERVER_LIFETIME = Duration.ofDays(397);
    private static final Duration SERVER_RENEWAL = Duration.ofDays(60);

    private final StateDirectory directory;
    private final FleetProperties properties;
    private final Clock clock;
    private final PrivateKey key;
    private final X509Certificate certificate;

    CertificateAuthority(StateDirectory directory, FleetProperties properties, Clock clock) {
        this.directory = directory;
        this.properties = properties;
        this.clock = clock;
        directory.directory("ca");
        var made = new Lazily();
        this.key = PemFiles.readPrivateKey(directory.readOrMake(KEY, () -> made.keyPem()));
        this.certificate = PemFiles.readCertificate(directory.readOrMake(CERTIFICATE, () -> made.certificatePem(key)));
    }

    /**
     * A certificate with its key.
     *
     * @param chain the certificate, then the authority's
     */
    public record ServerIdentity(PrivateKey key, List<X509Certificate> chain) {
        public ServerIdentity {
            chain = List.copyOf(chain);
        }
    }

    /** The authority's own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The authority's certificate as text. */
    public String pem() {
        return PemFiles.certificate(certificate);
    }

    /** The SHA-256 of the authority's certificate, by which agents know it. */
    public String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The controller's own key and certificate, for every name and address that it has now; made anew when names changed or its time runs out. */
    public ServerIdentity server() {
        var names = ServerNames.local().with(properties.certificateNames());
        var old = ServerFile.read(directory);
        if (old != null && old.fits(fingerprint(), names, clock.instant().plus(SERVER_RENEWAL))) {
            return new ServerIdentity(old.key(), List.of(old.certificate(), certificate));
        }
        var own = Certificates.newKey();
        var fresh = issuer().server(Certificates.publicKeyOf(own), names, clock.instant(), SERVER_LIFETIME);
        new ServerFile(fingerprint(), own, fresh).write(directory);
        return new ServerIdentity(own, List.of(fresh, certificate));
    }

    /** A certificate for an agent, whose common name is {@code commonName}. */
    X509Certificate issueClient(PublicKey subject, String commonName) {
        return issuer().client(subject, commonName, clock.instant(), properties.agentCertificate());
    }

    private Certificates.Issuer issuer() {
        return new Certificates.Issuer(key, certificate);
    }

    /** Makes the two files that are missing; a key without its certificate, after a crash in between, gets one. */
    private final class Lazily {
        byte[] keyPem() {
            return PemFiles.privateKey(Certificates.newKey()).getBytes(StandardCharsets.US_ASCII);
        }

        byte[] certificatePem(PrivateKey key) {
            return PemFiles.certificate(Certificates.authority(key, clock.instant(), LIFETIME))
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }
}
