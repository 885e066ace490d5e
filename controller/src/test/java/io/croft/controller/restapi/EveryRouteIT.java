package io.croft.controller.restapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.fixture.NounFixture;
import io.croft.controller.fixture.NounFixtures;
import io.croft.controller.identity.Access;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.identity.Users;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.BeanFactory;
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
     * @param foreign the status; empty when the route names no resource
     */
    private record Route(Access access, String body, String foreign) {
        static Route of(List<String> row) {
            var route = row.getFirst();
            var access = route.startsWith("GET ") ? Access.READ : Access.WRITE;
            return new Route(
                    row.get(2).isEmpty() ? access : Access.valueOf(row.get(2)),
                    row.get(1),
                    row.get(3).isEmpty() && route.contains("{") ? NOT_FOUND : row.get(3));
        }
    }

    private static final Map<String, Route> ROUTES =
            NounFixtures.rows(4, NounFixture::routes).collect(Collectors.toMap(List::getFirst, Route::of));

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
    BeanFactory beans;

    private Map<String, String> ids = Map.of();
    private RestClient owner;
    private RestClient reader;
    private RestClient stranger;

    @BeforeAll
    void makeSomethingOfEach() {
        var own = tenants.create("rest-owner");
        var other = tenants.create("rest-stranger");
        users.create(own.account, "reader", Role.READER);
        ids = NounFixtures.make(own, beans);
        owner = new RestClient(own.endpoint(), tokens.issue(own.account, User.FIRST, "owner"));
        reader = new RestClient(own.endpoint(), tokens.issue(own.account, "reader", "reader"));
        stranger = new RestClient(other.endpoint(), tokens.issue(other.account, User.FIRST, "stranger"));
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
        return client.send(
                method,
                path,
                Objects.requireNonNull(ROUTES.get(route)).body(),
                conditional ? Map.of("If-Match", "*") : Map.of());
    }

    /** Each variable is an id of the noun before it. */
    private String filled(String path) {
        var segments = path.split("/", -1);
        for (var i = 1; i < segments.length; i++) {
            if (segments[i].startsWith("{")) {
                segments[i] = Objects.requireNonNull(ids.get(singular(path.split("/", -1)[i - 1])), path);
            }
        }
        return String.join("/", segments);
    }

    private static String singular(String noun) {
        return noun.substring(0, noun.length() - 1);
    }
}
