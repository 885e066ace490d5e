package io.croft.controller.restapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.identity.Account;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.Users;
import io.croft.controller.restapi.RestClient.Answer;
import io.croft.types.ResourceType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Whatever is wrong with a request's form, every route of both REST APIs answers with a problem document and a 4xx. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class RefusalsIT {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
    private static final String UNKNOWN = "0123456789abcdef0";

    /** Well formed, so that it is the body that is looked at; none of them is there. */
    private static final Map<String, String> IDS = ids();

    /** What is wrong with the body, and the status that it is refused with. */
    private static final Map<String, Integer> BODIES = bodies();

    private static Map<String, String> ids() {
        var all = new HashMap<>(Map.of("rules", "sgr-" + UNKNOWN, "accounts", "999999999999"));
        Arrays.stream(ResourceType.values()).forEach(t -> all.put(t.tagName() + "s", t.prefix() + "-" + UNKNOWN));
        return all;
    }

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Users users;

    @Autowired
    Tokens tokens;

    @Autowired
    JdbcClient jdbc;

    private Tenant tenant;
    private RestClient rest;

    private static Map<String, Integer> bodies() {
        var all = new LinkedHashMap<String, Integer>();
        all.put("{", 400);
        all.put("[]", 400);
        all.put("null", 400);
        all.put("\"text\"", 400);
        all.put("17", 400);
        all.put("{} {}", 400);
        all.put("{\"colour\":1}", 400);
        all.put("{\"tags\":{},\"tags\":{}}", 400);
        all.put("<xml/>", 400);
        all.put("{\"a\":".repeat(2000) + "1" + "}".repeat(2000), 400);
        all.put("{\"x\":\"" + "x".repeat(1 << 20) + "\"}", 413);
        return all;
    }

    @BeforeAll
    void start() {
        tenant = tenants.create("refusals");
        users.create(Account.DEPLOYMENT, "refused", Role.OPERATOR);
        rest = new RestClient(tenant.endpoint(), tokens.issue(Account.DEPLOYMENT, "refused", "refused"));
    }

    private record Route(String method, String path, boolean takesJson) {}

    private Stream<Route> routes() {
        return mappings.getHandlerMethods().entrySet().stream()
                .flatMap(e -> e.getKey().getMethodsCondition().getMethods().stream()
                        .flatMap(method -> e.getKey().getPatternValues().stream()
                                .filter(path -> path.startsWith("/v1/") || path.startsWith("/admin/"))
                                .map(path -> new Route(method.name(), filled(path), takesJson(e.getValue())))));
    }

    private static boolean takesJson(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters()).anyMatch(p -> p.hasParameterAnnotation(RequestBody.class));
    }

    private static String filled(String path) {
        var segments = path.split("/", -1);
        for (var i = 1; i < segments.length; i++) {
            if (VARIABLE.matcher(segments[i]).matches()) {
                segments[i] = Objects.requireNonNullElse(IDS.get(path.split("/", -1)[i - 1]), "1");
            }
        }
        return String.join("/", segments);
    }

    /** While the controller reconciles; but for what ends that, and what lets hosts in. */
    @Test
    void refusesChangesWhileItReconciles() {
        var reading = Set.of("GET", "HEAD", "OPTIONS");
        var recovery = List.of("/admin/v1/restore", "/admin/v1/backups", "/admin/v1/enroll-tokens", "/admin/v1/hosts");
        jdbc.sql("UPDATE controller_era SET state = 'RECONCILING', reason = 'A test.', since = now()")
                .update();
        try {
            routes().filter(r ->
                            !reading.contains(r.method()) && recovery.stream().noneMatch(r.path()::startsWith))
                    .forEach(r -> {
                        var answer = rest.send(r.method(), r.path(), r.takesJson() ? "{}" : "", Map.of());
                        assertThat(answer.status()).as(r.toString()).isEqualTo(503);
                        assertThat(answer.header("content-type")).startsWith("application/problem+json");
                        assertThat(answer.header("retry-after")).isNotEmpty();
                        assertThat(answer.text("code")).isEqualTo("Unavailable");
                        assertThat(answer.text("detail")).contains("restored");
                    });
            assertThat(rest.get("/v1/instances").status()).isEqualTo(200);
            assertThat(rest.get("/admin/v1/restore").text("state")).isEqualTo("reconciling");
            assertThat(rest.post("/admin/v1/enroll-tokens", "{\"validity\":\"PT5M\"}")
                            .status())
                    .isLessThan(300);
        } finally {
            jdbc.sql("UPDATE controller_era SET state = 'SERVING', reason = NULL, since = NULL")
                    .update();
        }
    }

    @TestFactory
    Stream<DynamicTest> refusesABodyThatIsNotAsDescribed() {
        return routes().filter(Route::takesJson)
                .map(r -> DynamicTest.dynamicTest(r.toString(), () -> {
                    BODIES.forEach((body, status) -> refused(r, status, body, Map.of("If-Match", "*")));
                    refused(
                            r,
                            415,
                            "a=b",
                            Map.of("If-Match", "*", "Content-Type", "application/x-www-form-urlencoded"));
                    refused(
                            r,
                            415,
                            "a=%zz",
                            Map.of("If-Match", "*", "Content-Type", "application/x-www-form-urlencoded"));
                    refused(r, 415, "a: b", Map.of("If-Match", "*", "Content-Type", "application/yaml"));
                    refused(r, 415, "{}", Map.of("If-Match", "*", "Content-Type", "nonsense"));
                }));
    }

    private void refused(Route route, int status, String body, Map<String, String> headers) {
        var declared = new LinkedHashMap<>(headers);
        if (route.method().equals("POST") || route.path().endsWith("/enabled")) {
            declared.remove("If-Match");
        }
        var answer = rest.send(route.method(), route.path(), body, declared);
        assertThat(answer.status())
                .as(body.substring(0, Math.min(60, body.length())) + " "
                        + answer.raw().body())
                .isBetween(400, 499);
        if (!route.path().startsWith("/admin/") || status == 413 || status == 415) {
            assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        }
        isProblem(answer);
    }

    private static void isProblem(Answer answer) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.body().get("status").asInt()).isEqualTo(answer.status());
        assertThat(answer.text("detail")).doesNotContain("Exception", "io.croft", "tools.jackson", "springframework");
        assertThat(answer.text("requestId")).isEqualTo(answer.header("X-Croft-Request-Id"));
    }

    @TestFactory
    Stream<DynamicTest> refusesAnAnswerThatItDoesNotHave() {
        return routes().filter(r -> r.method().equals("GET"))
                .map(r -> DynamicTest.dynamicTest(r.toString(), () -> {
                    for (var accepted : new String[] {"text/html", "application/xml", "nonsense"}) {
                        var answer = rest.send("GET", r.path(), "", Map.of("Accept", accepted));
                        assertThat(answer.status()).as(answer.raw().body()).isBetween(400, 499);
                        isProblem(answer);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesAMethodThatAPathDoesNotTake() {
        var paths = new TreeSet<String>();
        routes().forEach(r -> paths.add(r.path()));
        return paths.stream()
                .map(path -> DynamicTest.dynamicTest(path, () -> {
                    for (var method : new String[] {"PROPFIND", "MERGE", "TRACE"}) {
                        var answer = rest.send(method, path, "", Map.of());
                        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(405);
                        assertThat(answer.header("Allow")).isNotEmpty();
                        isProblem(answer);
                    }
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/instances/%zz HTTP/1.1",
                "GET /v1/instances/a%2Fb HTTP/1.1",
                "GET /v1/instances/%00 HTTP/1.1",
                "GET /v1/instances/{x} HTTP/1.1",
                "GET /v1/instances?a=%zz HTTP/1.1",
                "GET /v1/instances?a=%ff HTTP/1.1",
                "GET /v1/instances;a=b HTTP/1.1",
                "GET /v1/../v1/../../x HTTP/1.1",
                "GE(T /v1/instances HTTP/1.1",
                "GET /v1/instances HTTP/9.9",
                "CONNECT 127.0.0.1:80 HTTP/1.1",
                "CONNECT /v1/instances HTTP/1.1",
                "TRACE * HTTP/1.1",
                "TRACE /v1/instances HTTP/1.1",
                "TRACE /nothing HTTP/1.1",
                "GET /nothing HTTP/1.1",
                "POST /docs/openapi.yaml HTTP/1.1",
                "GET /agent/v1/desired HTTP/1.1"
            })
    void answersWhatIsHardlyHttpWithoutAPage(String line) throws IOException {
        var answer = raw(line + "\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer x\r\n\r\n");
        assertThat(answer).containsPattern("^HTTP/1.1 (4\\d\\d|50[15]) ").doesNotContainIgnoringCase("<html");
        assertThat(answer).containsIgnoringCase("Content-Type: application/problem+json");
    }

    @TestFactory
    Stream<DynamicTest> refusesABodyThatACallDoesNotTake() {
        return routes().filter(r -> !r.takesJson() && !r.path().contains("/blobs/"))
                .map(r -> DynamicTest.dynamicTest(r.toString(), () -> {
                    var answer = rest.send(r.method(), r.path(), "{\"force\":true}", Map.of());
                    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
                    isProblem(answer);
                }));
    }

    @Test
    void saysWhatAPathTakesWhenItIsTraced() {
        assertThat(rest.send("TRACE", "/v1/instances/i-" + UNKNOWN, "", Map.of())
                        .header("Allow"))
                .isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH");
    }

    @Test
    void saysWhatTheServerTakesAsAWhole() throws IOException {
        var answer = raw("OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer).contains("\r\nAllow: DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT\r\n");
    }

    private String raw(String request) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), tenant.endpoint().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
