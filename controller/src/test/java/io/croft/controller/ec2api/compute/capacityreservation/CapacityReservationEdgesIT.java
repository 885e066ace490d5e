package io.croft.controller.ec2api.compute.capacityreservation;

import static io.croft.controller.ec2api.Tenant.code;
import static io.croft.controller.ec2api.Tenant.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.restapi.RestClient;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CapacityReservation;
import software.amazon.awssdk.services.ec2.model.CapacityReservationSpecification;
import software.amazon.awssdk.services.ec2.model.CreateCapacityReservationRequest;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Capacity reservations on one host, as AWS's SDK for Java and REST drive them. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class CapacityReservationEdgesIT {
    private static final Map<String, String> ANY = Map.of("If-Match", "*");

    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Tokens tokens;

    private Tenant tenant;
    private Ec2Client ec2;
    private String image;

    @BeforeAll
    void start() {
        tenant = tenants.create("reservers");
        ec2 = tenant.ec2;
        image = tenant.image("reserved");
    }

    private CapacityReservation create(Consumer<CreateCapacityReservationRequest.Builder> change) {
        var request = CreateCapacityReservationRequest.builder()
                .instanceType("t3.nano")
                .instancePlatform("Linux/UNIX")
                .availabilityZone("us-east-1a")
                .instanceCount(1);
        change.accept(request);
        return ec2.createCapacityReservation(request.build()).capacityReservation();
    }

    private CapacityReservation shown(String id) {
        return ec2.describeCapacityReservations(r -> r.capacityReservationIds(id))
                .capacityReservations()
                .getFirst();
    }

    private void refused(Consumer<CreateCapacityReservationRequest.Builder> change, String code) {
        assertThatThrownBy(() -> create(change)).satisfies(code(code));
    }

    private Instance run(Consumer<RunInstancesRequest.Builder> change) {
        var request = RunInstancesRequest.builder()
                .imageId(image)
                .instanceType("t3.nano")
                .minCount(1)
                .maxCount(1);
        change.accept(request);
        return ec2.runInstances(request.build()).instances().getFirst();
    }

    @Test
    void areShownByIdAndFilter() {
        var end = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        var made = create(r -> r.instanceCount(2)
                .endDate(end)
                .endDateType("limited")
                .instanceMatchCriteria("targeted")
                .tenancy("default")
                .ebsOptimized(false)
                .ephemeralStorage(false)
                .tagSpecifications(s -> s.resourceType("capacity-reservation")
                        .tags(t -> t.key("team").value("web"))));
        var id = made.capacityReservationId();
        assertThat(made.capacityReservationArn())
                .isEqualTo("arn:aws:ec2:us-east-1:" + tenant.account + ":capacity-reservation/" + id);
        assertThat(made.endDate()).isEqualTo(end);
        assertThat(shown(id)).isEqualTo(made);
        for (var by : new String[][] {
            {"state", "active"},
            {"end-date-type", "limited"},
            {"instance-match-criteria", "targeted"},
            {"tag:team", "w*"},
            {"instance-type", "t3.nano"}
        }) {
            assertThat(ec2.describeCapacityReservations(r -> r.filters(filter(by[0], by[1]), filter("tag-key", "team")))
                            .capacityReservations())
                    .containsExactly(made);
        }
        ec2.modifyCapacityReservation(
                r -> r.capacityReservationId(id).instanceCount(1).endDateType("unlimited"));
        assertThat(shown(id).endDate()).isNull();
        assertThat(shown(id).totalInstanceCount()).isEqualTo(1);
        var usage = ec2.getCapacityReservationUsage(r -> r.capacityReservationId(id));
        assertThat(usage.availableInstanceCount()).isEqualTo(1);
        ec2.cancelCapacityReservation(r -> r.capacityReservationId(id));
        assertThat(shown(id).stateAsString()).isEqualTo("cancelled");
        assertThatThrownBy(() -> ec2.cancelCapacityReservation(r -> r.capacityReservationId(id)))
                .satisfies(code("IncorrectState"));
    }

    @Test
    void refuseWhatIsNone() {
        refused(r -> r.instancePlatform("Windows"), "UnsupportedOperation");
        refused(r -> r.tenancy("dedicated"), "UnsupportedOperation");
        refused(r -> r.startDate(Instant.now()), "UnsupportedOperation");
        refused(r -> r.instanceCount(0), "InvalidParameterValue");
        refused(r -> r.availabilityZone("us-east-1z"), "InvalidParameterValue");
        refused(r -> r.instanceMatchCriteria("closed"), "InvalidParameterValue");
        refused(r -> r.endDateType("limited"), "MissingParameter");
        refused(r -> r.endDateType("unlimited").endDate(Instant.now().plusSeconds(99)), "InvalidParameterCombination");
        refused(r -> r.endDate(Instant.EPOCH), "InvalidParameterValue");
        refused(r -> r.instanceType("t9.huge"), "InvalidParameterValue");
        refused(r -> r.instanceCount(1000), "VcpuLimitExceeded");
        refused(r -> r.dryRun(true), "DryRunOperation");
        assertThatThrownBy(() -> shown("cr-1")).satisfies(code("InvalidCapacityReservationId.Malformed"));
        assertThatThrownBy(() -> shown("cr-0123456789abcdef0"))
                .satisfies(code("InvalidCapacityReservationId.NotFound"));
    }

    @Test
    void holdInstancesAlsoFromATemplate() {
        var id = create(r -> r.instanceMatchCriteria("targeted")).capacityReservationId();
        var template = ec2.createLaunchTemplate(r -> r.launchTemplateName("reserving")
                        .launchTemplateData(d -> d.imageId(image)
                                .instanceType("t3.nano")
                                .capacityReservationSpecification(
                                        c -> c.capacityReservationTarget(t -> t.capacityReservationId(id)))))
                .launchTemplate();
        assertThat(ec2.describeLaunchTemplateVersions(r -> r.launchTemplateId(template.launchTemplateId()))
                        .launchTemplateVersions()
                        .getFirst()
                        .launchTemplateData()
                        .capacityReservationSpecification()
                        .capacityReservationTarget()
                        .capacityReservationId())
                .isEqualTo(id);
        var instance = ec2.runInstances(r ->
                        r.minCount(1).maxCount(1).launchTemplate(t -> t.launchTemplateId(template.launchTemplateId())))
                .instances()
                .getFirst();
        assertThat(instance.capacityReservationId()).isEqualTo(id);
        assertThat(instance.capacityReservationSpecification()
                        .capacityReservationTarget()
                        .capacityReservationId())
                .isEqualTo(id);
        for (var name : new String[] {
            "capacity-reservation-id",
            "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id"
        }) {
            assertThat(ec2.describeInstances(r -> r.filters(filter(name, id))).reservations())
                    .hasSize(1);
        }
        assertThatThrownBy(() -> target(c -> c.capacityReservationTarget(t -> t.capacityReservationId(id))))
                .satisfies(code("ReservationCapacityExceeded"));
        assertThatThrownBy(() -> target(c -> c.capacityReservationPreference("capacity-reservations-only")))
                .satisfies(code("ReservationCapacityExceeded"));
        assertThatThrownBy(() -> target(c -> c.capacityReservationPreference("maybe")))
                .satisfies(code("InvalidParameterValue"));
        assertThatThrownBy(() -> target(c -> c.capacityReservationPreference("open")
                        .capacityReservationTarget(t -> t.capacityReservationId(id))))
                .satisfies(code("InvalidParameterCombination"));
        assertThatThrownBy(() -> target(
                        c -> c.capacityReservationTarget(t -> t.capacityReservationResourceGroupArn("arn:aws:x"))))
                .satisfies(code("UnsupportedOperation"));
        assertThatThrownBy(() -> target(c -> c.capacityReservationTarget(t -> t.capacityReservationId("cr-1"))))
                .satisfies(code("InvalidCapacityReservationId.Malformed"));
        assertThatThrownBy(
                        () -> ec2.modifyInstanceCapacityReservationAttributes(r -> r.instanceId(instance.instanceId())
                                .capacityReservationSpecification(c -> c.capacityReservationPreference("none"))))
                .satisfies(code("IncorrectInstanceState"));
        var none = target(c -> c.capacityReservationPreference("none"));
        assertThat(none.capacityReservationId()).isNull();
        assertThat(none.capacityReservationSpecification().capacityReservationPreferenceAsString())
                .isEqualTo("none");
        ec2.terminateInstances(r -> r.instanceIds(instance.instanceId(), none.instanceId()));
        ec2.cancelCapacityReservation(r -> r.capacityReservationId(id));
    }

    private Instance target(Consumer<CapacityReservationSpecification.Builder> choice) {
        return run(r -> r.capacityReservationSpecification(choice));
    }

    @Test
    void liveFromTheirCreationToTheirEndOverRest() {
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
