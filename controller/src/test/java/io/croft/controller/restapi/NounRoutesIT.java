package io.croft.controller.restapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
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

/** Every noun but instances over REST. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class NounRoutesIT {
    private static final String PUBLIC_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl test";

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Tokens tokens;

    private Tenant tenant;
    private RestClient rest;
    private String image;
    private String instance;

    @BeforeAll
    void start() {
        tenant = tenants.create("rest-nouns");
        rest = new RestClient(tenant.endpoint(), tokens.issue(tenant.account, User.FIRST, "test"));
        image = tenant.image("nouns");
        instance = rest.post("/v1/instances", "{\"imageId\":\"" + image + "\",\"instanceType\":\"t3.nano\"}")
                .body()
                .get("targets")
                .get(0)
                .asString();
    }

    @ParameterizedTest
    @CsvSource({
        "vpcs, vpcId",
        "subnets, subnetId",
        "network-interfaces, networkInterfaceId",
        "volumes, volumeId",
        "images, imageId",
        "security-groups, groupId",
        "instance-types, name"
    })
    void listsAndShows(String noun, String key) {
        var items = rest.get("/v1/" + noun).body().get("items");
        assertThat(items).isNotEmpty();
        var id = items.get(0).get(key).asString();
        var shown = rest.get("/v1/" + noun + "/" + id);
        assertThat(shown.body()).isEqualTo(items.get(0));
        assertThat(shown.header("ETag")).matches("\"[\\w-]{20}\"");
    }

    @Test
    void tellsTheZones() {
        assertThat(rest.get("/v1/zones")
                        .body()
                        .get("items")
                        .get(0)
                        .get("zoneId")
                        .asString())
                .isEqualTo("use1-az1");
        assertThat(rest.get("/v1/zones?limit=5").text("code")).isEqualTo("UnknownParameter");
    }

    @Test
    void makesAndForgetsKeyPairs() {
        var made = rest.post("/v1/key-pairs", "{\"name\":\"made\",\"type\":\"ed25519\",\"tags\":{\"a\":\"b\"}}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("privateKey")).contains("PRIVATE KEY");
        var shown = rest.get(made.header("Location"));
        assertThat(shown.body().get("privateKey").isNull()).isTrue();
        assertThat(shown.body().get("tags").get("a").asString()).isEqualTo("b");
        assertThat(rest.post("/v1/key-pairs", "{\"name\":\"made\"}").status()).isEqualTo(409);
        assertThat(rest.delete(made.header("Location")).status()).isEqualTo(204);
        assertThat(rest.delete(made.header("Location")).status()).isEqualTo(404);
        assertThat(rest.get(made.header("Location")).status()).isEqualTo(404);
    }

    @Test
    void takesAPublicKeyOnce() {
        var body = "{\"name\":\"mine\",\"publicKey\":\"" + PUBLIC_KEY + "\"}";
        var key = Map.of("Idempotency-Key", "mine-1");
        var first = rest.send("POST", "/v1/key-pairs", body, key);
        assertThat(first.status()).as(first.raw().body()).isEqualTo(201);
        assertThat(rest.send("POST", "/v1/key-pairs", body, key).text("keyPairId"))
                .isEqualTo(first.text("keyPairId"));
        assertThat(rest.send("POST", "/v1/key-pairs", "{\"name\":\"other\"}", key)
                        .text("detail"))
                .contains("Idempotency-Key");
        assertThat(rest.post("/v1/key-pairs", "{\"name\":\"x\",\"type\":\"rsa\",\"publicKey\":\"y\"}")
                        .text("detail"))
                .contains("publicKey");
    }

    @Test
    void opensAndClosesAGroup() {
        var body = "{\"name\":\"web\",\"description\":\"web servers\"}";
        var group = rest.send("POST", "/v1/security-groups", body, Map.of("Idempotency-Key", "web"));
        assertThat(group.status()).as(group.raw().body()).isEqualTo(201);
        assertThat(rest.send("POST", "/v1/security-groups", body, Map.of("Idempotency-Key", "web"))
                        .text("groupId"))
                .isEqualTo(group.text("groupId"));
        var rules = group.header("Location") + "/rules";
        var open = "{\"direction\":\"ingress\",\"protocol\":\"tcp\",\"fromPort\":80,\"cidr\":\"0.0.0.0/0\"}";
        var rule = rest.post(rules, open);
        assertThat(rule.status()).as(rule.raw().body()).isEqualTo(201);
        assertThat(rule.body().get("toPort").asInt()).isEqualTo(80);
        assertThat(rest.post(rules, open).status()).isEqualTo(409);
        assertThat(rest.get(rules).body().get("items")).hasSize(2);
        assertThat(rest.delete(rule.header("Location")).status()).isEqualTo(204);
        assertThat(rest.delete(rule.header("Location")).status()).isEqualTo(404);
        assertThat(rest.delete(group.header("Location")).status()).isEqualTo(204);
        assertThat(rest.get(group.header("Location")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"direction":"up","protocol":"tcp","cidr":"0.0.0.0/0"}                                    | direction
            {"direction":"ingress","protocol":"smoke","cidr":"0.0.0.0/0"}                             | protocol
            {"direction":"ingress","protocol":"tcp","fromPort":80,"cidr":"300.0.0.0/0"}               | cidr
            {"direction":"ingress","protocol":"tcp","fromPort":80}                                    | cidr
            {"direction":"ingress","protocol":"tcp","fromPort":90000,"cidr":"0.0.0.0/0"}              | port
            {"direction":"ingress","protocol":"tcp","fromPort":80,"peerGroupId":"sg-1"}               | sg-1
            """)
    void refusesARuleByName(String body, String named) {
        var group = rest.get("/v1/security-groups").body().get("items").get(0);
        var path = "/v1/security-groups/" + group.get("groupId").asString() + "/rules";
        var answer = rest.post(path, body);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        assertThat(answer.text("detail")).containsIgnoringCase(named);
    }

    @Test
    void replacesTagsOfWhoeverSawThem() {
        var path = "/v1/tags/" + instance;
        var before = rest.get(path);
        var body = "{\"tags\":{\"Name\":\"one\"}}";
        assertThat(rest.send("PUT", path, body, Map.of()).status()).isEqualTo(428);
        var match = Map.of("If-Match", before.header("ETag"));
        var after = rest.send("PUT", path, body, match);
        assertThat(after.status()).as(after.raw().body()).isEqualTo(200);
        assertThat(after.header("ETag")).isEqualTo(rest.get(path).header("ETag"));
        var late = rest.send("PUT", path, "{\"tags\":{\"Name\":\"two\"}}", match);
        assertThat(late.status()).isEqualTo(412);
        assertThat(rest.get(path).body().get("tags").get("Name").asString()).isEqualTo("one");
        assertThat(rest.get("/v1/tags?key=Name&resource-id=" + instance).body().get("items"))
                .hasSize(1);
        assertThat(rest.send("PUT", path, body, Map.of("If-Match", "one")).status())
                .isEqualTo(400);
        assertThat(rest.send("PUT", path, "{\"tags\":{\"aws:x\":\"1\"}}", Map.of("If-Match", "*"))
                        .status())
                .isEqualTo(400);
        assertThat(rest.get("/v1/tags/i-0123456789abcdef0").status()).isEqualTo(404);
        assertThat(rest.get("/v1/tags/nothing").status()).isEqualTo(400);
    }

    @Test
    void letsOneOfManyWritersWin() {
        var group = rest.get("/v1/security-groups").body().get("items").get(0).get("groupId");
        var path = "/v1/tags/" + group.asString();
        var match = Map.of("If-Match", rest.get(path).header("ETag"));
        var statuses = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> rest.send("PUT", path, "{\"tags\":{\"winner\":\"" + i + "\"}}", match)
                                .status(),
                        Thread.ofVirtual()::start))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(statuses).containsOnlyOnce(200).allMatch(s -> s == 200 || s == 412);
    }

    @Test
    void changesAnInstanceOfWhoeverSawIt() {
        var path = "/v1/instances/" + instance;
        var protect = "{\"terminationProtected\":true,\"shutdownBehavior\":\"terminate\"}";
        assertThat(rest.send("PATCH", path, protect, Map.of()).status()).isEqualTo(428);
        assertThat(rest.send("PATCH", path, protect, Map.of("If-Match", "\"old\""))
                        .status())
                .isEqualTo(412);
        var changed = rest.send("PATCH", path, protect, Map.of("If-Match", "*"));
        assertThat(changed.status()).as(changed.raw().body()).isEqualTo(200);
        assertThat(changed.text("shutdownBehavior")).isEqualTo("terminate");
        assertThat(rest.delete(path).text("code")).isEqualTo("OperationNotPermitted");
        var half = "{\"terminationProtected\":false,\"shutdownBehavior\":\"explode\"}";
        assertThat(rest.send("PATCH", path, half, Map.of("If-Match", "*")).status())
                .isEqualTo(400);
        assertThat(rest.get(path).body().get("terminationProtected").asBoolean())
                .isTrue();
    }

    @Test
    void registersAndEndsAnImage() {
        var digest = rest.get("/v1/images/" + image).text("digest");
        var made = rest.post("/v1/images", "{\"name\":\"again\",\"digest\":\"" + digest + "\",\"bootMode\":\"uefi\"}");
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        assertThat(rest.post("/v1/images", "{\"name\":\"again\",\"digest\":\"" + digest + "\"}")
                        .status())
                .isEqualTo(409);
        assertThat(rest.post("/v1/images", "{\"name\":\"third\",\"digest\":\"md5:1\"}")
                        .text("detail"))
                .contains("digest");
        assertThat(rest.delete(made.header("Location")).status()).isEqualTo(204);
        assertThat(rest.get(made.header("Location")).status()).isEqualTo(404);
    }
}
