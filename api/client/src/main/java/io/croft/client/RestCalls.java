package io.croft.client;

import io.croft.rest.Problem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON over HTTP with a bearer token. Uses HttpURLConnection: java.net.http takes half a second to load, which a command line would pay each time. Fields that a newer controller adds
 * are passed over.
 */
final class RestCalls {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 120_000;

    /** For work that takes as long as there is much of it. */
    private static final int LONG_READ_MILLIS = 3_600_000;

    private static final int CHUNK = 64 * 1024;
    private static final String ACCEPTED = "application/json, application/problem+json";

    /** Bytes a second: who is slower has not been heard of for too long. */
    private static final long SLOWEST_UPLOAD = 64 * 1024;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final String url;
    private final String token;

    RestCalls(String url, String token) {
        this.url = url.replaceAll("/+$", "");
        this.token = token;
    }

    <T> T get(String path, TypeReference<T> type) {
        return call("GET", path, _ -> {}, in -> JSON.readValue(in, type));
    }

    <T> T send(String method, String path, @Nullable Object body, Class<T> type) {
        return call(method, path, c -> writeJson(c, body), in -> JSON.readValue(in, type));
    }

    /** A call that is answered with nothing. */
    void order(String method, String path, @Nullable Object body) {
        call(method, path, body == null ? _ -> {} : c -> writeJson(c, body), _ -> Boolean.TRUE);
    }

    /** As {@link #send}, with request headers besides those of every call. */
    <T> T send(String method, String path, @Nullable Object body, Map<String, String> headers, Class<T> type) {
        Writer writer = c -> {
            headers.forEach(c::setRequestProperty);
            writeJson(c, body);
        };
        return call(method, path, writer, in -> JSON.readValue(in, type));
    }

    /** Sends a file once the controller says that it takes it: what it refuses, by its headers, is told before any of it is sent. */
    <T> T upload(String path, Path file, LongConsumer progress, Class<T> type) {
        try {
            var size = Files.size(file);
            var body = BodyPublishers.fromPublisher(
                    BodyPublishers.ofInputStream(() -> CountedFile.open(file, progress)), size);
            var request = request(path, Duration.ofMillis(READ_MILLIS).plusSeconds(size / SLOWEST_UPLOAD))
                    .header("Content-Type", "application/octet-stream")
                    .expectContinue(true)
                    .PUT(body)
                    .build();
            return exchange(request, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Hands over an answer's bytes as they come.
     *
     * @throws IOException only what {@code to} throws; an answer that breaks off is a {@link CroftException}
     */
    void download(String method, String path, ByteSink to) throws IOException {
        try {
            call(
                    method,
                    path,
                    c -> {
                        c.setRequestProperty("Accept", "application/octet-stream, application/problem+json");
                        c.setReadTimeout(LONG_READ_MILLIS);
                    },
                    in -> {
                        try {
                            to.take(new Arriving(in));
                            return Boolean.TRUE;
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Sends bytes of which nobody knows how many there are, as {@code from} writes them.
     *
     * @throws IOException only what reading them throws
     */
    <T> T stream(String method, String path, ByteSource from, TypeReference<T> type) throws IOException {
        try {
            return call(
                    method,
                    path,
                    c -> {
                        c.setDoOutput(true);
                        c.setRequestProperty("Content-Type", "application/octet-stream");
                        c.setChunkedStreamingMode(CHUNK);
                        c.setReadTimeout(LONG_READ_MILLIS);
                        try (var in = from.open();
                                var out = c.getOutputStream()) {
                            copy(in, out);
                        }
                    },
                    in -> JSON.readValue(in, type));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The two ends fail for different reasons: what is read is the caller's own. */
    private static void copy(InputStream in, OutputStream out) throws IOException {
        var chunk = new byte[CHUNK];
        while (true) {
            int read;
            try {
                read = in.read(chunk);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (read < 0) {
                return;
            }
            out.write(chunk, 0, read);
        }
    }

    /** An answer on its way, so that its breaking off is not taken for a failure of whoever keeps it. */
    private final class Arriving extends FilterInputStream {
        private long arrived;

        Arriving(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            try {
                var read = in.read(into, offset, length);
                arrived += Math.max(read, 0);
                return read;
            } catch (IOException e) {
                throw new CroftException(
                        CroftException.UNREACHABLE,
                        "the connection to " + url + " broke off after " + arrived + " bytes: " + e.getMessage(),
                        e);
            }
        }
    }

    private interface Writer {
        void write(HttpURLConnection connection) throws IOException;
    }

    private interface Reader<T> {
        T read(InputStream in);
    }

    /** Changes a resource that is as {@code ifMatch} says. HttpURLConnection knows no PATCH, so this loads the slower client. */
    <T> T patch(String path, Object body, String ifMatch, Class<T> type) {
        return exchange(
                request(path, Duration.ofMillis(READ_MILLIS))
                        .header("Content-Type", "application/json")
                        .header("If-Match", ifMatch)
                        .method("PATCH", BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build(),
                type);
    }

    private HttpRequest.Builder request(String path, Duration timeout) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(timeout)
                .header("Authorization", "Bearer " + token)
                .header("Accept", ACCEPTED);
    }

    private <T> T exchange(HttpRequest request, Class<T> type) {
        try (var http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofMillis(CONNECT_MILLIS))
                .build()) {
            var answer = http.send(request, BodyHandlers.ofInputStream());
            try (var in = answer.body()) {
                if (answer.statusCode() >= 400) {
                    throw refused(answer.statusCode(), in);
                }
                return JSON.readValue(in, type);
            }
        } catch (IOException | JacksonException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
    }

    private CroftException unreachable(Exception cause) {
        return new CroftException(
                CroftException.UNREACHABLE, "no answer from " + url + ": " + IoFailure.clause(cause), cause);
    }

    private <T> T call(String method, String path, Writer writer, Reader<T> reader) {
        try {
            var connection = (HttpURLConnection) URI.create(url + path).toURL().openConnection();
            connection.setRequestMethod(method);
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setRequestProperty("Authorization", "Bearer " + token);
            connection.setRequestProperty("Accept", ACCEPTED);
            writer.write(connection);
            if (connection.getResponseCode() >= 400) {
                try (var in = connection.getErrorStream()) {
                    throw refused(connection.getResponseCode(), in);
                }
            }
            try (var in = connection.getInputStream()) {
                return reader.read(in);
            }
        } catch (IOException | JacksonException e) {
            throw unreachable(e);
        }
    }

    private static void writeJson(HttpURLConnection connection, @Nullable Object body) throws IOException {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (var out = connection.getOutputStream()) {
            out.write(body == null ? new byte[0] : JSON.writeValueAsBytes(body));
        }
    }

    private static CroftException refused(int status, @Nullable InputStream in) {
        try {
            if (in == null) {
                return new CroftException("Http" + status, status, "the controller answered " + status, null);
            }
            var problem = JSON.readValue(in, Problem.class);
            return new CroftException(
                    problem.code(), status, problem.detail() + " (request " + problem.requestId() + ")", null);
        } catch (JacksonException e) {
            return new CroftException("Http" + status, status, "the controller answered " + status, e);
        }
    }
}
