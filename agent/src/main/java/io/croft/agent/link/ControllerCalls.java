package io.croft.agent.link;

import io.croft.agent.images.BlobSource;
import io.croft.protocol.EnrollRequest;
import io.croft.protocol.EnrollResponse;
import io.croft.protocol.LackingBlocks;
import io.croft.protocol.LedgerReport;
import io.croft.protocol.ObservedReport;
import io.croft.protocol.RenewRequest;
import io.croft.protocol.ReportReceipt;
import io.croft.protocol.SnapshotContent;
import io.croft.protocol.SnapshotNaming;
import io.croft.protocol.SnapshotOrigin;
import io.croft.protocol.SnapshotPage;
import io.croft.types.Digest;
import io.croft.types.SnapshotId;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The protocol's calls, over HTTP/2. Each throws {@link LinkException} when there is no answer or it is a refusal. */
final class ControllerCalls implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int PARTIAL = 206;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int GONE = 410;
    private static final int NOT_SATISFIABLE = 416;
    private static final Set<Integer> ACCEPTED = Set.of(OK, NO_CONTENT, PARTIAL);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final URI base;
    private final HttpClient http;

    ControllerCalls(URI base, SSLContext tls) {
        this.base = base;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(tls)
                .connectTimeout(CONNECT)
                .build();
    }

    EnrollResponse enroll(EnrollRequest request) {
        return post("/agent/v1/enroll", request, EnrollResponse.class);
    }

    EnrollResponse renew(RenewRequest request) {
        return post("/agent/v1/renew", request, EnrollResponse.class);
    }

    ReportReceipt report(ObservedReport report) {
        return post("/agent/v1/observed", report, ReportReceipt.class);
    }

    /** Tells the controller what this host has stored and sees. */
    void ledger(LedgerReport ledger) {
        close(accepted(send(posting("/agent/v1/ledger", ledger))));
    }

    /**
     * The endless stream of batches from {@code revision} on; closing it ends the call.
     *
     * @param all whether everything is to come first, also what was told before
     * @param refused whether what came was refused as that of an older database
     */
    InputStream desired(long revision, boolean all, boolean refused) {
        var request = HttpRequest.newBuilder(
                        base.resolve("/agent/v1/desired?after=" + revision + "&all=" + all + "&refused=" + refused))
                .timeout(ANSWER)
                .build();
        return accepted(send(request));
    }

    /** The blob from {@code offset} on, nothing at its end or past it; empty when the controller has no such blob. */
    Optional<BlobSource.Rest> blob(Digest digest, long offset) {
        var request = HttpRequest.newBuilder(base.resolve("/agent/v1/blobs/" + digest.hex()))
                .timeout(ANSWER);
        if (offset > 0) {
            request.header("Range", "bytes=" + offset + "-");
        }
        var response = send(request.build());
        if (response.statusCode() == NOT_FOUND) {
            close(response.body());
            return Optional.empty();
        }
        if (offset > 0 && response.statusCode() == NOT_SATISFIABLE) {
            close(response.body());
            return Optional.of(new BlobSource.Rest(InputStream.nullInputStream(), 0));
        }
        if (offset > 0 && response.statusCode() != PARTIAL) {
            close(response.body());
            throw new LinkException("asked for a part of blob " + digest + ", got " + response.statusCode(), null);
        }
        var bytes = accepted(response);
        var length = response.headers().firstValueAsLong("Content-Length");
        if (length.isEmpty()) {
            close(bytes);
            throw new LinkException("blob " + digest + " came without its length", null);
        }
        return Optional.of(new BlobSource.Rest(bytes, length.getAsLong()));
    }

    /** How the blocks of a snapshot are named. */
    SnapshotNaming naming(SnapshotId id) {
        var request =
                HttpRequest.newBuilder(snapshot(id, "/naming")).timeout(ANSWER).build();
        return read(request, accepted(send(request)), SnapshotNaming.class);
    }

    /** The blocks of a page that the controller lacks. */
    LackingBlocks lacking(SnapshotId id, SnapshotPage page) {
        var request = bytes(snapshot(id, "/listed"), page.toBytes(), "POST").build();
        return read(request, accepted(send(request)), LackingBlocks.class);
    }

    /** Sends a block of a snapshot. */
    void putBlock(SnapshotId id, int index, byte[] block) {
        close(accepted(
                send(bytes(snapshot(id, "/blocks/" + index), block, "PUT").build())));
    }

    /** Says that a snapshot was sent; whether the controller has what was read. */
    boolean complete(SnapshotId id, SnapshotContent content) {
        var response = send(posting(snapshot(id, "/complete").getPath(), content));
        if (response.statusCode() == CONFLICT) {
            close(response.body());
            return false;
        }
        close(accepted(response));
        return true;
    }

    /** A snapshot of which a volume is to be made; empty when the controller has lost or damaged it. */
    Optional<SnapshotOrigin> origin(SnapshotId id) {
        var request =
                HttpRequest.newBuilder(snapshot(id, "/origin")).timeout(ANSWER).build();
        return unlessGone(send(request)).map(answer -> read(request, answer, SnapshotOrigin.class));
    }

    /** A page of what it has, from a block on. */
    Optional<byte[]> page(SnapshotId id, int from) {
        return bytes(snapshot(id, "/blocks?from=" + from), SnapshotPage.LONGEST);
    }

    /** One of its blocks. */
    Optional<byte[]> block(SnapshotId id, int index) {
        return bytes(snapshot(id, "/blocks/" + index), SnapshotPage.BLOCK);
    }

    private Optional<byte[]> bytes(URI uri, int most) {
        var answer = unlessGone(send(HttpRequest.newBuilder(uri).timeout(ANSWER).build()));
        if (answer.isEmpty()) {
            return Optional.empty();
        }
        try (var in = answer.get()) {
            return Optional.of(in.readNBytes(most + 1));
        } catch (IOException e) {
            throw new LinkException("unreadable answer from " + uri, e);
        }
    }

    private static Optional<InputStream> unlessGone(HttpResponse<InputStream> response) {
        if (response.statusCode() == GONE) {
            close(response.body());
            return Optional.empty();
        }
        return Optional.of(accepted(response));
    }

    private URI snapshot(SnapshotId id, String what) {
        return base.resolve("/agent/v1/snapshots/" + id + what);
    }

    private static HttpRequest.Builder bytes(URI uri, byte[] body, String method) {
        return HttpRequest.newBuilder(uri)
                .timeout(ANSWER)
                .header("Content-Type", "application/octet-stream")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private <T> T post(String path, Object body, Class<T> type) {
        var request = posting(path, body);
        return read(request, accepted(send(request)), type);
    }

    private static <T> T read(HttpRequest request, InputStream answer, Class<T> type) {
        try (answer) {
            return JSON.readValue(answer, type);
        } catch (IOException | JacksonException e) {
            throw new LinkException("unreadable answer from " + request.uri(), e);
        }
    }

    private HttpRequest posting(String path, Object body) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(ANSWER)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new LinkException("no answer from " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkException("interrupted", e);
        }
    }

    private static InputStream accepted(HttpResponse<InputStream> response) {
        if (ACCEPTED.contains(response.statusCode())) {
            return response.body();
        }
        try (var in = response.body()) {
            var said = new String(in.readNBytes(2048), StandardCharsets.UTF_8);
            throw new LinkException(response.uri() + " answered " + response.statusCode() + ": " + said, null);
        } catch (IOException e) {
            throw new LinkException(response.uri() + " answered " + response.statusCode(), e);
        }
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new LinkException("cannot end a call", e);
        }
    }
}
