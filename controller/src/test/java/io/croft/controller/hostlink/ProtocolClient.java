package io.croft.controller.hostlink;

import io.croft.controller.fleet.CertificateRequests;
import io.croft.protocol.DesiredBatch;
import io.croft.protocol.EnrollRequest;
import io.croft.protocol.EnrollResponse;
import io.croft.protocol.ObservedReport;
import io.croft.protocol.RenewRequest;
import io.croft.protocol.ReportReceipt;
import io.croft.types.HostId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Speaks an agent's side of the protocol, and nothing more. */
final class ProtocolClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HostId host = HostId.random(new SecureRandom());
    private final PrivateKey key = CertificateRequests.newKey();
    private final Connectors connectors;
    private final X509Certificate authority;
    private HttpClient client;
    private volatile boolean closed;

    ProtocolClient(Connectors connectors, X509Certificate authority) {
        this.connectors = connectors;
        this.authority = authority;
        this.client = client(context(null));
    }

    HostId host() {
        return host;
    }

    /** Comes in with a token, and from then on shows its certificate. */
    void enroll(String token) {
        var csr = CertificateRequests.pem(key);
        var request = new EnrollRequest(token.split("\\.", -1)[1], host, host.value(), "us-east-1a", csr);
        use(read(post(connectors.httpsPort(), "/agent/v1/enroll", request), EnrollResponse.class));
    }

    void renew() {
        var request = new RenewRequest(CertificateRequests.pem(key));
        use(read(post(connectors.agentsPort(), "/agent/v1/renew", request), EnrollResponse.class));
    }

    private void use(EnrollResponse response) {
        client.close();
        client = client(context(response.certificate()));
    }

    ReportReceipt report(ObservedReport report) {
        return read(post(connectors.agentsPort(), "/agent/v1/observed", report), ReportReceipt.class);
    }

    HttpResponse<String> post(int port, String path, Object body) {
        var request = HttpRequest.newBuilder(uri(port, path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        return send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> get(int port, String path, String... headers) {
        var request = HttpRequest.newBuilder(uri(port, path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build(), BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI uri(int port, String path) {
        return URI.create("https://127.0.0.1:" + port + path);
    }

    private static <T> T read(HttpResponse<String> response, Class<T> type) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + ": " + response.body());
        }
        return JSON.readValue(response.body(), type);
    }

    /** Opens the stream; each line comes into the queue as it arrives. */
    BlockingQueue<DesiredBatch> desired(long after) {
        return desired("after=" + after);
    }

    /** The same of one that has {@code after} and wants everything first. */
    BlockingQueue<DesiredBatch> desiredWhole(long after) {
        return desired("all=true&after=" + after);
    }

    /** The same of one that has refused what it was told. */
    BlockingQueue<DesiredBatch> desiredRefusing(long after) {
        return desired("refused=true&after=" + after);
    }

    private BlockingQueue<DesiredBatch> desired(String query) {
        var lines = new LinkedBlockingQueue<DesiredBatch>();
        var request = HttpRequest.newBuilder(uri(connectors.agentsPort(), "/agent/v1/desired?" + query))
                .build();
        var response = send(request, BodyHandlers.ofLines());
        Thread.ofVirtual().start(() -> {
            try {
                response.body().forEach(line -> lines.add(JSON.readValue(line, DesiredBatch.class)));
            } catch (UncheckedIOException e) {
                if (!closed) {
                    throw e;
                }
            }
        });
        return lines;
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(context)
                .build();
    }

    private SSLContext context(@Nullable String certificatePem) {
        try {
            var trust = KeyStore.getInstance("PKCS12");
            trust.load(null, null);
            trust.setCertificateEntry("ca", authority);
            var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(trust);
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            if (certificatePem != null) {
                var certificate = CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(certificatePem.getBytes(StandardCharsets.US_ASCII)));
                keys.setKeyEntry("agent", key, new char[0], new Certificate[] {certificate});
            }
            var shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            shown.init(keys, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        client.shutdownNow();
    }
}
