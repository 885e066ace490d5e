package io.croft.controller.restapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.restapi.RestClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** A client can tell whether it is the path's resource that is not there, or one that the body names. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class MissingResourcesIT {
    private static final String UNKNOWN = "sg-0123456789abcdef0";

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Tokens tokens;

    private RestClient rest;
    private String instance;
    private String group;
    private String template;
    private String foreign;

    @BeforeAll
    void start() {
        var tenant = tenants.create("rest-missing");
        rest = client(tenant);
        foreign = group(client(tenants.create("rest-missing-stranger")));
        group = group(rest);
        instance = rest.post(
                        "/v1/instances",
                        "{\"imageId\":\"" + tenant.image("missing") + "\",\"instanceType\":\"t3.nano\"}")
                .body()
                .get("targets")
                .get(0)
                .asString();
        template = rest.post("/v1/launch-templates", "{\"name\":\"missing\",\"data\":{\"instanceType\":\"t3.nano\"}}")
                .text("launchTemplateId");
    }

    private RestClient client(Tenant tenant) {
        return new RestClient(tenant.endpoint(), tokens.issue(tenant.account, User.FIRST, "test"));
    }

    private static String group(RestClient client) {
        return client.post("/v1/security-groups", "{\"name\":\"missing\",\"description\":\"missing\"}")
                .text("groupId");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PATCH | instances/{instance}                 | {"securityGroupIds":["sg-0123456789abcdef0"]} | InvalidGroup.NotFound | sg-0123456789abcdef0
            PATCH | instances/{instance}                 | {"instanceType":"t9.none"}                    | InvalidParameterValue | t9.none
            POST  | security-groups/{group}/rules        | {"direction":"ingress","protocol":"all","peerGroupId":"sg-0123456789abcdef0"} | InvalidGroup.NotFound | sg-0123456789abcdef0
            PATCH | launch-templates/{template}          | {"defaultVersion":99}                         | InvalidLaunchTemplateId.VersionNotFound | 99
            POST  | launch-templates/{template}/versions | {"sourceVersion":99,"data":{}}                | InvalidLaunchTemplateId.VersionNotFound | 99
            """)
    void refusesABodyThatNamesWhatIsNotThere(String method, String path, String body, String code, String named) {
        var answer = send(method, path, body);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.text("detail")).contains(named);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PATCH | instances/i-0123456789abcdef0                 | {"securityGroupIds":["sg-0123456789abcdef0"]} | InvalidInstanceID.NotFound
            POST  | security-groups/sg-0123456789abcdef0/rules    | {"direction":"ingress","protocol":"all","peerGroupId":"{group}"} | InvalidGroup.NotFound
            PATCH | launch-templates/lt-0123456789abcdef0         | {"defaultVersion":99}                         | InvalidLaunchTemplateId.NotFound
            POST  | launch-templates/lt-0123456789abcdef0/versions | {"sourceVersion":99,"data":{}}               | InvalidLaunchTemplateId.NotFound
            DELETE | launch-templates/{template}/versions/99      | ``                                            | InvalidLaunchTemplateId.VersionNotFound
            """)
    void findsNothingAtThePath(String method, String path, String body, String code) {
        var answer = send(method, path, body);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(404);
        assertThat(answer.text("code")).isEqualTo(code);
    }

    @Test
    void tellsNothingOfAnotherAccountsResources() {
        for (var body : new String[] {
            "PATCH instances/{instance} {\"securityGroupIds\":[\"%s\"]}",
            "POST security-groups/{group}/rules {\"direction\":\"ingress\",\"protocol\":\"all\",\"peerGroupId\":\"%s\"}"
        }) {
            var words = body.split(" ", 3);
            var missing = send(words[0], words[1], words[2].formatted(UNKNOWN));
            var others = send(words[0], words[1], words[2].formatted(foreign));
            assertThat(others.status()).isEqualTo(missing.status());
            assertThat(others.text("code")).isEqualTo(missing.text("code"));
            assertThat(others.text("detail")).isEqualTo(missing.text("detail").replace(UNKNOWN, foreign));
        }
    }

    private Answer send(String method, String path, String body) {
        return rest.send(
                method,
                "/v1/" + filled(path),
                filled(body),
                method.equals("PATCH") ? Map.of("If-Match", "*") : Map.of());
    }

    private String filled(String text) {
        return text.replace("{instance}", instance).replace("{group}", group).replace("{template}", template);
    }
}
