package io.croft.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.croft.types.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControllerCallsTest {
    private static final Digest DIGEST = new Digest("0".repeat(64));

    private HttpServer server;
    private ControllerCalls calls;

    @BeforeEach
    void start() throws IOException, NoSuchAlgorithmException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        var address = server.getAddress();
        calls = new ControllerCalls(
                URI.create("http://" + address.getHostString() + ":" + address.getPort()), SSLContext.getDefault());
    }

    @AfterEach
    void stop() {
        calls.close();
        server.stop(0);
    }

    @Test
    void pastABlobsEndIsNothing() throws IOException {
        server.createContext("/", exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("Range")).isEqualTo("bytes=8-");
            exchange.getResponseHeaders().set("Content-Range", "bytes */8");
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
        });
        var rest = calls.blob(DIGEST, 8).orElseThrow();
        assertThat(rest.length()).isZero();
        assertThat(rest.bytes()).isEmpty();
    }

    @Test
    void aRefusalIsToldInTheControllersWords() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(503, 0);
            exchange.getResponseBody().write("later".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        assertThatThrownBy(() -> calls.blob(DIGEST, 0))
                .isInstanceOf(LinkException.class)
                .hasMessageContaining("503: later");
    }

    @Test
    void theRestOfABlobTellsItsLength() throws IOException {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(206, 3);
            exchange.getResponseBody().write(new byte[] {1, 2, 3});
            exchange.close();
        });
        var rest = calls.blob(DIGEST, 5).orElseThrow();
        assertThat(rest.length()).isEqualTo(3);
        assertThat(rest.bytes()).hasBinaryContent(new byte[] {1, 2, 3});
    }
}
