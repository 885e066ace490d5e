package io.croft.controller.ec2api;

import io.croft.controller.identity.AccessKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/** Spoils recorded requests, one to three things at a time, and sends them; the same source of chance makes the same requests. */
final class Mutations {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int MOST_BODY = 1 << 20;

    /** Texts that something may stumble over: nothing, too much, numbers at and past every edge, other alphabets' digits, what SQL, XML and patterns mean. */
    private static final List<String> NASTY = List.of(
            "",
            " ",
            "\0",
            "a\0b",
            "\u0001\u001f",
            "\u007f\u0080",
            "\r\n\t",
            "\ufffe",
            "\ufeff",
            "\u202e\u0661\u0662",
            "\ud83d\udca3",
            "\uff11",
            "0",
            "-1",
            "+1",
            "1.5",
            "1e9",
            "NaN",
            "0x10",
            "007",
            "65536",
            "2147483647",
            "2147483648",
            "-2147483648",
            "9223372036854775808",
            "99999999999999999999999999",
            "true",
            "maybe",
            "null",
            "*",
            "?",
            "%",
            "_",
            "\\",
            "\\*\\?\\",
            "[a-z](",
            "'; DROP TABLE instance; --",
            "\"&<>]]>",
            "${jndi:x}",
            "../../etc/passwd",
            "2026-11-21T00:00:00Z",
            "-999999999-01-01T00:00:00Z",
            "0.0.0.0/0",
            "300.1.1.1/33",
            "::/0",
            "10.0.0.1/-1",
            "i-0123456789abcdef0",
            "I-0123456789ABCDEF0",
            "i-",
            "vpc-0",
            "aws:x",
            "instance",
            "x".repeat(256),
            "\u00e9".repeat(3_000),
            "x".repeat(70_000),
            "*".repeat(2_000),
            Base64.getEncoder().encodeToString(new byte[16 * 1024 + 1]),
            Base64.getEncoder().encodeToString(new byte[64]));

    private static final List<String> NAMES = List.of(
            "DryRun",
            "MaxResults",
            "NextToken",
            "ClientToken",
            "Filter.1.Name",
            "Filter.1.Value.1",
            "Filter.2.Value.1",
            "InstanceId.1",
            "TagSpecification.1.ResourceType",
            "TagSpecification.1.Tag.1.Key",
            "UserData",
            "Action",
            "Version",
            "Nothing",
            "Filter.0.Name",
            "Filter.-1.Name",
            "Filter.999999999.Name",
            "Filter.9999999999.Name",
            "Filter.01.Name",
            "Filter.1.Value.1.1.1",
            "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r",
            ".",
            "..1",
            "Filter..Name",
            "Filter.1",
            "Filter",
            "X-Amz-Signature",
            "X-Amz-Credential");

    private static final List<String> WRONG_PATHS = List.of("/ec2", "/a%2Fb", "/a;b=c", "/%2e%2e/x", "/%00", "/x/../y");

    private static final List<String> WRONG_METHODS = List.of("PUT", "PATCH", "DELETE", "PROPFIND");

    private static final List<String> WRONG_TYPES = List.of(
            "multipart/form-data",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=x",
            "text/xml",
            "text/plain; charset=nonsense",
            "application/x-www-form-urlencoded; charset=nonsense",
            "nonsense",
            "/",
            ";");

    private static final List<String> WRONG_ENCODINGS = List.of("gzip", "br", "identity", "nonsense", "gzip, gzip");

    private final Random random;
    private final List<String> recorded;
    private final Map<String, String> own;
    private final Map<String, String> foreign;
    private final AccessKey key;
    private final URI endpoint;

    Mutations(
            Random random, List<String> recorded, Map<String, String> own, Map<String, String> foreign, Tenant tenant) {
        this.random = random;
        this.recorded = List.copyOf(recorded);
        this.own = Map.copyOf(own);
        this.foreign = Map.copyOf(foreign);
        this.key = tenant.key;
        this.endpoint = tenant.endpoint().resolve("/");
    }

