package io.croft.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.croft.rest.HostResource;
import io.croft.rest.Items;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the AOT cache of {@code croft} is made from: commands of each kind, answered here, so that it holds the classes of the parser, of the calls and of each output. Run once
 * when croft is installed, it needs no controller.
 */
final class Training {
    private static final String HOSTS = "/admin/v1/hosts";

    private Training() {}

    public static void main(String[] args) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", Training::answer);
        server.start();
        try {
            var port = server.getAddress().getPort();
            run(ExitCode.DONE, "--version");
            run(ExitCode.DONE, "--help");
            run(ExitCode.DONE, "host", "--help");
            for (var output : Session.Output.values()) {
                run(ExitCode.DONE, call(port, "host", "list", "--output", output.name()));
            }
            run(ExitCode.FAILED, call(port, "instance", "list"));
        } finally {
            server.stop(0);
        }
    }

    private static String[] call(int port, String... words) {
        var where = Stream.of("--url", "http://127.0.0.1:" + port, "--token", "training");
        return Stream.concat(Stream.of(words), where).toArray(String[]::new);
    }

    private static void run(int expected, String... words) {
        var silent = new PrintWriter(Writer.nullWriter());
        var code = Croft.commandLine(words).setErr(silent).execute(words);
        if (code != expected) {
            throw new IllegalStateException("croft " + String.join(" ", words) + " ended with " + code);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var known = exchange.getRequestURI().getPath().equals(HOSTS);
            var body = Json.of(known ? new Items<>(List.of(host())) : "none").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 500, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static HostResource host() {
        var amount = new HostResource.Amount(8, 1L << 34, 1L << 40);
        return new HostResource(
                "host-00000000000000000",
                "training",
                "us-east-1a",
                "ready",
                amount,
                amount,
                "x86_64",
                "kvm",
                List.of(),
                "0",
                List.of(),
                List.of(),
                null,
                "2026-01-01T00:00:00Z",
                "2026-01-01T00:00:00Z",
                null,
                0,
                0);
    }
}
