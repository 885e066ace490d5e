package io.croft.controller.restapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.identity.Access;
import io.croft.controller.identity.AccessKeys;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.identity.Users;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every route of the tenants' REST edge by role, and that none shows anything of another account. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class EveryRouteIT {
    private static final String NOT_FOUND = "404";

    /**
     * What a route does, and what one is told who names another account's resource.
     *
     * @param foreign the status; empty when the route names no resource, or one that is every account's
     */
    private record Route(Access access, String foreign) {}

    private static final Map<String, Route> ROUTES = routes();

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Tokens tokens;

    @Autowired
    Users users;

    @Autowired
    AccessKeys keys;

    private final Map<String, String> ids = new TreeMap<>();
    private RestClient owner;
    private RestClient reader;
    private RestClient stranger;

    private static Map<String, Route> routes() {
        var all = new TreeMap<String, Route>();
        for (var noun : new String[] {
            "instances",
            "images",
            "key-pairs",
            "security-groups",
            "vpcs",
            "subnets",
            "network-interfaces",
            "volumes",
            "launch-templates",
            "capacity-reservations",
            "placement-groups"
        }) {
            all.put("GET /v1/" + noun, new Route(Access.READ, ""));
            all.put("GET /v1/" + noun + "/{id}", new Route(Access.READ, NOT_FOUND));
        }
        for (var noun : new String[] {
            "instances",
            "images",
            "key-pairs",
            "security-groups",
            "volumes",
            "launch-templates",
            "capacity-reservations",
            "placement-groups"
        }) {
            all.put("POST /v1/" + noun, new Route(Access.WRITE, ""));
            all.put("DELETE /v1/" + noun + "/{id}", new Route(Access.WRITE, NOT_FOUND));
        }
        for (var verb : new String[] {"start", "stop", "reboot"}) {
            all.put("POST /v1/instances/{id}/" + verb, new Route(Access.WRITE, NOT_FOUND));
        }
        for (var noun :
                new String[] {"instances", "images", "launch-templates", "capacity-reservations", "network-interfaces"
                }) {
            all.put("PATCH /v1/" + noun + "/{id}", new Route(Access.WRITE, NOT_FOUND));
        }
        for (var detail : new String[] {
            "console", "cpu-credits", "launch-template-data", "password-data", "screenshot", "status", "user-data"
        }) {
            all.put("GET /v1/instances/{id}/" + detail, new Route(Access.READ, NOT_FOUND));
        }
        all.put("POST /v1/volumes/{id}/attachment", new Route(Access.WRITE, NOT_FOUND));
        all.put("DELETE /v1/volumes/{id}/attachment", new Route(Access.WRITE, NOT_FOUND));
        all.put("POST /v1/images/{id}/copy", new Route(Access.WRITE, NOT_FOUND));
        all.put("GET /v1/images/{id}/launch-permissions", new Route(Access.READ, NOT_FOUND));
        all.put("PUT /v1/images/{id}/launch-permissions", new Route(Access.WRITE, NOT_FOUND));
        all.put("GET /v1/launch-templates/{template}/versions", new Route(Access.READ, NOT_FOUND));
        all.put("POST /v1/launch-templates/{template}/versions", new Route(Access.WRITE, NOT_FOUND));
        all.put("GET /v1/launch-templates/{template}/versions/{version}", new Route(Access.READ, NOT_FOUND));
        all.put("DELETE /v1/launch-templates/{template}/versions/{version}", new Route(Access.WRITE, NOT_FOUND));
        all.put("GET /v1/operations", new Route(Access.READ, ""));
        all.put("GET /v1/operations/{id}", new Route(Access.READ, NOT_FOUND));
        all.put("GET /v1/security-groups/{group}/rules", new Route(Access.READ, NOT_FOUND));
        all.put("POST /v1/security-groups/{group}/rules", new Route(Access.WRITE, NOT_FOUND));
        all.put("GET /v1/security-groups/{group}/rules/{id}", new Route(Access.READ, NOT_FOUND));
        all.put("PUT /v1/security-groups/{group}/rules/{id}", new Route(Access.WRITE, NOT_FOUND));
        all.put("DELETE /v1/security-groups/{group}/rules/{id}", new Route(Access.WRITE, NOT_FOUND));
        all.put("GET /v1/caller", new Route(Access.READ, ""));
        all.put("GET /v1/users", new Route(Access.READ, ""));
        all.put("GET /v1/users/{user}", new Route(Access.READ, NOT_FOUND));
        all.put("GET /v1/users/{user}/access-keys", new Route(Access.WRITE, NOT_FOUND));
        all.put("POST /v1/users/{user}/access-keys", new Route(Access.WRITE, NOT_FOUND));
        all.put("GET /v1/users/{user}/access-keys/{key}", new Route(Access.WRITE, NOT_FOUND));
        all.put("GET /v1/users/{user}/access-keys/{key}/last-use", new Route(Access.WRITE, NOT_FOUND));
        all.put("PUT /v1/users/{user}/access-keys/{key}/enabled", new Route(Access.WRITE, NOT_FOUND));
        all.put("DELETE /v1/users/{user}/access-keys/{key}", new Route(Access.WRITE, NOT_FOUND));
        all.put("GET /v1/instance-topologies", new Route(Access.READ, ""));
        all.put("GET /v1/instance-statuses", new Route(Access.READ, ""));
        all.put("GET /v1/instance-type-offerings", new Route(Access.READ, ""));
        all.put("GET /v1/instance-types", new Route(Access.READ, ""));
        all.put("GET /v1/instance-types/{name}", new Route(Access.READ, ""));
        all.put("GET /v1/zones", new Route(Access.READ, ""));
        all.put("GET /v1/regions", new Route(Access.READ, ""));
        all.put("GET /v1/quotas", new Route(Access.READ, ""));
        all.put("GET /v1/audit", new Route(Access.READ, ""));
        all.put("GET /v1/tags", new Route(Access.READ, ""));
        all.put("GET /v1/tags/{resource}", new Route(Access.READ, NOT_FOUND));
        all.put("PUT /v1/tags/{resource}", new Route(Access.WRITE, NOT_FOUND));
        return all;
    }

    @BeforeAll
    void makeSomethingOfEach() {
        var own = tenants.create("rest-owner");
        var other = tenants.create("rest-stranger");
        users.create(own.account, "reader", Role.READER);
        users.create(own.account, "colleague", Role.ADMIN);
        ids.put("users", "colleague");
        ids.put("access-keys", keys.create(own.account, "colleague").id());
        owner = new RestClient(own.endpoint(), tokens.issue(own.account, User.FIRST, "owner"));
        reader = new RestClient(own.endpoint(), tokens.issue(own.account, "reader", "reader"));
        stranger = new RestClient(other.endpoint(), tokens.issue(other.account, User.FIRST, "stranger"));
        ids.put("images", own.image("rest-owned"));
        var launch =
                owner.post("/v1/instances", "{\"imageId\":\"" + ids.get("images") + "\",\"instanceType\":\"t3.nano\"}");
        ids.put("operations", launch.text("operationId"));
        ids.put("instances", launch.body().get("targets").get(0).asString());
        ids.put("tags", Objects.requireNonNull(ids.get("instances")));
        ids.put("key-pairs", owner.post("/v1/key-pairs", "{\"name\":\"owned\"}").text("keyPairId"));
        ids.put(
                "launch-templates",
                owner.post("/v1/launch-templates", "{\"name\":\"owned\",\"data\":{\"instanceType\":\"t3.nano\"}}")
                        .text("launchTemplateId"));
        ids.put("versions", "1");
        ids.put(
                "capacity-reservations",
                owner.post(
                                "/v1/capacity-reservations",
                                "{\"instanceType\":\"t3.nano\",\"zone\":\"us-east-1a\",\"instanceCount\":1}")
                        .text("capacityReservationId"));
        ids.put(
                "placement-groups",
                owner.post("/v1/placement-groups", "{\"name\":\"owned\"}").text("placementGroupId"));
        ids.put("instance-types", "t3.nano");
        for (var noun : new String[] {"vpcs", "subnets", "network-interfaces", "volumes", "security-groups"}) {
            var key = noun.equals("network-interfaces")
                    ? "networkInterfaceId"
                    : noun.equals("security-groups") ? "groupId" : noun.substring(0, noun.length() - 1) + "Id";
            ids.put(noun, first("/v1/" + noun, key));
        }
        ids.put("rules", first("/v1/security-groups/" + ids.get("security-groups") + "/rules", "ruleId"));
    }

    private String first(String path, String key) {
        return owner.get(path).body().get("items").get(0).get(key).asString();
    }

    @Test
    void isInTheTable() {
        var served = mappings.getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getMethodsCondition().getMethods().stream()
                        .flatMap(method -> info.getPatternValues().stream().map(path -> method + " " + path)))
                .filter(route -> route.contains(" /v1/"))
                .collect(Collectors.toSet());
        assertThat(ROUTES.keySet()).isEqualTo(served);
    }

    @TestFactory
    Stream<DynamicTest> refusesWhoeverIsNotProved() {
        return each((method, path) ->
                assertThat(owner.anonymous(method, path).status()).isEqualTo(401));
    }

    @TestFactory
    Stream<DynamicTest> changesNothingForAReader() {
        return ROUTES.entrySet().stream()
                .map(r -> DynamicTest.dynamicTest(r.getKey(), () -> {
                    var answer = send(reader, r.getKey());
                    assertThat(answer.status() == 403)
                            .as(answer.raw().body())
                            .isEqualTo(r.getValue().access() != Access.READ);
                }));
    }

    @TestFactory
    Stream<DynamicTest> showsNothingOfAnotherAccount() {
        return ROUTES.entrySet().stream()
                .filter(r -> !r.getValue().foreign().isEmpty())
                .map(r -> DynamicTest.dynamicTest(r.getKey(), () -> {
                    var answer = send(stranger, r.getKey());
                    assertThat(Integer.toString(answer.status()))
                            .as(answer.raw().body())
                            .isEqualTo(r.getValue().foreign());
                }));
    }

    @Test
    void leavesTheDeploymentToItsOperator() {
        assertThat(owner.get("/admin/v1/accounts").status()).isEqualTo(403);
        assertThat(owner.get("/%61dmin/v1/accounts").status()).isEqualTo(403);
        assertThat(owner.anonymous("GET", "/%761/instances").status()).isEqualTo(401);
    }

    private Stream<DynamicTest> each(BiConsumer<String, String> check) {
        return ROUTES.keySet().stream()
                .map(r -> DynamicTest.dynamicTest(
                        r,
                        () -> check.accept(r.substring(0, r.indexOf(' ')), filled(r.substring(r.indexOf(' ') + 1)))));
    }

    private RestClient.Answer send(RestClient client, String route) {
        var method = route.substring(0, route.indexOf(' '));
        var path = filled(route.substring(route.indexOf(' ') + 1));
        var conditional = method.equals("PATCH") || (method.equals("PUT") && !path.endsWith("/enabled"));
        return client.send(method, path, body(route), conditional ? Map.of("If-Match", "*") : Map.of());
    }

    private static String body(String route) {
        return switch (route) {
            case "POST /v1/security-groups/{group}/rules" ->
                "{\"direction\":\"ingress\",\"protocol\":\"all\",\"cidr\":\"10.0.0.0/8\"}";
            case "PUT /v1/security-groups/{group}/rules/{id}" -> "{\"protocol\":\"all\",\"cidr\":\"10.0.0.0/8\"}";
            case "PUT /v1/tags/{resource}" -> "{\"tags\":{}}";
            case "PUT /v1/images/{id}/launch-permissions" -> "{\"everyone\":true,\"accounts\":[]}";
            case "POST /v1/volumes/{id}/attachment" ->
                "{\"instanceId\":\"i-0123456789abcdef0\",\"device\":\"/dev/sdf\"}";
            case "POST /v1/images/{id}/copy" -> "{\"name\":\"copied\"}";
            case "PATCH /v1/images/{id}" -> "{\"description\":\"another\"}";
            case "PATCH /v1/launch-templates/{id}" -> "{\"defaultVersion\":1}";
            case "POST /v1/launch-templates/{template}/versions" -> "{\"data\":{}}";
            case "PATCH /v1/instances/{id}",
                    "PATCH /v1/capacity-reservations/{id}",
                    "PATCH /v1/network-interfaces/{id}" -> "{}";
            case "PUT /v1/users/{user}/access-keys/{key}/enabled" -> "{\"enabled\":true}";
            default -> "";
        };
    }

    /** Each variable is an id of the noun before it. */
    private String filled(String path) {
        var segments = path.split("/", -1);
        for (var i = 1; i < segments.length; i++) {
            if (segments[i].startsWith("{")) {
                segments[i] = Objects.requireNonNull(ids.get(path.split("/", -1)[i - 1]), path);
            }
        }
        return String.join("/", segments);
    }
}
