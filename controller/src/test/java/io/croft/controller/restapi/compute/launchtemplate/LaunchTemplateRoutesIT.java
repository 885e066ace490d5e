package io.croft.controller.restapi.compute.launchtemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.croft.client.CroftException;
import io.croft.client.TenantClient;
import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.restapi.RestClient;
import io.croft.rest.tenant.compute.instance.InstancePatch;
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
import tools.jackson.databind.json.JsonMapper;

/** Launch templates over REST, and that what one edge keeps the other shows. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class LaunchTemplateRoutesIT {
    private static final String ALL = """
            {"imageId":"ami-0123456789abcdef0","instanceType":"t3.nano","keyName":"k","userData":"aGk=",
             "securityGroupIds":["sg-0123456789abcdef0"],"securityGroupNames":null,"subnetId":"subnet-0123456789abcdef0",
             "zone":"us-east-1a","placementGroup":{"placementGroupId":null,"name":"rows","partition":2},"capacityReservation":"none",
             "privateAddress":"172.31.0.9","publicAddress":false,"interfaceDescription":"first",
             "rootVolume":{"device":"/dev/xvda","sizeGib":9,"type":"gp3","iops":4000,"throughput":500,"deleteOnTermination":false},
             "volumes":[{"device":"/dev/sdf","sizeGib":10,"type":"io1","iops":500,"throughput":null,"deleteOnTermination":false,"snapshotId":"snap-0123456789abcdef0","absent":null},
                        {"device":"/dev/sdg","sizeGib":null,"type":null,"iops":null,"throughput":null,"deleteOnTermination":null,"snapshotId":null,"absent":true}],
             "hibernation":false,"monitored":true,
             "metadata":{"enabled":true,"tokensRequired":false,"hopLimit":3,"tagsShown":true},
             "shutdownBehavior":"terminate","terminationProtected":true,"stopProtected":false,"autoRecovery":false,
             "tags":{"a":"b"},"volumeTags":{"c":"d"},"interfaceTags":{"e":"f"}}
            """;

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Tokens tokens;

    private Tenant tenant;
    private RestClient rest;
    private TenantClient client;
    private String image;

    @BeforeAll
    void start() {
        tenant = tenants.create("rest-templates");
        var token = tokens.issue(tenant.account, User.FIRST, "test");
        rest = new RestClient(tenant.endpoint(), token);
        client = new TenantClient(tenant.endpoint().toString(), token);
        image = tenant.image("templates");
    }

    @Test
    void keepsAllThatIsSaid() {
        var made = rest.post("/v1/launch-templates", "{\"name\":\"complete\",\"data\":" + ALL + "}");
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        var version = rest.get(made.header("Location") + "/versions/1");
        assertThat(version.body().get("data")).isEqualTo(JsonMapper.shared().readTree(ALL));
        assertThat(version.body().get("isDefault").asBoolean()).isTrue();
        assertThat(rest.get(made.header("Location") + "/versions").body().get("items"))
                .hasSize(1);
    }

    @Test
    void addsChoosesAndDeletesVersions() {
        var body =
                "{\"name\":\"versions\",\"description\":\"first\",\"data\":{\"instanceType\":\"t3.nano\"},\"tags\":{\"a\":\"b\"}}";
        var key = Map.of("Idempotency-Key", "versions");
        var made = rest.send("POST", "/v1/launch-templates", body, key);
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        assertThat(rest.send("POST", "/v1/launch-templates", body, key).text("launchTemplateId"))
                .isEqualTo(made.text("launchTemplateId"));
        var path = made.header("Location");
        var second = rest.post(path + "/versions", "{\"sourceVersion\":1,\"data\":{\"keyName\":\"k\"}}");
        assertThat(second.status()).as(second.raw().body()).isEqualTo(201);
        assertThat(second.header("Location")).isEqualTo(path + "/versions/2");
        assertThat(second.body().get("data").get("instanceType").asString()).isEqualTo("t3.nano");
        var seen = rest.get(path);
        var match = Map.of("If-Match", seen.header("ETag"));
        assertThat(rest.send("PATCH", path, "{\"defaultVersion\":2}", Map.of()).status())
                .isEqualTo(428);
        var changed = rest.send("PATCH", path, "{\"defaultVersion\":2}", match);
        assertThat(changed.status()).as(changed.raw().body()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo(rest.get(path).header("ETag"));
        assertThat(rest.send("PATCH", path, "{\"defaultVersion\":1}", match).status())
                .isEqualTo(412);
        assertThat(rest.send("PATCH", path, "{\"defaultVersion\":7}", Map.of("If-Match", "*"))
                        .status())
                .isEqualTo(400);
        assertThat(rest.get(path + "/versions/$Default").body().get("version").asInt())
                .isEqualTo(2);
        assertThat(rest.delete(path + "/versions/2").text("code")).isEqualTo("OperationNotPermitted");
        assertThat(rest.delete(path + "/versions/1").status()).isEqualTo(204);
        assertThat(rest.delete(path + "/versions/1").status()).isEqualTo(404);
        assertThat(rest.get(path + "/versions/1").status()).isEqualTo(404);
        assertThat(rest.get(path + "/versions/one").status()).isEqualTo(400);
        assertThat(rest.delete(path).status()).isEqualTo(204);
        assertThat(rest.get(path).status()).isEqualTo(404);
    }

    @Test
    void launchesFromOne() {
        var data = "{\"imageId\":\"" + image
                + "\",\"instanceType\":\"t3.nano\",\"terminationProtected\":true,\"autoRecovery\":false,\"tags\":{\"from\":\"template\",\"x\":\"1\"}}";
        var template = rest.post("/v1/launch-templates", "{\"name\":\"launched\",\"data\":" + data + "}");
        assertThat(template.status()).as(template.raw().body()).isEqualTo(201);
        var launch = rest.post(
                "/v1/instances",
                "{\"launchTemplate\":{\"name\":\"launched\",\"version\":\"$Latest\"},\"instanceType\":\"t3.micro\",\"tags\":{\"x\":\"2\"}}");
        assertThat(launch.status()).as(launch.raw().body()).isEqualTo(202);
        var id = launch.body().get("targets").get(0).asString();
        var instance = client.instance(id);
        assertThat(instance.instanceType()).isEqualTo("t3.micro");
        assertThat(instance.terminationProtected()).isTrue();
        assertThat(instance.autoRecovery()).isFalse();
        assertThat(instance.tags()).containsEntry("from", "template").containsEntry("x", "2");
        var patch = new InstancePatch(null, null, null, null, false, null, true, null, null, null, null, true, null);
        var changed = client.changeInstance(id, patch);
        assertThat(changed.terminationProtected()).isFalse();
        assertThat(changed.autoRecovery()).isTrue();
        var refused =
                catchThrowableOfType(CroftException.class, () -> client.changeInstance("i-0123456789abcdef0", patch));
        assertThat(refused.code()).isEqualTo("InvalidInstanceID.NotFound");
        assertThat(refused.status()).isEqualTo(404);
    }

    @Test
    void launchesWhatTheOtherEdgeMadeAndTheOtherWayRound() {
        tenant.ec2()
                .createLaunchTemplate(r -> r.launchTemplateName("by-ec2")
                        .launchTemplateData(d -> d.imageId(image)
                                .instanceType("t3.nano")
                                .ebsOptimized(true)
                                .placement(p -> p.tenancy("default"))
                                .creditSpecification(c -> c.cpuCredits("unlimited"))));
        var launch = rest.post("/v1/instances", "{\"launchTemplate\":{\"name\":\"by-ec2\"},\"monitored\":true}");
        assertThat(launch.status()).as(launch.raw().body()).isEqualTo(202);
        var launched = tenant.ec2()
                .describeInstances(
                        r -> r.instanceIds(launch.body().get("targets").get(0).asString()))
                .reservations()
                .getFirst()
                .instances()
                .getFirst();
        assertThat(launched.ebsOptimized()).isTrue();
        assertThat(launched.monitoring().stateAsString()).isNotEqualTo("disabled");

        var made = rest.post(
                "/v1/launch-templates",
                "{\"name\":\"by-rest\",\"data\":{\"imageId\":\"" + image
                        + "\",\"publicAddress\":false,\"interfaceDescription\":\"first\",\"stopProtected\":true}}");
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        var instance = tenant.ec2()
                .runInstances(r -> r.launchTemplate(t -> t.launchTemplateName("by-rest"))
                        .instanceType("t3.nano")
                        .minCount(1)
                        .maxCount(1))
                .instances()
                .getFirst();
        assertThat(instance.networkInterfaces().getFirst().description()).isEqualTo("first");
        assertThat(client.instance(instance.instanceId()).stopProtected()).isTrue();
    }

    /** In EC2's templates an interface alone has a subnet and an address. */
    @Test
    void aSubnetIsAnInterfacesAtTheOtherEdge() {
        var made = rest.post(
                "/v1/launch-templates",
                "{\"name\":\"with-a-subnet\",\"data\":{\"subnetId\":\"subnet-0123456789abcdef0\",\"securityGroupIds\":[\"sg-0123456789abcdef0\"]}}");
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        var data = tenant.ec2()
                .describeLaunchTemplateVersions(r -> r.launchTemplateName("with-a-subnet"))
                .launchTemplateVersions()
                .getFirst()
                .launchTemplateData();
        assertThat(data.securityGroupIds()).isEmpty();
        assertThat(data.networkInterfaces()).singleElement().satisfies(n -> {
            assertThat(n.deviceIndex()).isZero();
            assertThat(n.subnetId()).isEqualTo("subnet-0123456789abcdef0");
            assertThat(n.groups()).containsExactly("sg-0123456789abcdef0");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /v1/launch-templates | {"name":"x y","data":{}}                                          | 400 | InvalidLaunchTemplateName.MalformedException
            /v1/launch-templates | {"name":"nodata"}                                                 | 400 | MissingParameter
            /v1/launch-templates | {"name":"odd","data":{"colour":1}}                                | 400 | UnknownParameter
            /v1/launch-templates | {"name":"odd","data":{"shutdownBehavior":"explode"}}              | 400 | InvalidParameterValue
            /v1/launch-templates | {"name":"odd","data":{"tags":{"a":null}}}                         | 400 | InvalidParameterValue
            /v1/launch-templates | {"name":"odd","data":{"placementGroup":{"partition":1}}}          | 400 | InvalidParameterValue
            /v1/instances        | {"launchTemplate":{"name":"none"}}                                | 400 | InvalidLaunchTemplateName.NotFoundException
            /v1/instances        | {"launchTemplate":{"launchTemplateId":"lt-0123456789abcdef0"}}    | 400 | InvalidLaunchTemplateId.NotFound
            /v1/instances        | {"launchTemplate":{}}                                             | 400 | InvalidParameterValue
            """)
    void refusesByName(String path, String body, int status, String code) {
        var answer = rest.post(path, body);
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
    }
}