    private record Pair(String name, String value) {}

    /** An answer; {@code requestId} is that of its header. */
    record Reply(int status, String body, String requestId) {}

    /**
     * A request about to be sent.
     *
     * @param how what was done to it
     * @param form what its body says, a character for each byte
     */
    record Sent(String how, String form, HttpRequest request) {
        /** Sends it, and once more when it was refused: a replay is to have the same outcome. */
        Reply send() {
            var first = exchange();
            return first.status() >= 400 && how.contains("replayed") ? exchange() : first;
        }

        private Reply exchange() {
            try {
                var answer = HTTP.send(request, BodyHandlers.ofString());
                var id = answer.headers().firstValue("x-amzn-requestid").orElse("none");
                return new Reply(answer.statusCode(), answer.body(), id);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    Sent next() {
        var how = new ArrayList<String>();
        var pairs = pairs(pick(recorded));
        for (var n = random.nextInt(3); n >= 0; n--) {
            how.add(spoil(pairs));
        }
        var text = pairs.stream()
                .map(p -> encode(p.name()) + "=" + encode(p.value()))
                .collect(Collectors.joining("&"));
        var body = text.getBytes(StandardCharsets.ISO_8859_1);
        if (random.nextInt(8) == 0) {
            body = spoil(body, how);
        }
        var service = text.contains("GetCallerIdentity") ? "sts" : "ec2";
        return new Sent(
                String.join(", ", how), new String(body, StandardCharsets.ISO_8859_1), request(service, body, how));
    }

    private List<Pair> pairs(String form) {
        var ids = random.nextInt(8) == 0 ? foreign : own;
        var text = form;
        for (var id : ids.entrySet()) {
            text = text.replace("{" + id.getKey() + "}", id.getValue());
        }
        return Arrays.stream(text.split("&", -1))
                .map(p -> p.split("=", 2))
                .map(p -> new Pair(p[0], URLDecoder.decode(p[1], StandardCharsets.UTF_8)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Does one thing to the parameters; returns what. */
    private String spoil(List<Pair> pairs) {
        if (pairs.isEmpty()) {
            return "nothing left";
        }
        var at = random.nextInt(pairs.size());
        var pair = pairs.get(at);
        return switch (random.nextInt(11)) {
            case 0 -> {
                pairs.remove(at);
                yield "without " + pair.name();
            }
            case 1 -> {
                pairs.add(pair);
                yield pair.name() + " twice";
            }
            case 2 -> {
                pairs.add(new Pair(pair.name(), pick(NASTY)));
                yield pair.name() + " again with another value";
            }
            case 3 -> {
                var added = pick(NAMES);
                pairs.add(new Pair(added, pick(NASTY)));
                yield added + " added";
            }
            case 4 -> {
                pairs.set(at, new Pair(pick(NAMES), pair.value()));
                yield pair.name() + " renamed";
            }
            case 5 -> {
                pairs.set(at, new Pair(pair.name() + "." + random.nextInt(-1, 4), pair.value()));
                yield pair.name() + " deeper";
            }
            case 6 -> {
                var most = random.nextInt(20) == 0 ? 20_001 : 1_200;
                for (var n = 2; n < most; n++) {
                    pairs.add(new Pair(pair.name().replaceAll("\\d+", Integer.toString(n)), pair.value()));
                }
                yield pair.name() + " as a list of " + most;
            }
            case 7 -> {
                pairs.set(at, new Pair(pair.name(), pair.value() + pick(NASTY)));
                yield pair.name() + " longer";
            }
            case 8 -> {
                pairs.set(at, new Pair(pair.name(), pick(pairs).value()));
                yield pair.name() + " with another's value";
            }
            default -> {
                pairs.set(at, new Pair(pair.name(), pick(NASTY)));
                yield pair.name() + " spoilt";
            }
        };
    }

    /** Does one thing to the bytes. */
    private byte[] spoil(byte[] body, List<String> how) {
        var at = body.length == 0 ? 0 : random.nextInt(body.length);
        var spoilt = new String(body, StandardCharsets.ISO_8859_1);
        var inserted = switch (random.nextInt(8)) {
            case 0 -> "%";
            case 1 -> "%zz";
            case 2 -> "%ff%fe";
            case 3 -> "%c0%80";
            case 4 -> "%ed%a0%80";
            case 5 -> "&&=&;=";
            case 6 -> "\0\377";
            default -> random.nextInt(20) == 0 ? "x".repeat(MOST_BODY) : "%00";
        };
        how.add("raw bytes in it");
        return (spoilt.substring(0, at) + inserted + spoilt.substring(at)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private HttpRequest request(String service, byte[] body, List<String> how) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/x-www-form-urlencoded; charset=utf-8");
        switch (random.nextInt(40)) {
            case 0 -> headers.put("content-type", pick(WRONG_TYPES));
            case 1 -> headers.put("content-encoding", pick(WRONG_ENCODINGS));
            default -> {}
        }
        how.add(headers.toString());
        switch (random.nextInt(30)) {
            case 0 -> how.add("unsigned");
            case 1 -> sign(headers, service, body, key.id(), "not the secret", Duration.ZERO, how);
            case 2 -> sign(headers, service, body, "AKIANOBODY", key.secret(), Duration.ZERO, how);
            case 3 -> sign(headers, service, body, key.id(), key.secret(), Duration.ofMinutes(-20), how);
            case 4 -> sign(headers, service, body, key.id(), key.secret(), Duration.ofMinutes(20), how);
            case 5 -> sign(headers, pick(NASTY.subList(12, 40)), body, key.id(), key.secret(), Duration.ZERO, how);
            case 6 -> {
                sign(headers, service, body, key.id(), key.secret(), Duration.ZERO, how);
                how.add("a header lost");
                headers.remove(pick(List.copyOf(headers.keySet())));
            }
            case 7 -> {
                sign(headers, service, body, key.id(), key.secret(), Duration.ZERO, how);
                how.add("a header spoilt");
                var name = pick(List.copyOf(headers.keySet()));
                headers.computeIfPresent(name, (_, v) -> v.substring(random.nextInt(v.length())) + "=,/x");
            }
            case 8 -> {
                var other = Arrays.copyOf(body, body.length + 1);
                sign(headers, service, other, key.id(), key.secret(), Duration.ZERO, how);
                how.add("another body than was signed");
            }
            case 9 -> {
                sign(headers, service, body, key.id(), key.secret(), Duration.ZERO, how);
                how.add("replayed");
            }
            default -> sign(headers, service, body, key.id(), key.secret(), Duration.ZERO, how);
        }
        var target = random.nextInt(30) == 0 ? endpoint.resolve(pick(WRONG_PATHS)) : endpoint;
        var method = random.nextInt(30) == 0 ? pick(WRONG_METHODS) : "POST";
        if (!target.equals(endpoint) || !method.equals("POST")) {
            how.add(method + " " + target.getRawPath());
        }
        var request = HttpRequest.newBuilder(target).method(method, BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return request.build();
    }

    private void sign(
            Map<String, String> headers,
            String service,
            byte[] body,
            String id,
            String secret,
            Duration off,
            List<String> how) {
        how.add("signed by " + id + " for " + service + " " + off);
        var unsigned = SdkHttpFullRequest.builder().method(SdkHttpMethod.POST).uri(endpoint);
        headers.forEach(unsigned::putHeader);
        AwsV4HttpSigner.create()
                .sign(r -> r.identity(AwsBasicCredentials.create(id, secret))
                        .request(unsigned.build())
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.offset(Clock.systemUTC(), off))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
                .request()
                .forEachHeader((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        headers.remove("host");
        headers.remove("content-length");
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
