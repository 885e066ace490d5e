package io.croft.agent.metadata.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.croft.agent.metadata.MetadataCatalog;
import io.croft.agent.metadata.MetadataCatalog.Guest;
import io.croft.agent.metadata.MetadataTree;
import io.croft.agent.metadata.netns.HopLimit;
import io.croft.types.VpcId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers one VPC's instances.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html">IMDSv2</a>
 */
final class MetadataHandler implements HttpHandler {
    private static final String TOKEN = "X-aws-ec2-metadata-token";
    private static final String TTL = "X-aws-ec2-metadata-token-ttl-seconds";
    private static final String FORWARDED = "X-Forwarded-For";
    private static final Pattern TOKEN_PATH = Pattern.compile("/[^/]+/api/token/?");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,5}");
    private static final int LONGEST = 21_600;

    private final VpcId vpc;
    private final MetadataCatalog catalog;
    private final Tokens tokens;

    MetadataHandler(VpcId vpc, MetadataCatalog catalog, Tokens tokens) {
        this.vpc = vpc;
        this.catalog = catalog;
        this.tokens = tokens;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var address = exchange.getRemoteAddress().getAddress().getHostAddress();
            var guest = catalog.find(vpc, address);
            if (guest.isEmpty()) {
                answer(exchange, 404, "Not Found");
            } else if (!guest.get().instance().metadata().endpointEnabled()) {
                answer(exchange, 403, "Forbidden");
            } else {
                switch (exchange.getRequestMethod()) {
                    case "PUT" -> issue(exchange, guest.get(), address);
                    case "GET", "HEAD" -> read(exchange, guest.get(), address);
                    default -> answer(exchange, 405, "Method Not Allowed");
                }
            }
        }
    }

    private void issue(HttpExchange exchange, Guest guest, String address) throws IOException {
        var seconds = seconds(header(exchange, TTL));
        if (!TOKEN_PATH.matcher(exchange.getRequestURI().getPath()).matches()) {
            answer(exchange, 405, "Method Not Allowed");
        } else if (exchange.getRequestHeaders().containsKey(FORWARDED)) {
            answer(exchange, 403, "Forbidden");
        } else if (seconds.isEmpty()) {
            answer(exchange, 400, "Bad Request");
        } else {
            HopLimit.set(
                    exchange.getLocalAddress(),
                    exchange.getRemoteAddress(),
                    guest.instance().metadata().hopLimit());
            // The limit is the token's alone: nothing else is answered on this connection.
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.getResponseHeaders().set(TTL, Integer.toString(seconds.get()));
            answer(exchange, 200, tokens.issue(guest.instance().id(), address, Duration.ofSeconds(seconds.get())));
        }
    }

    private void read(HttpExchange exchange, Guest guest, String address) throws IOException {
        var token = header(exchange, TOKEN);
        var known = token.isPresent()
                ? tokens.valid(token.get(), guest.instance().id(), address)
                : !guest.instance().metadata().tokensRequired();
        if (!known) {
            answer(exchange, 401, "Unauthorized");
            return;
        }
        var found = MetadataTree.of(guest).read(exchange.getRequestURI().getPath());
        if (found.isPresent()) {
            answer(exchange, 200, found.get());
        } else {
            answer(exchange, 404, "Not Found");
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    /** A token's life, 1 to 21600; empty when it is missing or anything else. */
    private static Optional<Integer> seconds(Optional<String> text) {
        return text.map(String::strip)
                .filter(t -> SECONDS.matcher(t).matches())
                .map(Integer::valueOf)
                .filter(s -> s >= 1 && s <= LONGEST);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        answer(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
