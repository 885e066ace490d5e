package io.croft.controller.fleet;

import io.croft.controller.context.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The controller's own certificate and key as kept in one file, so that they cannot come apart.
 *
 * @param authority the fingerprint of the authority that signed it, which is compared sooner than a signature is checked
 */
record ServerFile(String authority, PrivateKey key, X509Certificate certificate) {
    private static final String NAME = "ca/server.pem";
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    /** Reads it; null when there is none. */
    static @Nullable ServerFile read(StateDirectory directory) {
        var file = directory.directory("ca").resolve("server.pem");
        if (!Files.exists(file)) {
            return null;
        }
        try {
            var text = Files.readString(file, StandardCharsets.US_ASCII);
            var key = text.indexOf("-----BEGIN PRIVATE KEY-----");
            var certificate = text.indexOf("-----BEGIN CERTIFICATE-----");
            return new ServerFile(
                    text.substring(0, key).strip(),
                    PemFiles.readPrivateKey(bytes(text.substring(key, certificate))),
                    PemFiles.readCertificate(bytes(text.substring(certificate))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(StateDirectory directory) {
        directory.replace(NAME, bytes(authority + "\n" + PemFiles.privateKey(key) + PemFiles.certificate(certificate)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether it is of the authority with this fingerprint, for exactly these names, and still good at {@code moment}. */
    boolean fits(String fingerprint, ServerNames names, Instant moment) {
        return authority.equals(fingerprint)
                && certificate.getNotAfter().toInstant().isAfter(moment)
                && new ServerNames(alternatives(DNS), alternatives(ADDRESS)).equals(names);
    }

    private TreeSet<String> alternatives(int type) {
        var names = new TreeSet<String>();
        try {
            var all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.getFirst().equals(type)) {
                    names.add((String) name.get(1));
                }
            }
        } catch (CertificateParsingException e) {
            throw new IllegalStateException(e);
        }
        return names;
    }
}
