package io.croft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line against a server that answers as the controller does. */
class CroftTest {
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;

    record Answer(int status, String body) {}

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anAccountIsMadeAndShownAsJson() {
        answers.put(
                "POST /admin/v1/accounts",
                new Answer(201, "{\"id\":\"123456789012\",\"name\":\"lab\",\"created\":\"2026-11-21T08:00:00Z\"}"));
        assertThat(croft("account", "create", "lab", "--output", "json")).isZero();
        assertThat(out.toString()).contains("\"id\" : \"123456789012\"");
        assertThat(requests).containsExactly("POST /admin/v1/accounts Bearer secret {\"name\":\"lab\"}");
    }

    @Test
    void hostsAreATable() {
        answers.put("GET /admin/v1/hosts", new Answer(200, """
                {"items":[{"id":"host-0123456789abcdef0","name":"h1","zone":"us-east-1a","state":"up",
                 "capacity":{"vcpus":8,"memoryBytes":1073741824,"diskBytes":10737418240},
                 "free":{"vcpus":6,"memoryBytes":536870912,"diskBytes":2147483648},
                 "problems":[],"enrolled":"2026-11-21T08:00:00Z","somethingNew":1}]}
                """));
        assertThat(croft("host", "list")).isZero();
        assertThat(out.toString())
                .contains("VCPUS FREE", "6 of 8", "512 of 1024 MiB", "2 of 10 GiB", "host-0123456789abcdef0");
    }

    @Test
    void anImageIsUploadedUnderItsOwnDigestAndRegistered(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("image.qcow2"), "an image");
        var hex = "a5df3fde7b200c3fa2791144c7e05c5c2bced4c6ad863d3a4cf76c972c1712f9";
        answers.put(
                "PUT /admin/v1/accounts/123456789012/blobs/" + hex,
                new Answer(200, "{\"digest\":\"sha256:%s\",\"sizeBytes\":8}".formatted(hex)));
        answers.put("POST /admin/v1/accounts/123456789012/images", new Answer(201, """
                {"imageId":"ami-0123456789abcdef0","account":"123456789012","name":"tiny","digest":"sha256:%s",
                 "architecture":"x86_64","bootMode":"bios","sizeBytes":8,"virtualBytes":8,"isPublic":false,"created":"x"}
                """.formatted(hex)));
        assertThat(croft("image", "import", file.toString(), "--account", "123456789012", "--name", "tiny"))
                .isZero();
        assertThat(out.toString()).contains("ami-0123456789abcdef0");
        assertThat(requests.getFirst()).endsWith("an image");
    }

    @Test
    void aRefusalIsToldOnStderrWithItsCodeAndRequest() {
        answers.put("GET /admin/v1/instances/i-1", new Answer(404, """
                {"title":"Not Found","status":404,"detail":"There is no instance i-1.","code":"NotFound","requestId":"r-7"}
                """));
        assertThat(croft("instance", "show", "i-1")).isEqualTo(1);
        assertThat(err.toString()).contains("NotFound: There is no instance i-1. (request r-7)");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anUnreachableControllerIsTold() {
        stop();
        assertThat(croft("host", "list")).isEqualTo(1);
        assertThat(err.toString()).contains("Unreachable", url());
    }

    @Test
    void aWrongCommandLineIsRefusedBeforeAnythingIsAsked() {
        assertThat(croft("host", "shoe")).isEqualTo(2);
        assertThat(croft("key", "create")).isEqualTo(2);
        assertThat(requests).isEmpty();
    }

    private int croft(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        if (arguments.length > 1 && !arguments[1].equals("shoe")) {
            all.addAll(List.of("--url", url(), "--token", "secret"));
        }
        return Croft.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(call + " " + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            var answer = answers.getOrDefault(call, new Answer(500, "unexpected: " + call));
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
