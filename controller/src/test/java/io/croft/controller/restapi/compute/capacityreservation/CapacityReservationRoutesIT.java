package io.croft.controller.restapi.compute.capacityreservation;

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

/** Capacity reservations over REST. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@Timeout(120)
class CapacityReservationRoutesIT {
    private static final Map<String, String> ANY = Map.of("If-Match", "*");

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Tokens tokens;

    @Test
    void liveFromTheirCreationToTheirEnd() {
        var tenant = tenants.create("rest-reservers");
        var rest = new RestClient(tenant.endpoint(), tokens.issue(tenant.account, User.FIRST, "test"));
        var made = rest.post("/v1/capacity-reservations", """
                {"instanceType":"t3.nano","zone":"us-east-1a","instanceCount":2,"targeted":true,"endDate":"2999-01-01T00:00:00Z","tags":{"a":"b"}}
                """);
        assertThat(made.status()).isEqualTo(201);
        var id = made.text("capacityReservationId");
        var path = "/v1/capacity-reservations/" + id;
        assertThat(made.header("Location")).endsWith(path);
        assertThat(made.text("endDate")).isEqualTo("2999-01-01T00:00:00Z");
        var changed = rest.send("PATCH", path, "{\"instanceCount\":1,\"endDate\":\"\"}", ANY);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().get("endDate").isNull()).isTrue();
        assertThat(rest.send("PATCH", path, "{\"endDate\":\"soon\"}", ANY).text("code"))
                .isEqualTo("InvalidParameterValue");
        assertThat(rest.send("PATCH", path, "{}", Map.of("If-Match", "\"old\"")).status())
                .isEqualTo(412);

        var launch = rest.post(
                "/v1/instances",
                "{\"imageId\":\"" + tenant.image("rest-reserved")
                        + "\",\"instanceType\":\"t3.nano\",\"capacityReservation\":\"" + id + "\"}");
        var instance = "/v1/instances/" + launch.body().get("targets").get(0).asString();
        assertThat(rest.get(instance).text("capacityReservationId")).isEqualTo(id);
        assertThat(rest.get(path).body().get("usedCount").asInt()).isEqualTo(1);
        assertThat(rest.get("/v1/capacity-reservations?instance-match-criteria=targeted")
                        .body()
                        .get("items"))
                .hasSize(1);
        assertThat(rest.send("PATCH", instance, "{\"capacityReservation\":\"none\"}", ANY)
                        .text("code"))
                .isEqualTo("IncorrectInstanceState");
        await().until(() -> rest.get(instance).text("state").equals("running"));
        rest.post(instance + "/stop?force=true", "");
        await().until(() -> rest.get(instance).text("state").equals("stopped"));
        assertThat(rest.get(path).body().get("availableCount").asInt()).isEqualTo(1);
        assertThat(rest.send("PATCH", instance, "{\"capacityReservation\":\"none\"}", ANY)
                        .text("capacityReservation"))
                .isEqualTo("none");
        rest.delete(instance);
        assertThat(rest.delete(path).status()).isEqualTo(204);
        assertThat(rest.get(path).text("state")).isEqualTo("cancelled");
    }
}
