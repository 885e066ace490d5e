package io.croft.controller.fleet;

import io.croft.controller.context.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The controller's own certificate and key as kept in one file, so that they cannot come apart. */
record ServerFile(PrivateKey key, X509Certificate certificate) {
    private static final String NAME = "ca/server.pem";
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    static @Nullable ServerFile read(StateDirectory directory) {
        var file = directory.directory("ca").resolve("server.pem");
        if (!Files.exists(file)) {
            return null;
        }
        try {
            var text = Files.readString(file, StandardCharsets.US_ASCII);
            var split = text.indexOf("-----BEGIN CERTIFICATE-----");
            var key = text.substring(0, split).getBytes(StandardCharsets.US_ASCII);
            var certificate = text.substring(split).getBytes(StandardCharsets.US_ASCII);
            return new ServerFile(PemFiles.readPrivateKey(key), PemFiles.readCertificate(certificate));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(StateDirectory directory, PrivateKey key, X509Certificate certificate) {
        var text = PemFiles.privateKey(key) + PemFiles.certificate(certificate);
        directory.replace(NAME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether it is of this authority, for exactly these names, and still good at {@code moment}. */
    boolean fits(X509Certificate authority, ServerNames names, Instant moment) {
        return certificate.getNotAfter().toInstant().isAfter(moment)
                && signedBy(authority)
                && new ServerNames(alternatives(DNS), alternatives(ADDRESS)).equals(names);
    }

    private boolean signedBy(X509Certificate authority) {
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException _) {
            return false;
        }
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
