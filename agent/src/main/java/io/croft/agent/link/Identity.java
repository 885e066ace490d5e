package io.croft.agent.link;

import io.croft.agent.files.Durable;
import io.croft.protocol.EnrollResponse;
import io.croft.types.HostId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Who this host is: an id drawn once, and the key and certificate that prove it, in a folder for root alone. The authority is written before the certificate, so a
 * certificate that is there can be used; each file appears whole.
 */
public final class Identity {
    private static final String CERTIFICATE = "certificate.pem";
    private static final String AUTHORITY = "authority.pem";
    private static final String KEY = "key.pem";

    private final Path folder;
    private final HostId host;

    private Identity(Path folder, HostId host) {
        this.folder = folder;
        this.host = host;
    }

    /** Opens the identity in {@code folder}, which is made at the first start. */
    public static Identity open(Path folder, RandomGenerator random) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        var file = folder.resolve("host-id");
        if (!Files.exists(file)) {
            write(folder, "host-id", HostId.random(random).value() + "\n");
        }
        return new Identity(folder, new HostId(Files.readString(file).strip()));
    }

    public HostId host() {
        return host;
    }

    /**
     * Raises the epoch and returns it; once at each start of the agent. It does not fall behind the clock, or the reports of a host that was restored from a backup would count
     * as those of an earlier start.
     */
    public long nextEpoch(InstantSource clock) throws IOException {
        var file = folder.resolve("epoch");
        var last = Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
        var epoch = Math.max(last + 1, clock.millis());
        write(folder, "epoch", epoch + "\n");
        return epoch;
    }

    /**
     * A key with its certificate.
     *
     * @param authority whose signature the controller's certificate must carry too
     */
    record Credentials(PrivateKey key, X509Certificate certificate, X509Certificate authority) {}

    /** What proves this host; empty before it is enrolled. */
    Optional<Credentials> credentials() throws IOException, GeneralSecurityException {
        if (!Files.exists(folder.resolve(CERTIFICATE))) {
            return Optional.empty();
        }
        return Optional.of(new Credentials(
                Pem.privateKey(read(KEY)), Pem.certificate(read(CERTIFICATE)), Pem.certificate(read(AUTHORITY))));
    }

    /** A request to certify this host's key, which is drawn at the first. */
    String certificateRequest() throws IOException, GeneralSecurityException {
        if (!Files.exists(folder.resolve("public-key.pem"))) {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            write(folder, KEY, Pem.of("PRIVATE KEY", pair.getPrivate().getEncoded()));
            write(
                    folder,
                    "public-key.pem",
                    Pem.of("PUBLIC KEY", pair.getPublic().getEncoded()));
        }
        return CertificateRequest.pem(host, Pem.privateKey(read(KEY)), read("public-key.pem"));
    }

    void install(EnrollResponse response) throws IOException {
        write(folder, AUTHORITY, response.ca());
        write(folder, CERTIFICATE, response.certificate());
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private static void write(Path folder, String name, String text) throws IOException {
        Durable.writeSecret(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
