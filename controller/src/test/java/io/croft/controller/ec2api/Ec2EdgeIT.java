package io.croft.controller.ec2api;

import static io.croft.controller.ec2api.Tenant.code;
import static io.croft.controller.ec2api.Tenant.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.croft.controller.CroftController;
import io.croft.controller.fleet.CertificateAuthority;
import io.croft.controller.hostlink.Connectors;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.PermissionGroup;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.waiters.Ec2Waiter;

/** The whole controller with a simulated host, as AWS's SDK for Java drives it. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
public class Ec2EdgeIT {
    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    Connectors connectors;

    @Autowired
    CertificateAuthority authority;

    private Tenant tenant;
    private Ec2Client ec2;
    private Ec2Waiter waiter;
    private String image;

    @BeforeAll
    void start() {
        tenant = tenants.create("edge");
        ec2 = tenant.ec2;
        image = tenant.image("tiny");
        waiter = tenant.waiter;
    }

    @Test
    void runsAnInstancesWholeLife() {
        var launched =
                ec2.runInstances(launch().minCount(3).maxCount(3).build()).instances();
        var ids = launched.stream().map(Instance::instanceId).toList();
        assertThat(launched)
                .allSatisfy(i -> assertThat(i.state().nameAsString()).isEqualTo("pending"));
        waiter.waitUntilInstanceRunning(r -> r.instanceIds(ids));
        assertThat(instances(ids)).allSatisfy(i -> {
            assertThat(i.privateIpAddress()).startsWith("172.31.");
            assertThat(i.publicIpAddress()).startsWith("198.18.0.");
            assertThat(i.blockDeviceMappings()).hasSize(1);
            assertThat(i.networkInterfaces()).hasSize(1);
            assertThat(i.imageId()).isEqualTo(image);
            assertThat(i.stateReason()).isNull();
        });
        waiter.waitUntilInstanceStatusOk(r -> r.instanceIds(ids));

        var one = ids.getFirst();
        ec2.stopInstances(r -> r.instanceIds(one));
        waiter.waitUntilInstanceStopped(r -> r.instanceIds(one));
        assertThat(instances(List.of(one)).getFirst().stateReason().code()).isEqualTo("Client.UserInitiatedShutdown");
        assertThat(ec2.describeInstanceStatus(r -> r.instanceIds(ids)).instanceStatuses())
                .extracting(s -> s.instanceStatus().statusAsString())
                .containsExactly("ok", "ok");
        assertThat(ec2.describeInstanceStatus(r -> r.instanceIds(one).includeAllInstances(true))
                        .instanceStatuses())
                .extracting(s -> s.systemStatus().statusAsString())
                .containsExactly("not-applicable");
        ec2.startInstances(r -> r.instanceIds(one));
        waiter.waitUntilInstanceRunning(r -> r.instanceIds(one));
        ec2.rebootInstances(r -> r.instanceIds(one));
        var console = ec2.getConsoleOutput(r -> r.instanceId(one)).output();
        assertThat(new String(Base64.getDecoder().decode(console), StandardCharsets.UTF_8))
                .contains(one);

        assertThat(screen(one, false)).isEqualTo("SCREENSHOT of " + one + "\n");
        assertThat(screen(one, true)).isEqualTo("WAKE_SCREENSHOT of " + one + "\n");
        assertThatThrownBy(() -> ec2.getConsoleScreenshot(r -> r.instanceId(one).dryRun(true)))
                .satisfies(code("DryRunOperation"));

        assertThat(ec2.terminateInstances(r -> r.instanceIds(ids)).terminatingInstances())
                .extracting(c -> c.currentState().nameAsString())
                .containsOnly("shutting-down");
        waiter.waitUntilInstanceTerminated(r -> r.instanceIds(ids));
        assertThatThrownBy(() -> screen(one, false)).satisfies(code("IncorrectInstanceState"));
        assertThat(instances(ids))
                .allSatisfy(i -> assertThat(i.networkInterfaces()).isEmpty());
        assertThat(ec2.describeVolumes(r -> r.filters(filter("attachment.instance-id", one)))
                        .volumes())
                .isEmpty();
    }

    @Test
    void hibernates() {
        var launched = ec2.runInstances(
                        launch().hibernationOptions(h -> h.configured(true)).build())
                .instances();
        var id = launched.getFirst().instanceId();
        waiter.waitUntilInstanceRunning(r -> r.instanceIds(id));
        assertThat(found(filter("instance-id", id), filter("hibernation-options.configured", "true")))
                .containsExactly(id);
        assertThatThrownBy(() ->
                        ec2.stopInstances(r -> r.instanceIds(id).hibernate(true).force(true)))
                .satisfies(code("InvalidParameterCombination"));
        ec2.stopInstances(r -> r.instanceIds(id).hibernate(true));
        waiter.waitUntilInstanceStopped(r -> r.instanceIds(id));
        var shown = instances(List.of(id)).getFirst();
        assertThat(shown.hibernationOptions().configured()).isTrue();
        assertThat(shown.stateReason().code()).isEqualTo("Client.UserInitiatedHibernate");
        ec2.startInstances(r -> r.instanceIds(id));
        waiter.waitUntilInstanceRunning(r -> r.instanceIds(id));
        end(launched);

        var plain = ec2.runInstances(launch().build()).instances();
        waiter.waitUntilInstanceRunning(r -> r.instanceIds(plain.getFirst().instanceId()));
        assertThatThrownBy(() -> ec2.stopInstances(
                        r -> r.instanceIds(plain.getFirst().instanceId()).hibernate(true)))
                .satisfies(code("UnsupportedHibernationConfiguration"));
        end(plain);
        assertThat(ec2.describeInstanceTypes(r -> r.filters(filter("hibernation-supported", "false")))
                        .instanceTypes())
                .allSatisfy(t -> assertThat(t.memoryInfo().sizeInMiB()).isGreaterThan(150 * 1024));
    }

    @Test
    void showsInstancesByFilterAndPage() {
        var name = "page-" + UUID.randomUUID();
        var ids = ec2
                .runInstances(launch().minCount(7)
                        .maxCount(7)
                        .tagSpecifications(s -> s.resourceType("instance")
                                .tags(t -> t.key("Name").value(name)))
                        .build())
                .instances()
                .stream()
                .map(Instance::instanceId)
                .toList();
        var pages = ec2
                .describeInstancesPaginator(r ->
                        r.maxResults(5).filters(filter("tag:Name", name.substring(0, 20) + "*")))
                .stream()
                .map(p -> p.reservations().stream()
                        .mapToInt(s -> s.instances().size())
                        .sum());
        assertThat(pages).containsExactly(5, 2);
        assertThat(found(filter("tag:Name", name), filter("instance-state-name", "pending", "running")))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(found(filter("tag:Name", name), filter("instance-state-name", "stopped")))
                .isEmpty();
        assertThatThrownBy(() -> found(filter("colour", "red"))).satisfies(code("InvalidParameterValue"));
        assertThatThrownBy(() -> ec2.describeInstances(r -> r.maxResults(4))).satisfies(code("InvalidParameterValue"));
        assertThatThrownBy(() -> ec2.describeInstances(r -> r.nextToken("x")))
                .satisfies(code("InvalidPaginationToken"));
        assertThatThrownBy(() ->
                        ec2.describeInstances(r -> r.instanceIds(ids.getFirst()).maxResults(5)))
                .satisfies(code("InvalidParameterCombination"));
        ec2.terminateInstances(r -> r.instanceIds(ids));
        waiter.waitUntilInstanceTerminated(r -> r.instanceIds(ids));
    }

    @Test
    void launchesOnceForOneToken() {
        var request = launch().clientToken("once-" + UUID.randomUUID());
        var first = ec2.runInstances(request.build());
        var again = ec2.runInstances(request.build());
        assertThat(again.reservationId()).isEqualTo(first.reservationId());
        assertThat(again.instances().getFirst().instanceId())
                .isEqualTo(first.instances().getFirst().instanceId());
        assertThatThrownBy(() -> ec2.runInstances(request.maxCount(2).build()))
                .satisfies(code("IdempotentParameterMismatch"));
        end(first.instances());
    }

    @Test
    void rehearsesAndLeavesNothing() {
        var before = ec2.describeInstances().reservations().size();
        assertThatThrownBy(() -> ec2.runInstances(launch().dryRun(true).build()))
                .satisfies(code("DryRunOperation"));
        assertThatThrownBy(() -> ec2.runInstances(
                        launch().imageId("ami-00000000000000000").dryRun(true).build()))
                .satisfies(code("InvalidAMIID.NotFound"));
        assertThat(ec2.describeInstances().reservations()).hasSize(before);
    }

    @Test
    void namesWhatALaunchLacks() {
        refusedLaunch(r -> r.imageId("ami-00000000000000000"), "InvalidAMIID.NotFound");
        refusedLaunch(r -> r.instanceType("t3.gigantic"), "InvalidParameterValue");
        refusedLaunch(r -> r.subnetId("subnet-00000000000000000"), "InvalidSubnetID.NotFound");
        refusedLaunch(r -> r.securityGroupIds("sg-00000000000000000"), "InvalidGroup.NotFound");
        refusedLaunch(r -> r.userData("***"), "InvalidUserData.Malformed");
        refusedLaunch(r -> r.minCount(3).maxCount(2), "InvalidParameterValue");
        refusedLaunch(r -> r.placement(p -> p.availabilityZone("mars-1a")), "InvalidParameterValue");
        refusedLaunch(r -> r.instanceType("m5.24xlarge"), "InsufficientInstanceCapacity", "InvalidInstanceType");
    }

    /** No host here emulates arm64. */
    @Test
    void keepsArchitecturesApart() {
        var location =
                ec2.describeImages(r -> r.imageIds(image)).images().getFirst().imageLocation();
        var arm = ec2.registerImage(r -> r.name("arm")
                        .imageLocation(location)
                        .architecture("arm64")
                        .rootDeviceName("/dev/vda"))
                .imageId();
        var shown = ec2.describeImages(r -> r.imageIds(arm)).images().getFirst();
        assertThat(shown.architectureAsString()).isEqualTo("arm64");
        assertThat(shown.bootModeAsString()).isEqualTo("uefi");
        var type = ec2.describeInstanceTypes(r -> r.instanceTypesWithStrings("t4g.nano"))
                .instanceTypes()
                .getFirst();
        assertThat(type.processorInfo().supportedArchitecturesAsStrings()).containsExactly("arm64");
        assertThat(type.supportedBootModesAsStrings()).containsExactly("uefi");
        assertThat(type.vCpuInfo().defaultVCpus()).isEqualTo(2);
        refusedLaunch(r -> r.instanceType("t4g.nano"), "InvalidParameterValue");
        refusedLaunch(r -> r.imageId(arm).instanceType("t3.nano"), "InvalidParameterValue");
        refusedLaunch(r -> r.imageId(arm).instanceType("t4g.nano"), "InsufficientInstanceCapacity");
        ec2.deregisterImage(r -> r.imageId(arm));
    }

    @Test
    void opensAndClosesASecurityGroup() {
        var vpc = ec2.describeVpcs(r -> r.filters(filter("isDefault", "true")))
                .vpcs()
                .getFirst();
        var group = ec2.createSecurityGroup(
                        r -> r.groupName("web").description("for the web").vpcId(vpc.vpcId()))
                .groupId();
        var ssh = IpPermission.builder()
                .ipProtocol("tcp")
                .fromPort(22)
                .toPort(22)
                .ipRanges(
                        IpRange.builder().cidrIp("0.0.0.0/0").description("all").build())
                .build();
        var rule = ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(ssh))
                .securityGroupRules()
                .getFirst();
        assertThat(rule.cidrIpv4()).isEqualTo("0.0.0.0/0");
        assertThat(rule.isEgress()).isFalse();
        assertThatThrownBy(() ->
                        ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).ipPermissions(ssh)))
                .satisfies(code("InvalidPermission.Duplicate"));
        var shown = ec2.describeSecurityGroups(r -> r.groupIds(group))
                .securityGroups()
                .getFirst();
        assertThat(shown.ipPermissions())
                .extracting(IpPermission::ipProtocol, IpPermission::fromPort)
                .containsExactly(tuple("tcp", 22));
        assertThat(shown.ipPermissionsEgress())
                .extracting(IpPermission::ipProtocol)
                .containsExactly("-1");
        assertThat(ec2.describeSecurityGroupRules(r -> r.filters(filter("group-id", group)))
                        .securityGroupRules())
                .hasSize(2);
        var everything = IpPermission.builder()
                .ipProtocol("-1")
                .ipRanges(IpRange.builder().cidrIp("0.0.0.0/0").build())
                .build();
        ec2.revokeSecurityGroupEgress(r -> r.groupId(group).ipPermissions(everything));
        assertThatThrownBy(() ->
                        ec2.revokeSecurityGroupEgress(r -> r.groupId(group).ipPermissions(everything)))
                .satisfies(code("InvalidPermission.NotFound"));
        ec2.authorizeSecurityGroupEgress(r -> r.groupId(group).ipPermissions(everything));
        ec2.revokeSecurityGroupIngress(r -> r.groupId(group).securityGroupRuleIds(rule.securityGroupRuleId()));
        assertThat(ec2.describeSecurityGroups(r -> r.groupNames("web"))
                        .securityGroups()
                        .getFirst()
                        .ipPermissions())
                .isEmpty();
        ec2.deleteSecurityGroup(r -> r.groupId(group));
        assertThatThrownBy(() -> ec2.describeSecurityGroups(r -> r.groupIds(group)))
                .satisfies(code("InvalidGroup.NotFound"));
    }

    @Test
    void keepsAGroupInUse() {
        var group = ec2.createSecurityGroup(r -> r.groupName("used").description("used"))
                .groupId();
        var running = ec2.runInstances(launch().securityGroupIds(group).build()).instances();
        assertThatThrownBy(() -> ec2.deleteSecurityGroup(r -> r.groupId(group))).satisfies(code("DependencyViolation"));
        assertThat(running.getFirst().securityGroups().getFirst().groupId()).isEqualTo(group);
        end(running);
        ec2.deleteSecurityGroup(r -> r.groupId(group));
    }

    @Test
    void tagsWhatThereIs() {
        var vpc = ec2.describeVpcs().vpcs().getFirst().vpcId();
        ec2.createTags(r -> r.resources(vpc)
                .tags(t -> t.key("a").value("1"), t -> t.key("b").value("")));
        assertThat(ec2.describeTags(r -> r.filters(filter("resource-id", vpc))).tags())
                .extracting(t -> t.key(), t -> t.value(), t -> t.resourceTypeAsString())
                .containsExactlyInAnyOrder(tuple("a", "1", "vpc"), tuple("b", "", "vpc"));
        ec2.deleteTags(r -> r.resources(vpc).tags(t -> t.key("a").value("2"), t -> t.key("b")));
        assertThat(ec2.describeVpcs(r -> r.vpcIds(vpc)).vpcs().getFirst().tags())
                .extracting(t -> t.key())
                .containsExactly("a");
        assertThatThrownBy(() -> ec2.createTags(
                        r -> r.resources(vpc).tags(t -> t.key("aws:x").value("1"))))
                .satisfies(code("InvalidParameterValue"));
        assertThatThrownBy(() ->
                        ec2.createTags(r -> r.resources("vpc-00000000000000000").tags(t -> t.key("a"))))
                .satisfies(code("InvalidVpcID.NotFound"));
        ec2.deleteTags(r -> r.resources(vpc));
    }

    @Test
    void showsTheNetworkAndTheDeployment() {
        var vpc = ec2.describeVpcs().vpcs().getFirst();
        assertThat(vpc.cidrBlock()).isEqualTo("172.31.0.0/16");
        assertThat(vpc.isDefault()).isTrue();
        var subnet = ec2.describeSubnets(r -> r.filters(filter("vpc-id", vpc.vpcId())))
                .subnets()
                .getFirst();
        assertThat(subnet.cidrBlock()).isEqualTo("172.31.0.0/20");
        assertThat(subnet.availableIpAddressCount()).isBetween(4000, 4091);
        assertThat(subnet.defaultForAz()).isTrue();
        assertThat(ec2.describeRegions().regions())
                .extracting(r -> r.regionName())
                .containsExactly("us-east-1");
        assertThat(ec2.describeAvailabilityZones(r -> r.filters(filter("state", "available")))
                        .availabilityZones())
                .extracting(z -> z.zoneName(), z -> z.zoneId())
                .containsExactly(tuple("us-east-1a", "use1-az1"));
        var nano = ec2.describeInstanceTypes(r -> r.instanceTypesWithStrings("t3.nano"))
                .instanceTypes()
                .getFirst();
        assertThat(nano.memoryInfo().sizeInMiB()).isEqualTo(512);
        for (var mode : List.of("legacy-bios", "uefi")) {
            assertThat(ec2.describeInstanceTypes(r -> r.filters(filter("supported-boot-mode", mode)))
                            .instanceTypes())
                    .isNotEmpty()
                    .allMatch(t -> t.supportedBootModesAsStrings().contains(mode));
        }
        assertThat(ec2.describeInstanceTypesPaginator(r -> r.maxResults(5)).stream()
                        .mapToLong(p -> p.instanceTypes().size())
                        .sum())
                .isGreaterThan(20);
        assertThat(tenant.sts().getCallerIdentity().account()).isEqualTo(tenant.account.value());
    }

    @Test
    void showsAnInstancesPartsByThemselves() {
        var running = ec2.runInstances(launch().build()).instances();
        var id = running.getFirst().instanceId();
        waiter.waitUntilInstanceRunning(r -> r.instanceIds(id));
        var nic = ec2.describeNetworkInterfaces(r -> r.filters(filter("attachment.instance-id", id)))
                .networkInterfaces()
                .getFirst();
        assertThat(nic.statusAsString()).isEqualTo("in-use");
        assertThat(nic.attachment().deviceIndex()).isZero();
        assertThat(nic.association().publicIp()).isNotEmpty();
        var volume = ec2.describeVolumes(r -> r.filters(filter("attachment.instance-id", id)))
                .volumes()
                .getFirst();
        assertThat(volume.stateAsString()).isEqualTo("in-use");
        assertThat(volume.availabilityZoneId()).isEqualTo(nic.availabilityZoneId());
        assertThat(volume.attachments().getFirst().device()).isEqualTo("/dev/xvda");
        assertThat(volume.snapshotId()).isNotNull().isEmpty();
        end(running);
    }

    @Test
    void changesRulesThatKeepTheirIds() {
        var group = ec2.createSecurityGroup(r -> r.groupName("changing").description("changing"))
                .groupId();
        var rules = ec2.authorizeSecurityGroupIngress(r -> r.groupId(group)
                        .ipPermissions(
                                p -> p.ipProtocol("tcp").fromPort(22).toPort(22).ipRanges(i -> i.cidrIp("10.0.0.0/8")),
                                p -> p.ipProtocol("tcp").fromPort(80).toPort(80).ipRanges(i -> i.cidrIp("10.0.0.0/8"))))
                .securityGroupRules();
        var ssh = rules.getFirst().securityGroupRuleId();
        var web = rules.getLast().securityGroupRuleId();
        ec2.modifySecurityGroupRules(r -> r.groupId(group)
                .securityGroupRules(
                        u -> u.securityGroupRuleId(ssh)
                                .securityGroupRule(s -> s.ipProtocol("tcp")
                                        .fromPort(80)
                                        .toPort(80)
                                        .cidrIpv4("10.0.0.0/8")
                                        .description("web")),
                        u -> u.securityGroupRuleId(web)
                                .securityGroupRule(s -> s.ipProtocol("tcp")
                                        .fromPort(443)
                                        .toPort(443)
                                        .cidrIpv4("10.0.0.0/8")
                                        .description("tls"))));
        assertThat(ec2.describeSecurityGroupRules(r -> r.securityGroupRuleIds(ssh, web))
                        .securityGroupRules())
                .extracting(r -> r.securityGroupRuleId(), r -> r.fromPort(), r -> r.description())
                .containsExactlyInAnyOrder(tuple(ssh, 80, "web"), tuple(web, 443, "tls"));
        assertThatThrownBy(() -> ec2.modifySecurityGroupRules(r -> r.groupId(group)
                        .securityGroupRules(u -> u.securityGroupRuleId(web)
                                .securityGroupRule(s -> s.ipProtocol("tcp")
                                        .fromPort(80)
                                        .toPort(80)
                                        .cidrIpv4("10.0.0.0/8")))))
                .satisfies(code("InvalidPermission.Duplicate"));
        ec2.updateSecurityGroupRuleDescriptionsIngress(r -> r.groupId(group)
                .securityGroupRuleDescriptions(d -> d.securityGroupRuleId(web).description("safe")));
        ec2.updateSecurityGroupRuleDescriptionsIngress(r -> r.groupId(group)
                .ipPermissions(p -> p.ipProtocol("tcp")
                        .fromPort(80)
                        .toPort(80)
                        .ipRanges(i -> i.cidrIp("10.0.0.0/8").description("plain"))));
        assertThat(ec2.describeSecurityGroupRules(r -> r.securityGroupRuleIds(ssh, web))
                        .securityGroupRules())
                .extracting(r -> r.securityGroupRuleId(), r -> r.description())
                .containsExactlyInAnyOrder(tuple(ssh, "plain"), tuple(web, "safe"));
        assertThatThrownBy(() -> ec2.updateSecurityGroupRuleDescriptionsEgress(r -> r.groupId(group)
                        .securityGroupRuleDescriptions(
                                d -> d.securityGroupRuleId(web).description("wrong way"))))
                .satisfies(code("InvalidSecurityGroupRuleId.NotFound"));
    }

    @Test
    void readsRulesInEveryFormThatClientsSend() {
        var group = ec2.createSecurityGroup(r -> r.groupName("forms").description("forms"))
                .groupId();
        var block = ec2.authorizeSecurityGroupIngress(r -> r.groupId(group)
                        .ipPermissions(p ->
                                p.ipProtocol("tcp").fromPort(22).toPort(22).ipRanges(i -> i.cidrIp("100.68.0.18/18"))))
                .securityGroupRules();
        assertThat(block)
                .singleElement()
                .satisfies(r -> assertThat(r.cidrIpv4()).isEqualTo("100.68.0.0/18"));
        var named = ec2.authorizeSecurityGroupIngress(r -> r.groupId(group)
                        .ipPermissions(p -> p.ipProtocol("tcp")
                                .fromPort(80)
                                .toPort(80)
                                .userIdGroupPairs(g -> g.groupName("forms"))))
                .securityGroupRules();
        assertThat(named)
                .singleElement()
                .satisfies(r -> assertThat(r.referencedGroupInfo().groupId()).isEqualTo(group));
        assertThat(ec2.authorizeSecurityGroupIngress(r -> r.groupId(group).sourceSecurityGroupName("forms"))
                        .securityGroupRules())
                .extracting(r -> r.ipProtocol() + " " + r.fromPort() + " " + r.toPort())
                .containsExactlyInAnyOrder("tcp 0 65535", "udp 0 65535", "icmp -1 -1");
        assertThat(ec2.revokeSecurityGroupIngress(r -> r.groupId(group).sourceSecurityGroupName("forms"))
                        .revokedSecurityGroupRules())
                .hasSize(3);
        assertThatThrownBy(() -> ec2.authorizeSecurityGroupIngress(
                        r -> r.groupId(group).sourceSecurityGroupName("forms").cidrIp("10.0.0.0/8")))
                .satisfies(code("InvalidParameterCombination"));
        assertThatThrownBy(() -> ec2.authorizeSecurityGroupIngress(r ->
                        r.groupId(group).sourceSecurityGroupName("forms").sourceSecurityGroupOwnerId("999999999999")))
                .satisfies(code("InvalidGroup.NotFound"));
        assertThatThrownBy(() -> ec2.authorizeSecurityGroupIngress(r -> r.groupId(group)
                        .ipPermissions(p -> p.ipProtocol("-1").userIdGroupPairs(g -> g.groupName("nobody")))))
                .satisfies(code("InvalidGroup.NotFound"));
    }

    @Test
    void keepsImages() {
        var id = tenant.image("kept");
        var shown = ec2.describeImages(r -> r.owners("self").filters(filter("name", "kep*")))
                .images()
                .getFirst();
        assertThat(shown.imageId()).isEqualTo(id);
        assertThat(shown.stateAsString()).isEqualTo("available");
        assertThat(shown.blockDeviceMappings().getFirst().ebs().volumeSize()).isEqualTo(1);
        assertThatThrownBy(() -> tenant.image("kept")).satisfies(code("InvalidAMIName.Duplicate"));
        assertThatThrownBy(() -> ec2.registerImage(r -> r.name("none").imageLocation("sha256:" + "0".repeat(64))))
                .satisfies(code("InvalidManifest"));
        ec2.deregisterImage(r -> r.imageId(id));
        assertThatThrownBy(() -> ec2.describeImages(r -> r.imageIds(id))).satisfies(code("InvalidAMIID.NotFound"));
    }

    @Test
    void sharesAnImageByBothFormsOfTheRequest() {
        var id = tenant.image("shared");
        var friend = tenants.create("friend");
        ec2.modifyImageAttribute(r -> r.imageId(id)
                .launchPermission(
                        p -> p.add(a -> a.userId(friend.account.value()), a -> a.group(PermissionGroup.ALL))));
        ec2.modifyImageAttribute(r -> r.imageId(id)
                .attribute("launchPermission")
                .operationType("remove")
                .userGroups("all"));
        assertThat(ec2.describeImageAttribute(r -> r.imageId(id).attribute("launchPermission"))
                        .launchPermissions())
                .singleElement()
                .satisfies(p -> assertThat(p.userId()).isEqualTo(friend.account.value()));
        assertThat(friend.ec2.describeImages(r -> r.executableUsers("self")).images())
                .extracting(Image::imageId)
                .contains(id);
        var launched = friend.ec2
                .runInstances(r -> r.imageId(id)
                        .instanceType(InstanceType.T3_NANO)
                        .minCount(1)
                        .maxCount(1))
                .instances()
                .getFirst();
        assertThat(launched.imageId()).isEqualTo(id);
        friend.ec2.terminateInstances(r -> r.instanceIds(launched.instanceId()));
        assertThatThrownBy(
                        () -> friend.ec2.modifyImageAttribute(r -> r.imageId(id).description(d -> d.value("mine"))))
                .satisfies(code("InvalidAMIID.NotFound"));

        ec2.modifyImageAttribute(r -> r.imageId(id).attribute("description").value("by name"));
        assertThat(description(id)).isEqualTo("by name");
        ec2.modifyImageAttribute(r -> r.imageId(id).description(d -> d.value("by structure")));
        assertThat(description(id)).isEqualTo("by structure");
        ec2.modifyImageAttribute(r -> r.imageId(id).description(d -> d.value("")));
        assertThat(description(id)).isNullOrEmpty();
        ec2.modifyImageAttribute(r -> r.imageId(id).attribute("description").value("again by name"));
        ec2.modifyImageAttribute(r -> r.imageId(id).attribute("description").value(""));
        assertThat(description(id)).isNullOrEmpty();
        assertThat(ec2.describeImageAttribute(r -> r.imageId(id).attribute("bootMode"))
                        .bootMode()
                        .value())
                .isEqualTo("legacy-bios");
        assertThat(ec2.describeImageAttribute(r -> r.imageId(id).attribute("deregistrationProtection"))
                        .deregistrationProtection()
                        .value())
                .isEqualTo("disabled");

        ec2.resetImageAttribute(r -> r.imageId(id).attribute("launchPermission"));
        assertThatThrownBy(() -> friend.ec2.describeImages(r -> r.imageIds(id)))
                .satisfies(code("InvalidAMIID.NotFound"))
                .hasMessageContaining("The image ID '" + id + "' does not exist");
        ec2.deregisterImage(r -> r.imageId(id));
    }

    private String description(String id) {
        return ec2.describeImageAttribute(r -> r.imageId(id).attribute("description"))
                .description()
                .value();
    }

    @Test
    void refusesWhatAnImagesAttributeCannotBe() {
        var id = tenant.image("attributes");
        refused("Attribute=launchPermission&OperationType=add&UserId.1=nobody", id, "InvalidAMIAttributeItemValue");
        refused("LaunchPermission.Add.1.UserId=999999999999", id, "InvalidAMIAttributeItemValue");
        refused("LaunchPermission.Add.1.Group=some", id, "InvalidAMIAttributeItemValue");
        refused("LaunchPermission.Add.1.OrganizationArn=arn", id, "UnsupportedOperation");
        refused("LaunchPermission.Add.1.Group=all&Description.Value=x", id, "InvalidParameterCombination");
        refused("Attribute=launchPermission&UserId.1=123456789012", id, "MissingParameter");
        refused("Attribute=launchPermission&OperationType=add", id, "MissingParameter");
        refused("Attribute=kernel&Value=x", id, "UnsupportedOperation");
        refused("Value=x", id, "MissingParameter");
        refused("Attribute=colour&Value=x", id, "InvalidParameterValue");
        assertThat(tenant.send("ec2", "Action=DescribeImageAttribute&Attribute=kernel&ImageId=" + id)
                        .body())
                .contains("<kernel></kernel>");
        assertThat(tenant.send("ec2", "Action=DescribeImageAttribute&Attribute=colour&ImageId=" + id)
                        .body())
                .contains("<Code>InvalidParameterValue</Code>");
        assertThat(tenant.send("ec2", "Action=DescribeImageAttribute&Attribute=uefiData&ImageId=" + id)
                        .body())
                .contains("<Code>UnsupportedOperation</Code>");
        ec2.deregisterImage(r -> r.imageId(id));
    }

    private void refused(String parameters, String image, String code) {
        assertThat(tenant.send("ec2", "Action=ModifyImageAttribute&ImageId=" + image + "&" + parameters)
                        .body())
                .contains("<Code>" + code + "</Code>");
    }

    @Test
    void copiesAnImageInItsRegionOnly() {
        var id = tenant.image("original");
        ec2.createTags(r -> r.resources(id).tags(t -> t.key("os").value("debian")));
        var copy = ec2.copyImage(r -> r.sourceImageId(id)
                        .sourceRegion("us-east-1")
                        .name("copied")
                        .copyImageTags(true))
                .imageId();
        assertThat(ec2.describeImages(r -> r.imageIds(copy)).images().getFirst())
                .satisfies(i -> {
                    assertThat(i.sourceImageId()).isEqualTo(id);
                    assertThat(i.tags())
                            .singleElement()
                            .satisfies(t -> assertThat(t.value()).isEqualTo("debian"));
                });
        assertThatThrownBy(() -> ec2.copyImage(
                        r -> r.sourceImageId(id).sourceRegion("eu-west-1").name("far")))
                .satisfies(code("InvalidParameterValue"));
        ec2.deregisterImage(r -> r.imageId(id));
        ec2.deregisterImage(r -> r.imageId(copy));
    }

    @Test
    void showsWhatWasSaidOfAnImage() {
        var first = tenant.image("said");
        var location =
                ec2.describeImages(r -> r.imageIds(first)).images().getFirst().imageLocation();
        var id = ec2.registerImage(r -> r.name("said-more")
                        .imageLocation(location)
                        .rootDeviceName("/dev/sda1")
                        .enaSupport(true)
                        .sriovNetSupport("simple")
                        .blockDeviceMappings(b -> b.deviceName("/dev/sda1")
                                .ebs(e -> e.volumeSize(9)
                                        .volumeType("io2")
                                        .iops(900)
                                        .deleteOnTermination(false)
                                        .encrypted(false))))
                .imageId();
        var image = ec2.describeImages(r -> r.filters(filter("block-device-mapping.volume-size", "9")))
                .images()
                .getFirst();
        assertThat(image.imageId()).isEqualTo(id);
        assertThat(image.enaSupport()).isTrue();
        assertThat(image.sriovNetSupport()).isEqualTo("simple");
        assertThat(image.blockDeviceMappings().getFirst().ebs()).satisfies(e -> {
            assertThat(e.volumeTypeAsString()).isEqualTo("io2");
            assertThat(e.iops()).isEqualTo(900);
            assertThat(e.deleteOnTermination()).isFalse();
        });
        ec2.deregisterImage(r -> r.imageId(first));
        ec2.deregisterImage(r -> r.imageId(id));
    }

    @Test
    void answersOverTlsAndHttp2() throws GeneralSecurityException, IOException {
        try (var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(trusting(authority.certificate()))
                .build()) {
            var endpoint = URI.create("https://127.0.0.1:" + connectors.httpsPort());
            var answer = tenant.send(http, endpoint, "sts", "Action=GetCallerIdentity&Version=2011-06-15");
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.body()).contains("<Account>" + tenant.account + "</Account>");
        }
    }

    @Test
    void refusesTooMuch() {
        var answer = tenant.sendUnsigned("a".repeat((1 << 20) + 1));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("<Code>RequestEntityTooLarge</Code>");
        assertThat(answer.headers().firstValue("x-amzn-requestid")).isPresent();
    }

    private static SSLContext trusting(X509Certificate certificate) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", certificate);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private String screen(String instance, boolean wake) {
        var data = ec2.getConsoleScreenshot(r -> r.instanceId(instance).wakeUp(wake))
                .imageData();
        return new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8);
    }

    private RunInstancesRequest.Builder launch() {
        return RunInstancesRequest.builder()
                .imageId(image)
                .instanceType("t3.nano")
                .minCount(1)
                .maxCount(1);
    }

    private void refusedLaunch(Consumer<RunInstancesRequest.Builder> change, String... codes) {
        var request = launch();
        change.accept(request);
        assertThatThrownBy(() -> ec2.runInstances(request.build())).satisfies(code(codes));
    }

    private void end(List<Instance> instances) {
        var ids = instances.stream().map(Instance::instanceId).toList();
        ec2.terminateInstances(r -> r.instanceIds(ids));
        waiter.waitUntilInstanceTerminated(r -> r.instanceIds(ids));
    }

    private List<Instance> instances(List<String> ids) {
        return ec2.describeInstances(r -> r.instanceIds(ids)).reservations().stream()
                .flatMap(r -> r.instances().stream())
                .toList();
    }

    private List<String> found(Filter... filters) {
        return ec2.describeInstances(r -> r.filters(filters)).reservations().stream()
                .flatMap(r -> r.instances().stream())
                .map(Instance::instanceId)
                .toList();
    }
}
