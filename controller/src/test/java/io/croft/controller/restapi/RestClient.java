package io.croft.controller.restapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.controller.ec2api.Tenant;
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
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plain HTTP to the tenants' REST edge, with one account's bearer token. */
public final class RestClient {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final URI endpoint;
    private final String authorization;

    public RestClient(URI endpoint, String token) {
        this.endpoint = endpoint;
        this.authorization = "Bearer " + token;
    }

    /** An answer with its body read. */
    public record Answer(int status, JsonNode body, HttpResponse<String> raw) {
        public String text(String field) {
            return body.get(field).asString();
        }

        public String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }
    }

    /** Waits for the end of what was accepted to be done, which has to be a success. */
    public void succeeds(Answer accepted) {
        assertThat(accepted.status()).as(accepted.raw().body()).isEqualTo(202);
        var path = accepted.header("Location");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !get(path).text("state").equals("running"));
        var done = get(path);
        assertThat(done.text("state")).as(done.raw().body()).isEqualTo("succeeded");
        assertThat(done.body().get("progress").asInt()).isEqualTo(100);
    }

    public Answer get(String path) {
        return send("GET", path, "", Map.of());
    }

    public Answer post(String path, String body) {
        return send("POST", path, body, Map.of());
    }

    public Answer delete(String path) {
        return send("DELETE", path, "", Map.of());
    }

    public Answer send(String method, String path, String body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(endpoint.resolve(path))
                .header("Authorization", authorization)
                .method(method, BodyPublishers.ofString(body));
        if (!body.isEmpty() && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return exchange(request.build());
    }

    /** Sends a request that nobody vouches for. */
    Answer anonymous(String method, String path) {
        return exchange(HttpRequest.newBuilder(endpoint.resolve(path))
                .method(method, BodyPublishers.noBody())
                .build());
    }

    /** Sends a request signed with the tenant's key. */
    public static Answer signed(Tenant tenant, String method, String path, String body, String service) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var unsigned = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.fromValue(method))
                .uri(tenant.endpoint().resolve(path))
                .putHeader("content-type", "application/json")
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsBasicCredentials.create(tenant.key.id(), tenant.key.secret()))
                        .request(unsigned)
                        .payload(() -> new ByteArrayInputStream(bytes))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request();
        var request = HttpRequest.newBuilder(tenant.endpoint().resolve(path))
                .method(method, BodyPublishers.ofByteArray(bytes));
        signed.forEachHeader((name, values) -> {
            if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
                values.forEach(v -> request.header(name, v));
            }
        });
        return exchange(request.build());
    }

    private static Answer exchange(HttpRequest request) {
        try {
            var raw = HTTP.send(request, BodyHandlers.ofString());
            var json = raw.headers().firstValue("Content-Type").orElse("").contains("json")
                    && !raw.body().isEmpty();
            return new Answer(
                    raw.statusCode(),
                    json
                            ? JsonMapper.shared().readTree(raw.body())
                            : JsonMapper.shared().createObjectNode(),
                    raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
