package io.croft.controller.ec2api.compute.launchtemplate;

import static io.croft.controller.ec2api.Tenant.code;
import static io.croft.controller.ec2api.Tenant.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.croft.controller.CroftController;
import io.croft.controller.awsedge.StructureMembers;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.RequestLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Launch templates and launches from them, as AWS's SDK for Java drives them. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class LaunchTemplatesIT {
    private static final String USER_DATA = Base64.getEncoder().encodeToString(new byte[] {'#', '!', '\n'});

    @Autowired
    EdgeWorld.Tenants tenants;

    private Tenant tenant;
    private Ec2Client ec2;
    private String image;

    @BeforeAll
    void start() {
        tenant = tenants.create("templates");
        ec2 = tenant.ec2;
        image = tenant.image("templated");
    }

    @Test
    void anInstanceTellsTheDataToMakeAnotherOfItsKind() {
        ec2.createKeyPair(r -> r.keyName("of-data"));
        ec2.createPlacementGroup(r -> r.groupName("of-data").strategy("partition"));
        var original = ec2.runInstances(r -> r.imageId(image)
                        .instanceType("t3.nano")
                        .keyName("of-data")
                        .userData(USER_DATA)
                        .placement(p -> p.groupName("of-data").partitionNumber(2))
                        .blockDeviceMappings(b -> b.deviceName("/dev/xvda")
                                .ebs(e -> e.volumeSize(2).deleteOnTermination(false)))
                        .metadataOptions(m -> m.httpTokens("optional").httpPutResponseHopLimit(3))
                        .instanceInitiatedShutdownBehavior("terminate")
                        .monitoring(m -> m.enabled(true))
                        .tagSpecifications(s -> s.resourceType("instance")
                                .tags(k -> k.key("kind").value("one")))
                        .minCount(1)
                        .maxCount(1))
                .instances()
                .getFirst();
        var data = ec2.getLaunchTemplateData(r -> r.instanceId(original.instanceId()))
                .launchTemplateData();
        assertThat(data.userData()).isEqualTo(USER_DATA);
        assertThat(data.networkInterfaces().getFirst().privateIpAddress()).isNull();
        var template = ec2.createLaunchTemplate(r -> r.launchTemplateName(name())
                        .launchTemplateData(
                                StructureMembers.fill(RequestLaunchTemplateData.builder(), StructureMembers.of(data))))
                .launchTemplate();
        var another = run(template, r -> {}).getFirst();
        assertThat(ec2.getLaunchTemplateData(r -> r.instanceId(another.instanceId()))
                        .launchTemplateData())
                .isEqualTo(data);
        ec2.terminateInstances(r -> r.instanceIds(original.instanceId(), another.instanceId()));
    }

    private static String name() {
        return "web/" + UUID.randomUUID();
    }

    private LaunchTemplate create(Consumer<RequestLaunchTemplateData.Builder> data) {
        return ec2.createLaunchTemplate(r -> r.launchTemplateName(name()).launchTemplateData(data))
                .launchTemplate();
    }

    private LaunchTemplateVersion addVersion(
            LaunchTemplate template, @Nullable String source, Consumer<RequestLaunchTemplateData.Builder> data) {
        return ec2.createLaunchTemplateVersion(r -> r.launchTemplateId(template.launchTemplateId())
                        .sourceVersion(source)
                        .launchTemplateData(data))
                .launchTemplateVersion();
    }

    private List<Instance> run(LaunchTemplate template, Consumer<RunInstancesRequest.Builder> change) {
        var request = RunInstancesRequest.builder()
                .minCount(1)
                .maxCount(1)
                .launchTemplate(t -> t.launchTemplateId(template.launchTemplateId()));
        change.accept(request);
        return ec2.runInstances(request.build()).instances();
    }

    private void end(List<Instance> instances) {
        ec2.terminateInstances(
                r -> r.instanceIds(instances.stream().map(Instance::instanceId).toList()));
    }

    @Test
    void givesBackWhatItWasGiven() {
        var given = RequestLaunchTemplateData.builder()
                .imageId(image)
                .instanceType("t3.nano")
                .ebsOptimized(false)
                .disableApiTermination(false)
                .instanceInitiatedShutdownBehavior("terminate")
                .userData(USER_DATA)
                .monitoring(m -> m.enabled(false))
                .metadataOptions(m -> m.httpTokens("required").httpPutResponseHopLimit(1))
                .blockDeviceMappings(b -> b.deviceName("/dev/xvda")
                        .ebs(e -> e.volumeSize(2).volumeType("gp3").deleteOnTermination(true)))
                .networkInterfaces(n -> n.deviceIndex(0).associatePublicIpAddress(true))
                .tagSpecifications(
                        s -> s.resourceType("instance").tags(t -> t.key("Name").value("")),
                        s -> s.resourceType("volume").tags(t -> t.key("of").value("web")))
                .build();
        var template = ec2.createLaunchTemplate(r -> r.launchTemplateName(name())
                        .versionDescription("first")
                        .launchTemplateData(given)
                        .tagSpecifications(s -> s.resourceType("launch-template")
                                .tags(t -> t.key("team").value("web"))))
                .launchTemplate();
        assertThat(template.latestVersionNumber()).isEqualTo(1);
        assertThat(template.defaultVersionNumber()).isEqualTo(1);
        assertThat(template.createdBy())
                .isEqualTo(tenant.sts().getCallerIdentity().arn());
        assertThat(template.tags()).extracting(t -> t.key() + "=" + t.value()).containsExactly("team=web");
        var version = ec2.describeLaunchTemplateVersions(
                        r -> r.launchTemplateId(template.launchTemplateId()).versions("$Latest"))
                .launchTemplateVersions()
                .getFirst();
        assertThat(version.versionDescription()).isEqualTo("first");
        assertThat(version.defaultVersion()).isTrue();
        assertThat(version.launchTemplateData())
                .isEqualTo(StructureMembers.fill(ResponseLaunchTemplateData.builder(), StructureMembers.of(given)));
    }

    @Test
    void launchesWhatTheTemplateSaysAndTheRequestChanges() {
        var template = create(d -> d.imageId(image)
                .instanceType("t3.nano")
                .instanceInitiatedShutdownBehavior("terminate")
                .tagSpecifications(s -> s.resourceType("instance")
                        .tags(
                                t -> t.key("Name").value("plain"),
                                t -> t.key("team").value("web"))));
        var plain = run(template, r -> {}).getFirst();
        assertThat(plain.instanceTypeAsString()).isEqualTo("t3.nano");
        assertThat(plain.imageId()).isEqualTo(image);
        assertThat(plain.tags())
                .extracting(t -> t.key() + "=" + t.value())
                .containsExactlyInAnyOrder(
                        "Name=plain",
                        "team=web",
                        "aws:ec2launchtemplate:id=" + template.launchTemplateId(),
                        "aws:ec2launchtemplate:version=1");
        var changed = run(
                        template,
                        r -> r.instanceType("t3.micro")
                                .tagSpecifications(s -> s.resourceType("instance")
                                        .tags(t -> t.key("Name").value("changed"))))
                .getFirst();
        assertThat(changed.instanceTypeAsString()).isEqualTo("t3.micro");
        assertThat(changed.tags()).extracting(t -> t.key() + "=" + t.value()).contains("Name=changed", "team=web");
        assertThat(ec2.describeTags(r -> r.filters(
                                filter("resource-id", plain.instanceId()), filter("key", "aws:ec2launchtemplate:id")))
                        .tags())
                .hasSize(1);
        ec2.deleteTags(r -> r.resources(plain.instanceId()));
        assertThat(ec2.describeTags(r -> r.filters(filter("resource-id", plain.instanceId())))
                        .tags())
                .extracting(t -> t.key())
                .containsExactlyInAnyOrder("aws:ec2launchtemplate:id", "aws:ec2launchtemplate:version");
        assertThatThrownBy(() -> ec2.createTags(r -> r.resources(plain.instanceId())
                        .tags(t -> t.key("aws:ec2launchtemplate:id").value("mine"))))
                .satisfies(code("InvalidParameterValue"));
        end(List.of(plain, changed));
    }

    @Test
    void launchesFromTheVersionAskedForAndOnceForOneToken() {
        var template = create(d -> d.imageId(image).instanceType("t3.nano"));
        addVersion(template, "1", d -> d.instanceType("t3.micro"));
        var token = "once-" + UUID.randomUUID();
        var first = run(template, r -> r.clientToken(token)).getFirst();
        assertThat(first.instanceTypeAsString()).isEqualTo("t3.nano");
        ec2.modifyLaunchTemplate(
                r -> r.launchTemplateId(template.launchTemplateId()).defaultVersion("2"));
        assertThat(run(template, r -> r.clientToken(token)).getFirst().instanceId())
                .isEqualTo(first.instanceId());
        assertThatThrownBy(() -> run(template, r -> r.clientToken(token).maxCount(2)))
                .satisfies(code("IdempotentParameterMismatch"));
        var second = run(template, r -> {}).getFirst();
        assertThat(second.instanceTypeAsString()).isEqualTo("t3.micro");
        var byName = ec2.runInstances(r -> r.minCount(1)
                        .maxCount(1)
                        .launchTemplate(t -> t.launchTemplateName(template.launchTemplateName())
                                .version("$Latest")))
                .instances()
                .getFirst();
        assertThat(byName.imageId()).isEqualTo(image);
        end(List.of(first, second, byName));
        assertThatThrownBy(() -> run(
                        template,
                        r -> r.launchTemplate(t ->
                                t.launchTemplateId(template.launchTemplateId()).version("7"))))
                .satisfies(code("InvalidLaunchTemplateId.VersionNotFound"));
        assertThatThrownBy(() -> run(template, r -> r.dryRun(true))).satisfies(code("DryRunOperation"));
        assertThatThrownBy(() -> run(template, r -> r.launchTemplate(t -> t.version("1"))))
                .satisfies(code("MissingParameter"));
        assertThatThrownBy(() -> run(template, r -> r.launchTemplate(t -> t.launchTemplateId("lt-00000000000000000"))))
                .satisfies(code("InvalidLaunchTemplateId.NotFound"));
        assertThatThrownBy(() -> run(template, r -> r.launchTemplate(t -> t.launchTemplateName("nobody"))))
                .satisfies(code("InvalidLaunchTemplateName.NotFoundException"));
    }

    @Test
    void countsVersions() {
        var template = create(d -> d.instanceType("t3.nano").imageId(image));
        var id = template.launchTemplateId();
        var second = addVersion(template, "$Default", d -> d.keyName("k"));
        assertThat(second.versionNumber()).isEqualTo(2);
        assertThat(second.launchTemplateData().imageId()).isEqualTo(image);
        addVersion(template, null, d -> d.instanceType("t3.micro"));
        assertThat(numbers(ec2.describeLaunchTemplateVersions(r -> r.launchTemplateId(id))
                        .launchTemplateVersions()))
                .containsExactly(3L, 2L, 1L);
        assertThat(numbers(ec2.describeLaunchTemplateVersions(
                                r -> r.launchTemplateId(id).minVersion("2").maxVersion("9"))
                        .launchTemplateVersions()))
                .containsExactly(3L, 2L);
        assertThat(numbers(ec2.describeLaunchTemplateVersions(
                                r -> r.launchTemplateId(id).versions("$Latest", "$Default", "2"))
                        .launchTemplateVersions()))
                .containsExactly(3L, 2L, 1L);
        assertThat(numbers(ec2.describeLaunchTemplateVersions(r -> r.launchTemplateId(id)
                                .filters(filter("instance-type", "*.nano"), filter("is-default-version", "false")))
                        .launchTemplateVersions()))
                .containsExactly(2L);
        assertThat(ec2
                        .describeLaunchTemplateVersionsPaginator(
                                r -> r.launchTemplateId(id).maxResults(2))
                        .stream()
                        .map(p -> numbers(p.launchTemplateVersions())))
                .containsExactly(List.of(3L, 2L), List.of(1L));
        assertThat(ec2.describeLaunchTemplateVersions(r -> r.versions("$Latest"))
                        .launchTemplateVersions())
                .extracting(LaunchTemplateVersion::launchTemplateId, LaunchTemplateVersion::versionNumber)
                .contains(tuple(id, 3L));
        assertThatThrownBy(() -> ec2.describeLaunchTemplateVersions(
                        r -> r.launchTemplateId(id).versions("4")))
                .satisfies(code("InvalidLaunchTemplateId.VersionNotFound"));

        var deleted =
                ec2.deleteLaunchTemplateVersions(r -> r.launchTemplateId(id).versions("1", "3", "9"));
        assertThat(deleted.successfullyDeletedLaunchTemplateVersions())
                .extracting(v -> v.versionNumber())
                .containsExactly(3L);
        assertThat(deleted.unsuccessfullyDeletedLaunchTemplateVersions())
                .extracting(v -> v.versionNumber(), v -> v.responseError().codeAsString())
                .containsExactly(tuple(1L, "unexpectedError"), tuple(9L, "launchTemplateVersionDoesNotExist"));
        assertThat(shown(id).latestVersionNumber()).isEqualTo(2);
        assertThat(addVersion(template, null, d -> d.instanceType("t3.nano")).versionNumber())
                .isEqualTo(4);
        ec2.modifyLaunchTemplate(r -> r.launchTemplateId(id).defaultVersion("4"));
        assertThat(shown(id).defaultVersionNumber()).isEqualTo(4);
    }

    private static List<Long> numbers(List<LaunchTemplateVersion> versions) {
        return versions.stream().map(LaunchTemplateVersion::versionNumber).toList();
    }

    private LaunchTemplate shown(String id) {
        return ec2.describeLaunchTemplates(r -> r.launchTemplateIds(id))
                .launchTemplates()
                .getFirst();
    }

    @Test
    void refusesByName() {
        var template = create(d -> d.instanceType("t3.nano"));
        assertThatThrownBy(() -> ec2.createLaunchTemplate(r -> r.launchTemplateName(template.launchTemplateName())
                        .launchTemplateData(d -> d.instanceType("t3.nano"))))
                .satisfies(code("InvalidLaunchTemplateName.AlreadyExistsException"));
        assertThatThrownBy(() -> ec2.createLaunchTemplate(
                        r -> r.launchTemplateName("a b").launchTemplateData(d -> d.instanceType("t3.nano"))))
                .satisfies(code("InvalidLaunchTemplateName.MalformedException"));
        assertThatThrownBy(() -> ec2.createLaunchTemplate(r -> r.launchTemplateName(name())))
                .satisfies(code("MissingParameter"));
        assertThatThrownBy(() -> create(d -> d.ramDiskId("ari-1")))
                .satisfies(code("UnsupportedOperation"))
                .hasMessageContaining("LaunchTemplateData.RamDiskId");
        assertThatThrownBy(() -> create(d -> d.userData("x".repeat(32 * 1024 + 1))))
                .satisfies(code("InvalidParameterValue"));
        assertThatThrownBy(() -> create(d -> d.imageId("resolve:ssm:/golden-image")))
                .satisfies(code("UnsupportedOperation"));
        assertThatThrownBy(() -> create(d -> d.tagSpecifications(s -> s.resourceType("vpc"))))
                .satisfies(code("InvalidParameterValue"));
        assertThatThrownBy(() -> ec2.createLaunchTemplate(r ->
                        r.launchTemplateName(name()).dryRun(true).launchTemplateData(d -> d.instanceType("t3.nano"))))
                .satisfies(code("DryRunOperation"));
        assertThatThrownBy(() -> ec2.describeLaunchTemplates(r -> r.launchTemplateNames("nobody")))
                .satisfies(code("InvalidLaunchTemplateName.NotFoundException"));
        assertThatThrownBy(() -> ec2.describeLaunchTemplates(r -> r.launchTemplateIds("lt-xyz")))
                .satisfies(code("InvalidLaunchTemplateId.Malformed"));
    }

    /** As EC2 does: what the image and the user data are only a launch finds out. */
    @Test
    void keepsAnyImageAndAnyUserData() {
        var id = create(d -> d.imageId("golden").userData("#!/bin/sh\n")).launchTemplateId();
        var data = ec2.describeLaunchTemplateVersions(r -> r.launchTemplateId(id))
                .launchTemplateVersions()
                .getFirst()
                .launchTemplateData();
        assertThat(data.imageId()).isEqualTo("golden");
        assertThat(data.userData()).isEqualTo("#!/bin/sh\n");
        assertThatThrownBy(() ->
                        ec2.runInstances(r -> r.minCount(1).maxCount(1).launchTemplate(t -> t.launchTemplateId(id))))
                .satisfies(code("InvalidAMIID.Malformed"));
        assertThatThrownBy(() -> ec2.runInstances(
                        r -> r.imageId(image).minCount(1).maxCount(1).launchTemplate(t -> t.launchTemplateId(id))))
                .satisfies(code("InvalidUserData.Malformed"));
    }

    @Test
    void keepsIdsOfAnyForm() {
        var ids = create(d -> d.imageId("ami-abc123")
                        .instanceType("t3.nano")
                        .securityGroupIds("sg-1234", "sg-ab5678")
                        .placement(p -> p.groupId("group")))
                .launchTemplateId();
        var kept = ec2.describeLaunchTemplateVersions(r -> r.launchTemplateId(ids))
                .launchTemplateVersions()
                .getFirst()
                .launchTemplateData();
        assertThat(kept.securityGroupIds()).containsExactly("sg-1234", "sg-ab5678");
        assertThat(kept.placement().groupId()).isEqualTo("group");
        assertThatThrownBy(() -> ec2.runInstances(
                        r -> r.imageId(image).minCount(1).maxCount(1).launchTemplate(t -> t.launchTemplateId(ids))))
                .satisfies(code("InvalidGroupId.Malformed"));
        var cards = create(d -> d.networkInterfaces(
                        n -> n.deviceIndex(0).subnetId("subnet").groups("group")))
                .launchTemplateId();
        assertThatThrownBy(() -> ec2.runInstances(
                        r -> r.imageId(image).minCount(1).maxCount(1).launchTemplate(t -> t.launchTemplateId(cards))))
                .satisfies(code("InvalidSubnetID.Malformed"));
        assertThatThrownBy(() -> create(d -> d.securityGroupIds("sg-1234").networkInterfaces(n -> n.deviceIndex(0))))
                .satisfies(code("InvalidParameterCombination"));
    }

    @Test
    void isMadeOnceForOneTokenAndDeletedWhole() {
        var name = name();
        var token = UUID.randomUUID().toString();
        var first = ec2.createLaunchTemplate(r -> r.launchTemplateName(name)
                        .clientToken(token)
                        .launchTemplateData(d -> d.instanceType("t3.nano")))
                .launchTemplate();
        var again = ec2.createLaunchTemplate(r -> r.launchTemplateName(name)
                        .clientToken(token)
                        .launchTemplateData(d -> d.instanceType("t3.nano")))
                .launchTemplate();
        assertThat(again.launchTemplateId()).isEqualTo(first.launchTemplateId());
        assertThatThrownBy(() -> ec2.createLaunchTemplate(r -> r.launchTemplateName(name)
                        .clientToken(token)
                        .launchTemplateData(d -> d.instanceType("t3.micro"))))
                .satisfies(code("IdempotentParameterMismatch"));
        ec2.createTags(r ->
                r.resources(first.launchTemplateId()).tags(t -> t.key("kept").value("no")));
        assertThat(ec2.describeLaunchTemplates(r -> r.filters(filter("tag:kept", "no")))
                        .launchTemplates())
                .extracting(LaunchTemplate::launchTemplateName)
                .containsExactly(name);
        ec2.deleteLaunchTemplate(r -> r.launchTemplateName(name));
        assertThatThrownBy(() -> shown(first.launchTemplateId())).satisfies(code("InvalidLaunchTemplateId.NotFound"));
        assertThat(ec2.describeTags(r -> r.filters(filter("resource-type", "launch-template"), filter("key", "kept")))
                        .tags())
                .isEmpty();
    }
}
