package io.croft.controller.restapi.compute.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.controller.CroftController;
import io.croft.controller.audit.AuditEntry;
import io.croft.controller.audit.AuditQuery;
import io.croft.controller.audit.AuditTrail;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.restapi.RestClient;
import io.croft.controller.restapi.RestClient.Answer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** Instances over REST, with a simulated host behind the whole controller. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class InstanceRoutesIT {
    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Tokens tokens;

    @Autowired
    AuditTrail audit;

    private Tenant tenant;
    private RestClient rest;
    private String image;

    @BeforeAll
    void start() {
        tenant = tenants.create("rest-instances");
        rest = new RestClient(tenant.endpoint(), tokens.issue(tenant.account, User.FIRST, "test"));
        image = tenant.image("rest");
    }

    @Test
    void runsAnInstancesWholeLife() {
        var launch = launch("");
        assertThat(launch.status()).isEqualTo(202);
        assertThat(launch.text("kind")).isEqualTo("launch");
        var id = launch.body().get("targets").get(0).asString();
        rest.succeeds(launch);
        var shown = rest.get("/v1/instances/" + id);
        assertThat(shown.text("state")).isEqualTo("running");
        assertThat(shown.body().get("volumes")).hasSize(1);
        assertThat(shown.text("privateAddress")).startsWith("172.31.");
        rest.succeeds(rest.post("/v1/instances/" + id + "/stop?force=true", ""));
        assertThat(rest.get("/v1/instances/" + id).text("state")).isEqualTo("stopped");
        rest.succeeds(rest.post("/v1/instances/" + id + "/start", ""));
        assertThat(rest.post("/v1/instances/" + id + "/reboot", "").status()).isEqualTo(202);
        assertThat(rest.get("/v1/instances/" + id + "/console").text("instanceId"))
                .isEqualTo(id);
        assertThat(rest.get("/v1/instances/" + id + "/status").text("instanceCheck"))
                .isEqualTo("ok");
        var screen = rest.get("/v1/instances/" + id + "/screenshot");
        assertThat(screen.status()).as(screen.raw().body()).isEqualTo(200);
        assertThat(screen.header("Content-Type")).isEqualTo("image/png");
        assertThat(rest.send("GET", "/v1/instances/" + id + "/screenshot", "", Map.of("Accept", "text/html"))
                        .text("detail"))
                .contains("image/png");
        var end = rest.delete("/v1/instances/" + id);
        rest.succeeds(end);
        assertThat(rest.get("/v1/instances/" + id).text("state")).isEqualTo("terminated");
        assertThat(rest.delete("/v1/instances/" + id).text("operationId")).isEqualTo(end.text("operationId"));
    }

    @Test
    void hibernatesWhatWasLaunchedForIt() {
        var launch = launch(",\"hibernation\":true");
        rest.succeeds(launch);
        var path = "/v1/instances/" + launch.body().get("targets").get(0).asString();
        assertThat(rest.post(path + "/stop?hibernate=true&force=true", "").text("code"))
                .isEqualTo("InvalidParameterCombination");
        rest.succeeds(rest.post(path + "/stop?hibernate=true", ""));
        rest.succeeds(rest.post(path + "/start", ""));
        var plain = launch("");
        rest.succeeds(plain);
        assertThat(rest.post(
                                "/v1/instances/"
                                        + plain.body().get("targets").get(0).asString() + "/stop?hibernate=true",
                                "")
                        .text("code"))
                .isEqualTo("UnsupportedHibernationConfiguration");
    }

    @Test
    void aRootVolumeHasThePerformanceThatWasAskedFor() {
        var volume = ",\"rootVolume\":{\"sizeGib\":4,\"type\":\"io1\"%s}";
        assertThat(launch(volume.formatted("")).text("detail")).contains("iops must be specified for io1 volumes");
        var launch = launch(volume.formatted(",\"iops\":150"));
        rest.succeeds(launch);
        var shown =
                rest.get("/v1/instances/" + launch.body().get("targets").get(0).asString());
        var id = shown.body().get("volumes").get(0).get("volumeId").asString();
        assertThat(rest.get("/v1/volumes/" + id).body().get("iops").asInt()).isEqualTo(150);
    }

    @Test
    void hasVolumesBesideTheRoot() {
        var launch = launch(
                ",\"rootVolume\":{\"device\":\"/dev/sda1\",\"sizeGib\":4},\"volumes\":[{\"device\":\"/dev/sdf\",\"sizeGib\":3,\"deleteOnTermination\":false}]");
        rest.succeeds(launch);
        var volumes = rest.get(
                        "/v1/instances/" + launch.body().get("targets").get(0).asString())
                .body()
                .get("volumes");
        assertThat(volumes.size()).isEqualTo(2);
        assertThat(volumes.get(1).get("device").asString()).isEqualTo("/dev/sdf");
        assertThat(volumes.get(1).get("deleteOnTermination").asBoolean()).isFalse();
        assertThat(launch(",\"volumes\":[{\"device\":\"/dev/sdf\"}]").text("code"))
                .isEqualTo("MissingParameter");
        assertThat(launch(",\"volumes\":[{\"sizeGib\":100}]").status()).isEqualTo(400);
        assertThat(launch(",\"volumes\":[null]").text("code")).isEqualTo("InvalidParameterValue");
        assertThat(launch(",\"volumes\":[{\"device\":\"/dev/sdf\",\"absent\":true,\"sizeGib\":9}]")
                        .text("code"))
                .isEqualTo("InvalidBlockDeviceMapping");
        assertThat(launch(",\"volumes\":["
                                + "{\"device\":\"/dev/sdf\",\"absent\":true},".repeat(64)
                                + "{\"device\":\"/dev/sdf\",\"absent\":true}]")
                        .text("detail"))
                .contains("too many");
        assertThat(launch(
                                ",\"volumes\":[{\"device\":\"/dev/sdf\",\"sizeGib\":1},{\"device\":\"/dev/xvdf\",\"sizeGib\":1}]")
                        .text("code"))
                .isEqualTo("InvalidBlockDeviceMapping");
    }

    @Test
    void launchesOnceForOneKey() {
        var body = "{\"imageId\":\"" + image + "\",\"instanceType\":\"t3.nano\"}";
        var first = rest.send("POST", "/v1/instances", body, Map.of("Idempotency-Key", "once"));
        var again = rest.send("POST", "/v1/instances", body, Map.of("Idempotency-Key", "once"));
        assertThat(again.body().get("targets")).isEqualTo(first.body().get("targets"));
        var other = rest.send(
                "POST", "/v1/instances", body.replace("t3.nano", "t3.micro"), Map.of("Idempotency-Key", "once"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("code")).isEqualTo("IdempotentParameterMismatch");
    }

    @Test
    void rehearsesWithoutEffect() {
        var before = rest.get("/v1/instances?limit=1000").body().get("items").size();
        var dry = rest.post("/v1/instances?dryRun=true", body(""));
        assertThat(dry.status()).isEqualTo(204);
        assertThat(dry.header("Location")).isEmpty();
        assertThat(rest.get("/v1/instances?limit=1000").body().get("items")).hasSize(before);
        var refused = rest.post("/v1/instances?dryRun=true", body(",\"subnetId\":\"subnet-00000000000000000\""));
        assertThat(refused.text("code")).isEqualTo("InvalidSubnetID.NotFound");
        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void pagesThroughAllOnce() {
        var launched = new HashSet<String>();
        launch(",\"count\":12,\"tags\":{\"page\":\"me\"}")
                .body()
                .get("targets")
                .forEach(t -> launched.add(t.asString()));
        var seen = new HashSet<String>();
        var cursor = "";
        do {
            var page = rest.get("/v1/instances?tag:page=m*&limit=5" + cursor);
            assertThat(page.status()).isEqualTo(200);
            page.body()
                    .get("items")
                    .forEach(i ->
                            assertThat(seen.add(i.get("instanceId").asString())).isTrue());
            cursor = page.body().get("nextCursor").isNull() ? "" : "&cursor=" + page.text("nextCursor");
        } while (!cursor.isEmpty());
        assertThat(seen).isEqualTo(launched);
    }

    @Test
    void filtersAsDescribeDoes() {
        launch(",\"tags\":{\"role\":\"filtered\"}");
        assertThat(rest.get("/v1/instances?tag:role=filtered&instance-state-name=pending&instance-state-name=running")
                        .body()
                        .get("items"))
                .hasSize(1);
        assertThat(rest.get("/v1/instances?colour=red").text("detail")).contains("colour");
        assertThat(rest.get("/v1/instances?limit=5&cursor=nonsense").text("code"))
                .isEqualTo("InvalidPaginationToken");
    }

    @Test
    void sendsNothingThatTheClientHas() {
        var id = launch("").body().get("targets").get(0).asString();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> rest.get("/v1/instances/" + id).text("state").equals("running"));
        var tag = rest.get("/v1/instances/" + id).header("ETag");
        var again = rest.send("GET", "/v1/instances/" + id, "", Map.of("If-None-Match", tag));
        assertThat(again.status()).isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"croft", "ec2"})
    void takesASignature(String service) {
        var answer = RestClient.signed(tenant, "GET", "/v1/instances?tag:a%20b=c%2Fd", "", service);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(RestClient.signed(tenant, "GET", "/v1/instance-types/a%20b", "", service)
                        .text("code"))
                .isEqualTo("InvalidInstanceType");
        assertThat(RestClient.signed(tenant, "POST", "/v1/instances?dryRun=true", body(""), service)
                        .status())
                .isEqualTo(204);
    }

    @Test
    void refusesASignatureForAnotherService() {
        var answer = RestClient.signed(tenant, "GET", "/v1/instances", "", "s3");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("code")).isEqualTo("SignatureDoesNotMatch");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST   | /v1/instances              | {                                         | 400 | MalformedBody          | no JSON
            POST   | /v1/instances              | []                                        | 400 | InvalidParameterValue  | an object
            POST   | /v1/instances              | {}                                        | 400 | MissingParameter       | imageId
            POST   | /v1/instances              | {"imageId":"ami-x"}                       | 400 | InvalidAMIID.Malformed | ami-x
            POST   | /v1/instances              | {"imageId":"{image}","colour":1}          | 400 | UnknownParameter       | colour
            POST   | /v1/instances              | {"imageId":"{image}","metadata":{"x":1}}  | 400 | UnknownParameter       | metadata.x
            POST   | /v1/instances              | {"imageId":"{image}","count":"2"}         | 400 | InvalidParameterValue  | count
            POST   | /v1/instances              | {"imageId":"{image}","count":1.5}         | 400 | InvalidParameterValue  | count
            POST   | /v1/instances              | {"imageId":"{image}","count":99999999999} | 400 | InvalidParameterValue  | count
            POST   | /v1/instances              | {"imageId":"{image}","count":0}           | 400 | InvalidParameterValue  | ``
            POST   | /v1/instances              | {"imageId":"{image}","count":-1}          | 400 | InvalidParameterValue  | ``
            POST   | /v1/instances              | {"imageId":"{image}","instanceType":5}    | 400 | InvalidParameterValue  | instanceType
            POST   | /v1/instances              | {"imageId":"{image}","tags":{"a":null}}   | 400 | InvalidParameterValue  | null
            POST   | /v1/instances              | {"imageId":"{image}","tags":{"a":"\\u0000"}} | 400 | InvalidParameterValue | U+0000
            POST   | /v1/instances              | {"imageId":"{image}","imageId":"{image}"} | 400 | MalformedBody          | no JSON
            POST   | /v1/instances?colour=red   | {"imageId":"{image}"}                     | 400 | UnknownParameter       | colour
            POST   | /v1/instances?dryRun=maybe | {"imageId":"{image}"}                     | 400 | InvalidParameterValue  | dryRun
            POST   | /v1/instances              | ``                                        | 400 | MissingParameter       | body
            GET    | /v1/instances?limit=1      | ``                                        | 400 | InvalidParameterValue  | limit
            GET    | /v1/instances?limit=x      | ``                                        | 400 | InvalidParameterValue  | limit
            GET    | /v1/instances?limit=5&limit=6 | ``                                     | 400 | InvalidParameterValue  | limit
            GET    | /v1/instances/i-zz         | ``                                        | 400 | InvalidInstanceID.Malformed | i-zz
            GET    | /v1/instances/i-0123456789abcdef0 | ``                                 | 404 | InvalidInstanceID.NotFound  | i-0123456789abcdef0
            POST   | /v1/instances/i-0123456789abcdef0/stop | ``                            | 404 | InvalidInstanceID.NotFound  | i-0123456789abcdef0
            POST   | /v1/instances/i-0123456789abcdef0/stop?force=perhaps | ``              | 400 | InvalidParameterValue  | force
            GET    | /v1/operations/op-stop-i-0123456789abcdef0-1 | ``                      | 404 | NotFound               | op-stop
            GET    | /v1/operations/op-launch-r-0123456789abcdef0 | ``                      | 404 | NotFound               | op-launch
            GET    | /v1/operations/x           | ``                                        | 404 | NotFound               | x
            PUT    | /v1/instances              | {}                                        | 405 | MethodNotAllowed       | PUT
            GET    | /v1/nothing                | ``                                        | 404 | NotFound               | path
            GET    | /v1                        | ``                                        | 404 | NotFound               | path
            """)
    void refusesByName(String method, String path, String body, int status, String code, String named) {
        var answer = rest.send(method, path, body.replace("{image}", image), Map.of());
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.text("detail")).contains(named);
        assertThat(answer.text("requestId")).isEqualTo(answer.header("X-Croft-Request-Id"));
    }

    @Test
    void refusesOtherMediaAndLargeBodies() {
        var form =
                rest.send("POST", "/v1/instances", "a=b", Map.of("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(form.status()).isEqualTo(415);
        var xml = rest.send("GET", "/v1/instances", "", Map.of("Accept", "text/xml"));
        assertThat(xml.status()).isEqualTo(406);
        var large = rest.post("/v1/instances", "{\"imageId\":\"" + "x".repeat(1 << 20) + "\"}");
        assertThat(large.status()).isEqualTo(413);
        var header = rest.send("GET", "/v1/instances", "", Map.of("If-Match", "\"x\""));
        assertThat(header.text("detail")).contains("If-Match");
    }

    @Test
    void leavesATrail() {
        launch("");
        var query = new AuditQuery(tenant.account, null, "rest:*", null, null, false, null, null, 20, null);
        assertThat(audit.find(query).items()).extracting(AuditEntry::action).contains("rest:POST /v1/instances");
    }

    private Answer launch(String more) {
        return rest.post("/v1/instances", body(more));
    }

    private String body(String more) {
        return "{\"imageId\":\"" + image + "\",\"instanceType\":\"t3.nano\"" + more + "}";
    }
}
