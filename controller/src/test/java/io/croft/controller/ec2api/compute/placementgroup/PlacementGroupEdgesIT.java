package io.croft.controller.ec2api.compute.placementgroup;

import static io.croft.controller.ec2api.Tenant.code;
import static io.croft.controller.ec2api.Tenant.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.ec2api.WireCall;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.restapi.RestClient;
import java.util.List;
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
import software.amazon.awssdk.services.ec2.model.CreatePlacementGroupRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstanceTopologyRequest;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceTopology;
import software.amazon.awssdk.services.ec2.model.ModifyInstancePlacementRequest;
import software.amazon.awssdk.services.ec2.model.Placement;
import software.amazon.awssdk.services.ec2.model.PlacementGroup;

/** Placement groups on one host, as AWS's SDK for Java, Terraform and REST drive them. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class PlacementGroupEdgesIT {
    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Tokens tokens;

    private Tenant tenant;
    private Ec2Client ec2;
    private String image;
    private RestClient rest;

    @BeforeAll
    void start() {
        tenant = tenants.create("groups");
        ec2 = tenant.ec2;
        image = tenant.image("grouped");
        rest = new RestClient(tenant.endpoint(), tokens.issue(tenant.account, User.FIRST, "test"));
    }

    private PlacementGroup create(String name, Consumer<CreatePlacementGroupRequest.Builder> change) {
        var request = CreatePlacementGroupRequest.builder().groupName(name);
        change.accept(request);
        return ec2.createPlacementGroup(request.build()).placementGroup();
    }

    private Instance run(Consumer<Placement.Builder> placement) {
        return ec2.runInstances(r -> r.imageId(image)
                        .instanceType("t3.nano")
                        .minCount(1)
                        .maxCount(1)
                        .placement(placement))
                .instances()
                .getFirst();
    }

    @Test
    void areShownByNameIdAndFilter() {
        var cluster = create(
                "near",
                r -> r.strategy("cluster")
                        .tagSpecifications(s -> s.resourceType("placement-group")
                                .tags(t -> t.key("team").value("near"))));
        assertThat(cluster.stateAsString()).isEqualTo("available");
        assertThat(cluster.groupArn()).isEqualTo("arn:aws:ec2:us-east-1:" + tenant.account + ":placement-group/near");
        assertThat(create("apart", r -> r.strategy("spread")).spreadLevelAsString())
                .isEqualTo("rack");
        assertThat(create("parts", r -> r.strategy("partition")).partitionCount())
                .isEqualTo(2);
        assertThat(ec2.describePlacementGroups(r -> r.groupNames("near")).placementGroups())
                .containsExactly(cluster);
        assertThat(ec2.describePlacementGroups(r -> r.groupIds(cluster.groupId()))
                        .placementGroups())
                .containsExactly(cluster);
        assertThat(ec2.describePlacementGroups(
                                r -> r.filters(filter("strategy", "spread"), filter("spread-level", "rack")))
                        .placementGroups())
                .extracting(PlacementGroup::groupName)
                .containsExactly("apart");
        assertThat(ec2.describePlacementGroups(r -> r.filters(filter("tag:team", "n*")))
                        .placementGroups())
                .containsExactly(cluster);
        assertThatThrownBy(() -> ec2.describePlacementGroups(r -> r.groupNames("nobody")))
                .satisfies(code("InvalidPlacementGroup.Unknown"));
        assertThatThrownBy(() -> create("near", r -> r.strategy("cluster")))
                .satisfies(code("InvalidPlacementGroup.Duplicate"));
        assertThatThrownBy(() -> create("odd", r -> r.strategy("circle"))).satisfies(code("InvalidParameterValue"));
        assertThatThrownBy(() -> create("odd", r -> r.strategy("partition").partitionCount(8)))
                .satisfies(code("InvalidParameterValue"));
        assertThatThrownBy(() -> create("odd", r -> r.dryRun(true))).satisfies(code("DryRunOperation"));
    }

    @Test
    void holdTheirInstances() {
        var group = create("held", r -> r.strategy("spread"));
        var launched = run(p -> p.groupName("held"));
        assertThat(launched.placement().groupName()).isEqualTo("held");
        assertThat(launched.placement().groupId()).isEqualTo(group.groupId());
        assertThat(ec2.describeInstances(r -> r.filters(filter("placement-group-name", "held"))).reservations().stream()
                        .flatMap(r -> r.instances().stream())
                        .map(Instance::instanceId))
                .containsExactly(launched.instanceId());
        assertThatThrownBy(() -> run(p -> p.groupId(group.groupId()))).satisfies(code("InsufficientInstanceCapacity"));
        assertThatThrownBy(() -> ec2.deletePlacementGroup(r -> r.groupName("held")))
                .satisfies(code("InvalidPlacementGroup.InUse"));
        ec2.terminateInstances(r -> r.instanceIds(launched.instanceId()));
        await().ignoreExceptions().untilAsserted(() -> ec2.deletePlacementGroup(r -> r.groupName("held")));
        assertThatThrownBy(() -> ec2.deletePlacementGroup(r -> r.groupName("held")))
                .satisfies(code("InvalidPlacementGroup.Unknown"));
    }

    @Test
    void partitionAHostOnce() {
        create("rings", r -> r.strategy("partition").partitionCount(3));
        var second = run(p -> p.groupName("rings").partitionNumber(2));
        assertThat(second.placement().partitionNumber()).isEqualTo(2);
        assertThat(run(p -> p.groupName("rings")).placement().partitionNumber()).isEqualTo(2);
        assertThatThrownBy(() -> run(p -> p.groupName("rings").partitionNumber(3)))
                .satisfies(code("InsufficientInstanceCapacity"));
        assertThatThrownBy(() -> run(p -> p.groupName("rings").partitionNumber(4)))
                .satisfies(code("InvalidParameterValue"));
        assertThatThrownBy(() -> run(p -> p.partitionNumber(1))).satisfies(code("InvalidParameterCombination"));
        assertThatThrownBy(() -> run(p -> p.groupName("nobody"))).satisfies(code("InvalidPlacementGroup.Unknown"));
    }

    @Test
    void stayNamedInATemplate() {
        create("named", r -> r.strategy("cluster"));
        var template = ec2.createLaunchTemplate(r -> r.launchTemplateName("grouped")
                        .launchTemplateData(d -> d.imageId(image).placement(p -> p.groupName("named"))))
                .launchTemplate();
        var launched = ec2.runInstances(r ->
                        r.minCount(1).maxCount(1).launchTemplate(t -> t.launchTemplateId(template.launchTemplateId())))
                .instances()
                .getFirst();
        assertThat(launched.placement().groupName()).isEqualTo("named");
    }

    @Test
    void takeAndLoseStoppedInstances() {
        create("lone", r -> r.strategy("spread"));
        create("slices", r -> r.strategy("partition").partitionCount(2));
        var held = run(p -> p.groupName("slices").partitionNumber(1)).instanceId();
        var moving = run(p -> {}).instanceId();
        assertThatThrownBy(() -> move(moving, r -> r.groupName("lone"))).satisfies(code("IncorrectInstanceState"));
        await().ignoreExceptions().untilAsserted(() -> ec2.stopInstances(r -> r.instanceIds(moving)));
        await().untilAsserted(
                        () -> assertThat(shown(moving).state().nameAsString()).isEqualTo("stopped"));

        move(moving, r -> r.groupName("slices"));
        assertThat(shown(moving).placement().groupName()).isEqualTo("slices");
        assertThat(shown(moving).placement().partitionNumber()).isEqualTo(1);
        assertThatThrownBy(() -> move(moving, r -> r.partitionNumber(2)))
                .satisfies(code("InsufficientInstanceCapacity"));
        assertThatThrownBy(() -> move(moving, r -> r.partitionNumber(3))).satisfies(code("InvalidParameterValue"));
        move(moving, r -> r.groupName(""));
        assertThat(shown(moving).placement().groupName()).isEmpty();
        assertThatThrownBy(() -> move(moving, r -> r.partitionNumber(1)))
                .satisfies(code("InvalidParameterCombination"));

        move(moving, r -> r.groupName("lone"));
        assertThatThrownBy(() -> run(p -> p.groupName("lone"))).satisfies(code("InsufficientInstanceCapacity"));
        move(moving, r -> r.groupName("lone").tenancy("default"));
        ec2.startInstances(r -> r.instanceIds(moving));
        assertThat(shown(moving).placement().groupName()).isEqualTo("lone");

        move(moving, r -> r.tenancy("default").affinity("default"));
        assertThatThrownBy(() -> move(moving, r -> {})).satisfies(code("MissingParameter"));
        assertThatThrownBy(() -> move(moving, r -> r.tenancy("dedicated"))).satisfies(code("UnsupportedOperation"));
        assertThatThrownBy(() -> move(moving, r -> r.hostId("h-0123456789abcdef0")))
                .satisfies(code("UnsupportedOperation"));
        ec2.terminateInstances(r -> r.instanceIds(moving, held));
    }

    private void move(String instance, Consumer<ModifyInstancePlacementRequest.Builder> change) {
        ec2.modifyInstancePlacement(change.andThen(r -> r.instanceId(instance)));
    }

    private Instance shown(String instance) {
        return ec2.describeInstances(r -> r.instanceIds(instance))
                .reservations()
                .getFirst()
                .instances()
                .getFirst();
    }

    @Test
    void tellHowNearTheirInstancesAre() {
        create("mapped", r -> r.strategy("cluster"));
        var first = run(p -> p.groupName("mapped")).instanceId();
        var second = run(p -> {}).instanceId();
        await().untilAsserted(() -> assertThat(topologies(r -> r.instanceIds(first, second)))
                .allSatisfy(t -> assertThat(t.networkNodes()).hasSize(3).allMatch(n -> n.matches("nn-[0-9a-f]{17}"))));
        var both = topologies(r -> r.instanceIds(first, second));
        assertThat(both.getFirst().networkNodes()).isEqualTo(both.getLast().networkNodes());
        assertThat(topologies(r -> r.groupNames("mapped"))).singleElement().satisfies(t -> {
            assertThat(t.instanceId()).isEqualTo(first);
            assertThat(t.groupName()).isEqualTo("mapped");
            assertThat(t.zoneId()).isEqualTo("use1-az1");
        });
        assertThat(topologies(r -> r.filters(filter("zone-id", "use1-az1"), filter("instance-type", "t3.n*"))
                        .maxResults(1)))
                .hasSize(1);
        assertThatThrownBy(() -> topologies(r -> r.maxResults(101))).satisfies(code("InvalidParameterValue"));
        ec2.terminateInstances(r -> r.instanceIds(first, second));
    }

    private List<InstanceTopology> topologies(Consumer<DescribeInstanceTopologyRequest.Builder> query) {
        return ec2.describeInstanceTopology(query).instances();
    }

    @Test
    void areManagedByTerraform() {
        WireCall.served(
                tenant,
                "CreatePlacementGroup",
                "GroupName=terraform",
                "PartitionCount=3",
                "Strategy=partition",
                "TagSpecification.1.ResourceType=placement-group",
                "TagSpecification.1.Tag.1.Key=made",
                "TagSpecification.1.Tag.1.Value=terraform");
        var shown = WireCall.served(tenant, "DescribePlacementGroups", "GroupName.1=terraform");
        shown.reads(
                "placementGroupSet/item",
                Map.of(
                        "groupName",
                        "terraform",
                        "strategy",
                        "partition",
                        "partitionCount",
                        "3",
                        "state",
                        "available",
                        "tagSet/item/value",
                        "terraform"));
        assertThat(shown.at("placementGroupSet/item/groupId")).startsWith("pg-");
        assertThat(shown.at("placementGroupSet/item/groupArn")).endsWith(":placement-group/terraform");
        WireCall.served(tenant, "DeletePlacementGroup", "GroupName=terraform");
        WireCall.gone(tenant, "InvalidPlacementGroup.Unknown", "DescribePlacementGroups", "GroupName.1=terraform");
    }

    @Test
    void liveFromTheirCreationToTheirEndOverRest() {
        var made = rest.send(
                "POST",
                "/v1/placement-groups",
                "{\"name\":\"rest-apart\",\"strategy\":\"spread\",\"tags\":{\"a\":\"b\"}}",
                Map.of("Idempotency-Key", "apart"));
        assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
        assertThat(made.text("spreadLevel")).isEqualTo("rack");
        assertThat(rest.get("/v1/placement-groups?strategy=spread&group-name=rest-apart")
                        .body()
                        .get("items"))
                .hasSize(1);
        assertThat(rest.post("/v1/placement-groups", "{\"name\":\"rest-apart\"}")
                        .status())
                .isEqualTo(409);
        assertThat(rest.post("/v1/placement-groups", "{\"name\":\"odd\",\"strategy\":\"heap\"}")
                        .text("detail"))
                .contains("strategy");
        assertThat(rest.delete(made.header("Location")).status()).isEqualTo(204);
        assertThat(rest.delete(made.header("Location")).status()).isEqualTo(404);
        assertThat(rest.get(made.header("Location")).status()).isEqualTo(404);
    }

    @Test
    void takeLaunchesOverRest() {
        var group = rest.post("/v1/placement-groups", "{\"name\":\"rows\",\"strategy\":\"partition\"}");
        assertThat(group.status()).as(group.raw().body()).isEqualTo(201);
        var launch = launch(",\"placementGroup\":{\"name\":\"rows\",\"partition\":2},\"monitored\":true");
        rest.succeeds(launch);
        var shown =
                rest.get("/v1/instances/" + launch.body().get("targets").get(0).asString());
        assertThat(shown.body().get("placementGroup").get("partition").asInt()).isEqualTo(2);
        assertThat(shown.body().get("monitored").asBoolean()).isTrue();
        assertThat(rest.delete(group.header("Location")).text("code")).isEqualTo("InvalidPlacementGroup.InUse");
    }

    @Test
    void takeAStoppedInstanceOverRest() {
        rest.post("/v1/placement-groups", "{\"name\":\"rest-parts\",\"strategy\":\"partition\"}");
        var launch = launch("");
        rest.succeeds(launch);
        var path = "/v1/instances/" + launch.body().get("targets").get(0).asString();
        var join = "{\"placementGroup\":{\"name\":\"rest-parts\",\"partition\":2}}";
        var any = Map.of("If-Match", "*");
        assertThat(rest.send("PATCH", path, join, any).text("code")).isEqualTo("IncorrectInstanceState");
        rest.succeeds(rest.post(path + "/stop?force=true", ""));
        var joined =
                rest.send("PATCH", path, join, Map.of("If-Match", rest.get(path).header("ETag")));
        assertThat(joined.status()).as(joined.raw().body()).isEqualTo(200);
        assertThat(joined.body().get("placementGroup").get("name").asString()).isEqualTo("rest-parts");
        assertThat(joined.body().get("placementGroup").get("partition").asInt()).isEqualTo(2);
        var unknown = rest.send("PATCH", path, "{\"placementGroup\":{\"name\":\"nowhere\"}}", any);
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text("detail")).contains("nowhere");
        assertThat(rest.send("PATCH", path, "{\"placementGroup\":{\"name\":\"\",\"partition\":1}}", any)
                        .text("code"))
                .isEqualTo("InvalidParameterCombination");
        assertThat(rest.get(path).body()).isEqualTo(joined.body());
        var left = rest.send("PATCH", path, "{\"placementGroup\":{\"name\":\"\"}}", any);
        assertThat(left.body().get("placementGroup").isNull())
                .as(left.raw().body())
                .isTrue();
    }

    private RestClient.Answer launch(String more) {
        return rest.post("/v1/instances", "{\"imageId\":\"" + image + "\",\"instanceType\":\"t3.nano\"" + more + "}");
    }
}
