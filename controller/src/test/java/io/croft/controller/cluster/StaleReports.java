package io.croft.controller.cluster;

import io.croft.controller.hostlink.Connectors;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.ObservedReport;
import io.croft.types.Generation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Sends what a host's agent never would: reports that come late or twice, and say that all is gone. They must change nothing. */
final class StaleReports {
    private final Cluster cluster;
    private final ClusterHost host;

    StaleReports(Cluster cluster, ClusterHost host) {
        this.cluster = cluster;
        this.host = host;
    }

    /** The number of the last report taken. */
    private record Session(long epoch, long sequence) {}

    /**
     * Repeats the last report's number.
     *
     * @return the HTTP status
     */
    int repeat() {
        var last = session();
        return send(last.epoch(), last.sequence());
    }

    /** Reports as an agent before the present one; returns the HTTP status. */
    int older() {
        var last = session();
        return send(last.epoch() - 1, last.sequence() + 1000);
    }

    private Session session() {
        return cluster.database()
                .sql("SELECT epoch, sequence FROM host_session WHERE host = :host")
                .param("host", host.id().value())
                .query((row, _) -> new Session(row.getLong("epoch"), row.getLong("sequence")))
                .single();
    }

    private List<ObservedDocument> allGone() {
        return cluster.database()
                .sql("SELECT kind, id, generation FROM host_document WHERE host = :host")
                .param("host", host.id().value())
                .query((row, _) -> new ObservedDocument(
                        new DocumentKey(DocumentKind.ofWireName(row.getString("kind")), row.getString("id")),
                        new Generation(row.getLong("generation")),
                        State.GONE,
                        null,
                        "2026-11-21T00:00:00Z"))
                .list();
    }

    private int send(long epoch, long sequence) {
        var report = new ObservedReport(epoch, "boot", sequence, false, 0, null, allGone(), List.of(), List.of());
        var port = cluster.bean(Connectors.class).agentsPort();
        var request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/agent/v1/observed"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(report)))
                .build();
        try (var client = HttpClient.newBuilder().sslContext(tls()).build()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private SSLContext tls() throws IOException {
        try {
            var key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder()
                            .decode(Files.readString(host.identity().resolve("key.pem"))
                                    .replaceAll("-----[A-Z ]+-----", ""))));
            var own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("host", key, new char[0], new Certificate[] {certificate("certificate.pem")});
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, new char[0]);
            var authority = KeyStore.getInstance("PKCS12");
            authority.load(null, null);
            authority.setCertificateEntry("authority", certificate("authority.pem"));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authority);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Certificate certificate(String name) throws IOException, CertificateException {
        Path file = host.identity().resolve(name);
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
