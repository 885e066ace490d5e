package io.croft.controller.restapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.croft.controller.CroftController;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The committed description of both REST APIs is what the running controller serves. {@code -Dcroft.rewrite=true} writes it. */
@SpringBootTest(
        classes = CroftController.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "springdoc.api-docs.enabled=true",
            "springdoc.paths-to-match=/v1/**,/admin/**",
            "springdoc.writer-with-order-by-keys=true",
            "springdoc.override-with-generic-response=false",
            "springdoc.default-produces-media-type=application/json"
        })
@Import(OpenApiDescription.class)
class OpenApiIT {
    private static final Path COMMITTED =
            Path.of("..", "api", "rest", "src", "main", "resources", "META-INF", "resources", "docs", "openapi.yaml");
    private static final Pattern LINK = Pattern.compile("(?:src=|href=)\"([^\"]+)\"");

    private static final Pattern VARIABLE = Pattern.compile("\\{\\w+}");

    @LocalServerPort
    int port;

    @Test
    void isAsCommitted() throws IOException, InterruptedException {
        var running = get("/v3/api-docs.yaml");
        assertThat(running.statusCode()).isEqualTo(200);
        if (Boolean.getBoolean("croft.rewrite")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, running.body());
        }
        assertThat(running.body()).isEqualTo(Files.readString(COMMITTED));
        assertThat(running.body()).startsWith("openapi: 3.1").contains("/v1/instances:");
    }

    @Test
    void pointsAtNothingThatIsNotThere() throws IOException, InterruptedException {
        var api = JsonMapper.shared().readTree(get("/v3/api-docs").body());
        var dangling = api.findValuesAsString("$ref").stream()
                .filter(ref -> api.at(ref.substring(1)).isMissingNode())
                .toList();
        assertThat(dangling).isEmpty();
        assertThat(api.get("paths").findValuesAsString("operationId")).doesNotHaveDuplicates();
        api.get("paths")
                .propertyStream()
                .forEach(path -> path.getValue()
                        .forEach(operation -> assertThat(operation
                                        .path("parameters")
                                        .valueStream()
                                        .filter(p -> p.get("in").asString().equals("path"))
                                        .map(p -> "{" + p.get("name").asString() + "}")
                                        .toList())
                                .as(operation.get("operationId").asString())
                                .containsExactlyInAnyOrderElementsOf(VARIABLE.matcher(path.getKey())
                                        .results()
                                        .map(MatchResult::group)
                                        .toList())));
    }

    /** A name without a meaning wants a word of its record's or method's comment, or of words.yaml. */
    @Test
    void saysWhatEachFieldAndParameterMeans() throws IOException, InterruptedException {
        var api = JsonMapper.shared().readTree(get("/v3/api-docs").body());
        var silent = new TreeSet<String>();
        api.at("/components/schemas").propertyStream().forEach(schema -> {
            note(silent, schema.getKey(), schema.getValue());
            schema.getValue()
                    .path("properties")
                    .propertyStream()
                    .forEach(p -> note(silent, schema.getKey() + "." + p.getKey(), p.getValue()));
        });
        api.get("paths")
                .forEach(path -> path.forEach(operation -> {
                    assertThat(operation.path("summary").asString()).isNotEmpty();
                    operation
                            .path("parameters")
                            .forEach(p -> note(
                                    silent,
                                    operation.get("operationId").asString() + " "
                                            + p.get("name").asString(),
                                    p));
                }));
        api.get("tags").forEach(tag -> note(silent, tag.get("name").asString(), tag));
        assertThat(silent).isEmpty();
    }

    private static void note(Set<String> silent, String name, JsonNode described) {
        if (described.path("description").asString("").isEmpty()) {
            silent.add(name);
        }
    }

    @Test
    void isServedWithAPageThatShowsIt() throws IOException, InterruptedException {
        assertThat(get("/docs").headers().firstValue("Location").orElse("")).endsWith("/docs/");
        var page = get("/docs/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        var links = LINK.matcher(page.body()).results().map(m -> m.group(1)).toList();
        assertThat(links).hasSize(4).contains("docs.js").allMatch(link -> !link.contains("//"));
        for (var link : links) {
            var linked = get("/docs/" + link);
            assertThat(linked.statusCode()).as(link).isEqualTo(200);
            assertThat(linked.body()).as(link).isNotEmpty();
        }
        assertThat(get("/docs/docs.js").body()).contains("url: \"openapi.yaml\"");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self';", "connect-src 'self';");
    }

    @Test
    void isServedByItsTypeAndAsJson() throws IOException, InterruptedException {
        var yaml = get("/docs/openapi.yaml");
        assertThat(yaml.body()).startsWith("openapi: 3.1");
        assertThat(yaml.headers().firstValue("Content-Type").orElse("")).startsWith("application/yaml");
        var json = get("/docs/openapi.json");
        assertThat(json.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assumeFalse(Boolean.getBoolean("croft.rewrite"), "what is served was built before it was written anew");
        assertThat(JsonMapper.shared().readTree(json.body()))
                .isEqualTo(JsonMapper.shared().readTree(get("/v3/api-docs").body()));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var address = URI.create("http://127.0.0.1:" + port).resolve(path).normalize();
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        }
    }
}
