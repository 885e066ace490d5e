package io.croft.controller.restapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

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
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

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
        assertThat(running.body())
                .startsWith("components:")
                .contains("openapi: 3.1")
                .contains("/v1/instances:");
    }

    @Test
    void isServedWithAPageThatShowsIt() throws IOException, InterruptedException {
        assertThat(get("/docs/openapi.yaml").statusCode()).isEqualTo(200);
        var page = get("/docs/index.html");
        assertThat(page.statusCode()).isEqualTo(200);
        var links = LINK.matcher(page.body()).results().map(m -> m.group(1)).toList();
        assertThat(links).hasSizeGreaterThanOrEqualTo(2);
        for (var link : links) {
            assertThat(get("/docs/" + link).statusCode()).as(link).isEqualTo(200);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var address = URI.create("http://127.0.0.1:" + port).resolve(path).normalize();
            return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        }
    }
}
