package io.croft.controller.restapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import java.time.Duration;
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
        assertThat(rest.send("HEAD", "/v1/" + noun + "/" + id, "", Map.of()).header("ETag"))
                .isEqualTo(shown.header("ETag"));
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
    void knowsNoOtherType() {
        assertThat(rest.get("/v1/instance-types/none.large").status()).isEqualTo(404);
    }

    @Test
    void tellsWhatIsOfferedWhere() {
        var offered = rest.get("/v1/instance-type-offerings?instance-type=t3.nano")
                .body()
                .get("items");
        assertThat(offered.findValuesAsString("instanceType")).containsOnly("t3.nano");
        assertThat(offered.findValuesAsString("zone")).contains("us-east-1a").doesNotHaveDuplicates();
        assertThat(rest.get("/v1/instance-type-offerings?colour=red").status()).isEqualTo(400);
    }

    @Test
    void tellsHowNamesAreGivenInAVpc() {
        var vpc = rest.get("/v1/vpcs").body().get("items").get(0);
        assertThat(vpc.get("dnsSupport").asBoolean()).isTrue();
        assertThat(vpc.get("dnsHostnames").asBoolean()).isTrue();
    }

    @Test
    void tellsTheDetailsOfAnInstance() {
        var path = "/v1/instances/" + instance;
        assertThat(rest.get(path + "/cpu-credits").text("cpuCredits")).isEqualTo("unlimited");
        assertThat(rest.get(path + "/password-data").text("passwordData")).isEmpty();
        var template = rest.get(path + "/launch-template-data").body();
        assertThat(template.get("imageId").asString()).isEqualTo(image);
        assertThat(template.get("rootVolume").get("device").asString()).isNotEmpty();
        var made = rest.post("/v1/launch-templates", "{\"name\":\"again\",\"data\":" + template + "}");
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        var again = rest.post("/v1/instances?dryRun=true", "{\"launchTemplate\":{\"name\":\"again\"}}");
        assertThat(again.status()).as(again.raw().body()).isEqualTo(204);
        assertThat(rest.get("/v1/instance-statuses?instance-state-name=pending&instance-state-name=running")
                        .body()
                        .get("items")
                        .findValuesAsString("instanceId"))
                .contains(instance);
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
        var protect = "{\"terminationProtected\":true,\"autoRecovery\":false,\"shutdownBehavior\":\"terminate\"}";
        assertThat(rest.send("PATCH", path, protect, Map.of()).status()).isEqualTo(428);
        assertThat(rest.send("PATCH", path, protect, Map.of("If-Match", "\"old\""))
                        .status())
                .isEqualTo(412);
        var changed = rest.send("PATCH", path, protect, Map.of("If-Match", "*"));
        assertThat(changed.status()).as(changed.raw().body()).isEqualTo(200);
        assertThat(changed.text("shutdownBehavior")).isEqualTo("terminate");
        assertThat(changed.body().get("autoRecovery").asBoolean()).isFalse();
        assertThat(rest.delete(path).text("code")).isEqualTo("OperationNotPermitted");
        var half = "{\"terminationProtected\":false,\"shutdownBehavior\":\"explode\"}";
        assertThat(rest.send("PATCH", path, half, Map.of("If-Match", "*")).status())
                .isEqualTo(400);
        assertThat(rest.get(path).body().get("terminationProtected").asBoolean())
                .isTrue();
    }

    @Test
    void changesAnInstancesSmallPrint() {
        var path = "/v1/instances/" + instance;
        var patch =
                "{\"metadata\":{\"hopLimit\":5,\"tagsShown\":true},\"monitored\":true,\"deleteOnTermination\":{\"/dev/xvda\":false}}";
        var changed = rest.send("PATCH", path, patch, Map.of("If-Match", "*"));
        assertThat(changed.status()).as(changed.raw().body()).isEqualTo(200);
        assertThat(changed.body().get("metadata").get("hopLimit").asInt()).isEqualTo(5);
        assertThat(changed.body().get("metadata").get("tokensRequired").asBoolean())
                .isTrue();
        assertThat(changed.body().get("monitored").asBoolean()).isTrue();
        assertThat(changed.body()
                        .get("volumes")
                        .get(0)
                        .get("deleteOnTermination")
                        .asBoolean())
                .isFalse();
        for (var wrong : new String[] {
            "{\"metadata\":{\"hopLimit\":65}}",
            "{\"deleteOnTermination\":{\"/dev/xvda\":null}}",
            "{\"deleteOnTermination\":{\"/dev/sdz\":true}}"
        }) {
            var answer = rest.send("PATCH", path, wrong, Map.of("If-Match", "*"));
            assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        }
        assertThat(rest.get(path + "/user-data").body().get("userData").isNull())
                .isTrue();
    }

    @Test
    void changesANetworkInterfaceOfWhoeverSawIt() {
        var group = rest.post("/v1/security-groups", "{\"name\":\"nic\",\"description\":\"nic\"}")
                .text("groupId");
        var path = "/v1/network-interfaces/"
                + rest.get("/v1/instances/" + instance)
                        .body()
                        .get("networkInterfaceIds")
                        .get(0)
                        .asString();
        var patch = "{\"description\":\"uplink\",\"securityGroupIds\":[\"" + group + "\"],\"sourceDestCheck\":false}";
        var seen = Map.of("If-Match", rest.get(path).header("ETag"));
        assertThat(rest.send("PATCH", path, patch, Map.of()).status()).isEqualTo(428);
        var changed = rest.send("PATCH", path, patch, seen);
        assertThat(changed.status()).as(changed.raw().body()).isEqualTo(200);
        assertThat(changed.text("description")).isEqualTo("uplink");
        assertThat(changed.body().get("sourceDestCheck").asBoolean()).isFalse();
        assertThat(changed.body().get("securityGroups").findValuesAsString("groupId"))
                .containsExactly(group);
        assertThat(changed.header("ETag")).isEqualTo(rest.get(path).header("ETag"));
        assertThat(rest.send("PATCH", path, patch, seen).status()).isEqualTo(412);
        for (var wrong : new String[] {
            "{\"sourceDestCheck\":true,\"securityGroupIds\":[\"sg-0123456789abcdef0\"]}",
            "{\"sourceDestCheck\":true,\"description\":\"" + "x".repeat(256) + "\"}",
            "{\"privateAddress\":\"172.31.0.9\"}"
        }) {
            var answer = rest.send("PATCH", path, wrong, Map.of("If-Match", "*"));
            assertThat(answer.status()).as(answer.raw().body()).isEqualTo(400);
        }
        assertThat(rest.get(path).body()).isEqualTo(changed.body());
        var cleared =
                rest.send("PATCH", path, "{\"description\":\"\",\"sourceDestCheck\":true}", Map.of("If-Match", "*"));
        assertThat(cleared.text("description")).isEmpty();
        assertThat(cleared.body().get("sourceDestCheck").asBoolean()).isTrue();
    }

    @Test
    void tellsHowNearInstancesAre() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rest.get("/v1/instances/" + instance).text("state").equals("running"));
        var topologies = rest.get("/v1/instance-topologies?availability-zone=us-east-1a")
                .body()
                .get("items");
        assertThat(topologies).hasSize(1);
        assertThat(topologies.get(0).get("instanceId").asString()).isEqualTo(instance);
        assertThat(topologies.get(0).get("networkNodes")).hasSize(3);
        assertThat(rest.get("/v1/instance-topologies?colour=red").text("detail"))
                .contains("colour");
    }

    @Test
    void sharesAnImage() {
        var other = tenants.create("rest-shared");
        var stranger = new RestClient(other.endpoint(), tokens.issue(other.account, User.FIRST, "test"));
        var path = "/v1/images/" + image;
        var before = rest.get(path + "/launch-permissions");
        assertThat(stranger.get(path).status()).isEqualTo(404);
        var match = Map.of("If-Match", before.header("ETag"));
        var wanted = "{\"everyone\":false,\"accounts\":[\"" + other.account + "\"]}";
        var shared = rest.send("PUT", path + "/launch-permissions", wanted, match);
        assertThat(shared.status()).as(shared.raw().body()).isEqualTo(200);
        assertThat(rest.send("PUT", path + "/launch-permissions", wanted, match).status())
                .isEqualTo(412);
        assertThat(stranger.get(path).status()).isEqualTo(200);
        assertThat(stranger.get(path + "/launch-permissions").status()).isEqualTo(404);
        var copy =
                stranger.send("POST", path + "/copy", "{\"name\":\"copied\"}", Map.of("Idempotency-Key", "one copy"));
        assertThat(copy.status()).as(copy.raw().body()).isEqualTo(201);
        assertThat(copy.text("owner")).isEqualTo(other.account.value());
        assertThat(stranger.send("POST", path + "/copy", "{\"name\":\"copied\"}", Map.of("Idempotency-Key", "one copy"))
                        .text("imageId"))
                .isEqualTo(copy.text("imageId"));
        assertThat(rest.send(
                                "PUT",
                                path + "/launch-permissions",
                                "{\"everyone\":false,\"accounts\":[\"nobody\"]}",
                                Map.of("If-Match", "*"))
                        .status())
                .isEqualTo(400);
        rest.send(
                "PUT",
                path + "/launch-permissions",
                "{\"everyone\":false,\"accounts\":[]}",
                Map.of("If-Match", shared.header("ETag")));
        assertThat(stranger.get(path).status()).isEqualTo(404);
    }

    @Test
    void describesAnImageOfWhoeverSawIt() {
        var path = "/v1/images/" + image;
        var match = Map.of("If-Match", rest.get(path).header("ETag"));
        var changed = rest.send("PATCH", path, "{\"description\":\"for tests\"}", match);
        assertThat(changed.text("description")).as(changed.raw().body()).isEqualTo("for tests");
        assertThat(changed.header("ETag")).isEqualTo(rest.get(path).header("ETag"));
        assertThat(rest.send("PATCH", path, "{\"description\":\"late\"}", match).status())
                .isEqualTo(412);
        assertThat(rest.send("PATCH", path, "{}", Map.of("If-Match", "*")).text("detail"))
                .contains("description");
    }

    @Test
    void makesARuleSaySomethingElse() {
        var group = rest.post("/v1/security-groups", "{\"name\":\"changed\",\"description\":\"rules change\"}");
        var rule = rest.post(
                group.header("Location") + "/rules",
                "{\"direction\":\"ingress\",\"protocol\":\"tcp\",\"fromPort\":80,\"cidr\":\"0.0.0.0/0\"}");
        var path = rule.header("Location");
        var match = Map.of("If-Match", rest.get(path).header("ETag"));
        var wanted = "{\"protocol\":\"tcp\",\"fromPort\":443,\"cidr\":\"10.0.0.0/8\",\"description\":\"inside\"}";
        var changed = rest.send("PUT", path, wanted, match);
        assertThat(changed.status()).as(changed.raw().body()).isEqualTo(200);
        assertThat(changed.text("ruleId")).isEqualTo(rule.text("ruleId"));
        assertThat(changed.text("cidr")).isEqualTo("10.0.0.0/8");
        assertThat(rest.get(path).body().get("toPort").asInt()).isEqualTo(443);
        assertThat(rest.send("PUT", path, wanted, match).status()).isEqualTo(412);
        assertThat(rest.send("PUT", path, wanted, Map.of()).status()).isEqualTo(428);
        assertThat(rest.send("PUT", path, "{\"protocol\":\"tcp\"}", Map.of("If-Match", "*"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void tellsWhatTheAccountMayHaveAndWhoDidWhat() {
        assertThat(rest.get("/v1/regions")
                        .body()
                        .get("items")
                        .get(0)
                        .get("name")
                        .asString())
                .isEqualTo("us-east-1");
        var vcpus = rest.get("/v1/quotas")
                .body()
                .get("items")
                .valueStream()
                .filter(q -> q.get("quota").asString().equals("vcpus"))
                .findFirst()
                .orElseThrow();
        assertThat(vcpus.get("limit").asLong()).isPositive();
        rest.delete("/v1/security-groups/sg-0123456789abcdef0");
        var refused = rest.get("/v1/audit?refused=true&action=rest:DELETE*&limit=5");
        assertThat(refused.status()).as(refused.raw().body()).isEqualTo(200);
        assertThat(refused.body().get("items")).isNotEmpty();
        refused.body()
                .get("items")
                .forEach(e -> assertThat(e.get("account").asString()).isEqualTo(tenant.account.value()));
        assertThat(rest.get("/v1/audit?account=000000000000").text("detail")).contains("account");
        assertThat(rest.get("/v1/audit?from=yesterday").text("detail")).contains("from");
        assertThat(rest.get("/v1/audit?refused=maybe").text("detail")).contains("refused");
        assertThat(rest.get("/v1/audit?action=a&action=b").text("detail")).contains("action");
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
