package io.croft.controller.restapi.blockstorage.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.restapi.RestClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** Volumes over REST. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@Timeout(120)
class VolumeRoutesIT {
    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Tokens tokens;

    @Test
    void liveFromTheirCreationToTheirEnd() {
        var tenant = tenants.create("rest-volumes");
        var rest = new RestClient(tenant.endpoint(), tokens.issue(tenant.account, User.FIRST, "test"));
        var made = rest.post(
                "/v1/volumes", "{\"sizeGib\":2,\"zone\":\"us-east-1a\",\"type\":\"gp3\",\"tags\":{\"a\":\"b\"}}");
        assertThat(made.status()).isEqualTo(201);
        var path = "/v1/volumes/" + made.text("volumeId");
        assertThat(made.header("Location")).endsWith(path);
        assertThat(made.text("state")).isEqualTo("available");
        assertThat(rest.post("/v1/volumes", "{\"zone\":\"us-east-1a\"}").status())
                .isEqualTo(400);
        assertThat(rest.post("/v1/volumes", "{\"zone\":\"us-east-1a\",\"snapshotId\":\"snap-0123456789abcdef0\"}")
                        .text("code"))
                .isEqualTo("InvalidSnapshot.NotFound");
        assertThat(rest.post("/v1/volumes", "{\"sizeGib\":1,\"zone\":\"us-east-1a\",\"type\":\"x\"}")
                        .text("code"))
                .isEqualTo("InvalidParameterValue");

        isMadeOfASnapshotOf(rest, made.text("volumeId"));

        var launch = rest.post(
                "/v1/instances",
                "{\"imageId\":\"" + tenant.image("rest-attached") + "\",\"instanceType\":\"t3.nano\"}");
        var instance = launch.body().get("targets").get(0).asString();
        var place = "{\"instanceId\":\"" + instance + "\",\"device\":\"/dev/sdf\"}";
        await().until(() -> rest.get("/v1/instances/" + instance).text("state").equals("running"));
        assertThat(rest.post(path + "/attachment", place).text("state")).isEqualTo("in-use");
        await().until(() ->
                rest.get(path).body().get("attachment").get("state").asString().equals("attached"));
        changes(rest, path);
        assertThat(rest.send("DELETE", path + "/attachment", "", Map.of()).status())
                .isEqualTo(204);
        await().until(() -> rest.get(path).text("state").equals("available"));
        rest.post("/v1/instances/" + instance + "/stop?force=true", "");
        await().until(() -> rest.get("/v1/instances/" + instance).text("state").equals("stopped"));
        assertThat(rest.post(path + "/attachment", place).text("state")).isEqualTo("in-use");
        await().until(() ->
                rest.get(path).body().get("attachment").get("state").asString().equals("attached"));
        assertThat(rest.send("DELETE", path, "", Map.of()).text("code")).isEqualTo("VolumeInUse");
        assertThat(rest.send("DELETE", path + "/attachment", "", Map.of()).status())
                .isEqualTo(204);
        assertThat(rest.get(path).body().get("attachment").isNull()).isTrue();
        assertThat(rest.send("DELETE", path, "", Map.of()).status()).isEqualTo(204);
        await().until(() -> rest.get(path).status() == 404);
    }

    private static void isMadeOfASnapshotOf(RestClient rest, String volume) {
        var snapshot =
                rest.post("/v1/snapshots", "{\"volumeId\":\"" + volume + "\"}").text("snapshotId");
        await().until(() -> rest.get("/v1/snapshots/" + snapshot).text("state").equals("completed"));
        var made = rest.post("/v1/volumes", "{\"zone\":\"us-east-1a\",\"snapshotId\":\"" + snapshot + "\"}");
        assertThat(made.text("snapshotId")).isEqualTo(snapshot);
        assertThat(made.body().get("sizeGib").asInt()).isEqualTo(2);
        assertThat(rest.get("/v1/volumes?snapshot-id=" + snapshot).body().get("items"))
                .hasSize(1);
        assertThat(rest.send("DELETE", "/v1/snapshots/" + snapshot, "", Map.of())
                        .status())
                .isEqualTo(204);
        assertThat(rest.send("DELETE", "/v1/volumes/" + made.text("volumeId"), "", Map.of())
                        .status())
                .isEqualTo(204);
    }

    /** While an instance runs with it. */
    private static void changes(RestClient rest, String path) {
        assertThat(rest.get(path + "/modification").text("code")).isEqualTo("InvalidVolumeModification.NotFound");
        var patch = "{\"sizeGib\":3,\"throughput\":200}";
        assertThat(rest.send("PATCH", path, patch, Map.of()).status()).isEqualTo(428);
        assertThat(rest.send("PATCH", path, patch, Map.of("If-Match", "\"old\""))
                        .status())
                .isEqualTo(412);
        assertThat(rest.send("PATCH", path, "{}", Map.of("If-Match", "*")).text("code"))
                .isEqualTo("MissingParameter");
        var changed = rest.send(
                "PATCH", path, patch, Map.of("If-Match", rest.get(path).header("ETag")));
        assertThat(changed.body().get("sizeGib").asInt()).isEqualTo(3);
        assertThat(changed.body().get("throughput").asInt()).isEqualTo(200);
        await().until(() -> rest.get(path + "/modification").text("state").equals("completed"));
        assertThat(rest.get(path + "/modification")
                        .body()
                        .get("original")
                        .get("sizeGib")
                        .asInt())
                .isEqualTo(2);
    }
}
