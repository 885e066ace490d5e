package io.croft.controller.ec2api;

import static io.croft.controller.ec2api.RecordedInstances.ID;
import static io.croft.controller.ec2api.RecordedInstances.WHEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.awsedge.InMemoryEdge;
import io.croft.controller.blockstorage.RootDiskRequest;
import io.croft.controller.blockstorage.VolumeType;
import io.croft.controller.compute.InstanceStatusView;
import io.croft.controller.compute.InstanceStatusView.Check;
import io.croft.controller.compute.launchspec.InstanceCount;
import io.croft.controller.compute.launchspec.InstanceOptions;
import io.croft.controller.compute.launchspec.LaunchRequest;
import io.croft.controller.compute.launchspec.MetadataOptions;
import io.croft.controller.compute.launchspec.Protection;
import io.croft.controller.compute.launchspec.ShutdownBehavior;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Page;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ImageId;
import io.croft.types.InstanceState;
import io.croft.types.ResourceType;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What the SDK's client asks of instances, as compute gets it, and what compute shows, as the client gets it. */
@Timeout(60)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class InstanceActionsTest {
    private static final ImageId IMAGE = new ImageId("ami-0123456789abcdef0");

    private final RecordedInstances instances = new RecordedInstances();
    private final Ec2Client client = client();

    private Ec2Client client() {
        var zones = Zones.ofTheDefaultRegion();
        var form = new InstanceForm(zones);
        return new InMemoryEdge(
                        Clock.systemUTC(),
                        Map.of(),
                        List.of(new Ec2Service().ec2()),
                        new LaunchActions(instances, form),
                        new InstanceActions(instances, form),
                        new InstanceStatusActions(instances, zones))
                .ec2();
    }

    @Test
    void launchesWithTheDefaults() {
        client.runInstances(
                r -> r.imageId(IMAGE.value()).minCount(1).maxCount(1).clientToken("t"));
        assertThat(instances.launches)
                .containsExactly(new LaunchRequest(
                        IMAGE,
                        null,
                        new InstanceCount(1, 1),
                        null,
                        null,
                        LaunchRequest.Network.DEFAULT,
                        null,
                        RootDiskRequest.DEFAULT,
                        MetadataOptions.DEFAULT,
                        InstanceOptions.DEFAULT,
                        "t",
                        List.of()));
    }

    @Test
    void launchesWithEverything() {
        client.runInstances(r -> r.imageId(IMAGE.value())
                .instanceType("t3.nano")
                .minCount(2)
                .maxCount(3)
                .maintenanceOptions(m -> m.autoRecovery("disabled"))
                .keyName("me")
                .userData("IyEvYmluL3No")
                .placement(p -> p.availabilityZone("us-east-1a").tenancy("default"))
                .blockDeviceMappings(m -> m.deviceName("/dev/xvda")
                        .ebs(e -> e.volumeSize(9)
                                .volumeType("gp3")
                                .iops(4000)
                                .throughput(500)
                                .deleteOnTermination(false)
                                .encrypted(false)))
                .networkInterfaces(n -> n.deviceIndex(0)
                        .subnetId("subnet-0123456789abcdef0")
                        .groups("sg-0123456789abcdef0")
                        .associatePublicIpAddress(true)
                        .deleteOnTermination(true)
                        .privateIpAddress("172.31.0.9")
                        .description("first"))
                .metadataOptions(m -> m.httpTokens("optional")
                        .httpEndpoint("enabled")
                        .httpPutResponseHopLimit(1)
                        .instanceMetadataTags("enabled"))
                .instanceInitiatedShutdownBehavior("terminate")
                .disableApiTermination(true)
                .disableApiStop(true)
                .ebsOptimized(true)
                .monitoring(m -> m.enabled(true))
                .hibernationOptions(h -> h.configured(true))
                .clientToken("t")
                .tagSpecifications(
                        s -> s.resourceType("volume").tags(t -> t.key("a").value("b"))));
        assertThat(instances.launches)
                .containsExactly(new LaunchRequest(
                        IMAGE,
                        "t3.nano",
                        new InstanceCount(2, 3),
                        "me",
                        "IyEvYmluL3No",
                        new LaunchRequest.Network(
                                List.of(new SecurityGroupId("sg-0123456789abcdef0")),
                                List.of(),
                                new SubnetId("subnet-0123456789abcdef0"),
                                "us-east-1a",
                                "172.31.0.9",
                                true,
                                "first"),
                        null,
                        new RootDiskRequest("/dev/xvda", 9, VolumeType.GP3, 4000, 500, false),
                        new MetadataOptions(true, false, 1, true),
                        new InstanceOptions(
                                true, ShutdownBehavior.TERMINATE, new Protection(true, true), true, false, true),
                        "t",
                        List.of(new TagSpecification(ResourceType.VOLUME, Map.of("a", "b")))));
    }

    @Test
    void refusesLaunchesThatContradictThemselves() {
        refused(r -> r.imageId(null), "MissingParameter");
        refused(r -> r.minCount(null), "MissingParameter");
        refused(r -> r.imageId("ami-nonsense"), "InvalidAMIID.Malformed");
        refused(
                r -> r.subnetId("subnet-0123456789abcdef0").networkInterfaces(n -> n.deviceIndex(0)),
                "InvalidParameterCombination");
        refused(r -> r.networkInterfaces(n -> n.deviceIndex(1)), "InvalidParameterValue");
        refused(r -> r.networkInterfaces(n -> n.deviceIndex(0), n -> n.deviceIndex(1)), "UnsupportedOperation");
        refused(r -> r.networkInterfaces(n -> n.deviceIndex(0).networkInterfaceId("eni-1")), "UnsupportedOperation");
        refused(r -> r.instanceInitiatedShutdownBehavior("explode"), "InvalidParameterValue");
        refused(r -> r.metadataOptions(m -> m.httpTokens("maybe")), "InvalidParameterValue");
        refused(r -> r.iamInstanceProfile(p -> p.name("x")), "UnsupportedOperation");
        refused(
                r -> r.tagSpecifications(
                        s -> s.resourceType("vpc").tags(t -> t.key("a").value("b"))),
                "InvalidParameterValue");
        refused(
                r -> r.tagSpecifications(s -> s.resourceType("instance")
                        .tags(t -> t.key("a").value("b"), t -> t.key("a").value("c"))),
                "InvalidParameterValue");
        assertThat(instances.launches).isEmpty();
    }

    @Test
    void showsAPendingInstance() {
        var instance = client.runInstances(
                        r -> r.imageId(IMAGE.value()).minCount(1).maxCount(1))
                .instances()
                .getFirst();
        assertThat(instance.state().nameAsString()).isEqualTo("pending");
        assertThat(instance.state().code()).isZero();
        assertThat(instance.metadataOptions().stateAsString()).isEqualTo("pending");
        assertThat(instance.publicIpAddress()).isNull();
        assertThat(instance.stateReason()).isNull();
        assertThat(instance.networkInterfaces().getFirst().association()).isNull();
    }

    @Test
    void groupsInstancesByTheirLaunch() {
        instances.page = new Page<>(
                List.of(RecordedInstances.running(1), RecordedInstances.running(2), RecordedInstances.running(1)),
                "next");
        var answer = client.describeInstances(
                r -> r.maxResults(5).filters(f -> f.name("tag:Name").values("w*", "")));
        assertThat(answer.nextToken()).isEqualTo("next");
        assertThat(answer.reservations()).extracting(r -> r.instances().size()).containsExactly(2, 1);
        assertThat(instances.queries.getFirst().filters()).containsExactly(new Filter("tag:Name", List.of("w*", "")));
        assertThat(instances.queries.getFirst().maxResults()).isEqualTo(5);
    }

    @Test
    void showsARunningInstanceWhole() {
        instances.page = new Page<>(List.of(RecordedInstances.running(1)), null);
        var instance =
                client.describeInstances().reservations().getFirst().instances().getFirst();
        assertThat(instance.instanceId()).isEqualTo(ID.value());
        assertThat(instance.launchTime()).isEqualTo(WHEN);
        assertThat(instance.placement().availabilityZone()).isEqualTo("us-east-1a");
        assertThat(instance.placement().tenancyAsString()).isEqualTo("default");
        assertThat(instance.monitoring().stateAsString()).isEqualTo("disabled");
        assertThat(instance.metadataOptions().stateAsString()).isEqualTo("applied");
        assertThat(instance.metadataOptions().httpTokensAsString()).isEqualTo("required");
        assertThat(instance.cpuOptions().coreCount()).isEqualTo(1);
        assertThat(instance.cpuOptions().threadsPerCore()).isEqualTo(2);
        assertThat(instance.rootDeviceName()).isEqualTo("/dev/xvda");
        assertThat(instance.blockDeviceMappings().getFirst().ebs().volumeId()).isEqualTo("vol-0123456789abcdef0");
        assertThat(instance.publicIpAddress()).isEqualTo("198.18.0.7");
        assertThat(instance.privateIpAddress()).isEqualTo("172.31.0.5");
        assertThat(instance.vpcId()).isEqualTo("vpc-0123456789abcdef0");
        assertThat(instance.securityGroups().getFirst().groupName()).isEqualTo("default");
        assertThat(instance.networkInterfaces().getFirst().attachment().statusAsString())
                .isEqualTo("attached");
        assertThat(instance.networkInterfaces().getFirst().association().publicIp())
                .isEqualTo("198.18.0.7");
        assertThat(instance.sourceDestCheck()).isTrue();
        assertThat(instance.ebsOptimized()).isFalse();
        assertThat(instance.tags())
                .containsExactly(Tag.builder().key("Name").value("web").build());
        assertThat(instance.clientToken()).isEqualTo("token");
    }

    @Test
    void showsWhyAnInstanceIsGone() {
        instances.page = new Page<>(List.of(RecordedInstances.terminated()), null);
        var instance =
                client.describeInstances().reservations().getFirst().instances().getFirst();
        assertThat(instance.state().code()).isEqualTo(48);
        assertThat(instance.stateReason().code()).isEqualTo("Client.UserInitiatedShutdown");
        assertThat(instance.stateTransitionReason()).startsWith("User initiated");
        assertThat(instance.vpcId()).isNull();
        assertThat(instance.networkInterfaces()).isEmpty();
    }

    @Test
    void changesPower() {
        assertThat(client.stopInstances(r -> r.instanceIds(ID.value()).force(true))
                        .stoppingInstances()
                        .getFirst()
                        .currentState()
                        .nameAsString())
                .isEqualTo("stopping");
        client.startInstances(r -> r.instanceIds(ID.value()));
        client.rebootInstances(r -> r.instanceIds(ID.value()));
        assertThat(client.terminateInstances(r -> r.instanceIds(ID.value()))
                        .terminatingInstances()
                        .getFirst()
                        .previousState()
                        .code())
                .isEqualTo(16);
        assertThat(instances.calls)
                .containsExactly(
                        "stop [" + ID + "] force=true",
                        "start [" + ID + "]",
                        "reboot [" + ID + "]",
                        "terminate [" + ID + "]");
        assertThatThrownBy(() -> client.stopInstances(r -> r.instanceIds(List.of())))
                .satisfies(code("InvalidParameterCombination"))
                .hasMessageContaining("No instances specified");
    }

    @Test
    void readsTheConsoleButDoesNotWaitForItInARehearsal() {
        instances.page = new Page<>(List.of(RecordedInstances.running(1)), null);
        assertThat(client.getConsoleOutput(r -> r.instanceId(ID.value()).latest(true))
                        .output())
                .isEqualTo("aGVsbG8=");
        assertThatThrownBy(() ->
                        client.getConsoleOutput(r -> r.instanceId(ID.value()).dryRun(true)))
                .satisfies(code("DryRunOperation"));
        assertThat(instances.calls).containsExactly("console " + ID);
    }

    @Test
    void showsTheChecks() {
        instances.statuses = new Page<>(
                List.of(
                        new InstanceStatusView(
                                ID, "us-east-1a", InstanceState.RUNNING, Check.OK, Check.IMPAIRED, WHEN, "away"),
                        new InstanceStatusView(
                                ID,
                                "us-east-1a",
                                InstanceState.STOPPED,
                                Check.NOT_APPLICABLE,
                                Check.NOT_APPLICABLE,
                                null,
                                null)),
                null);
        var answer =
                client.describeInstanceStatus(r -> r.includeAllInstances(true)).instanceStatuses();
        assertThat(answer.getFirst().instanceStatus().statusAsString()).isEqualTo("ok");
        assertThat(answer.getFirst().instanceStatus().details().getFirst().statusAsString())
                .isEqualTo("passed");
        assertThat(answer.getFirst().systemStatus().details().getFirst().impairedSince())
                .isEqualTo(WHEN);
        assertThat(answer.getLast().systemStatus().hasDetails()).isFalse();
        assertThat(instances.calls).containsExactly("status all=true");
    }

    private void refused(Consumer<RunInstancesRequest.Builder> change, String code) {
        var request =
                RunInstancesRequest.builder().imageId(IMAGE.value()).minCount(1).maxCount(1);
        change.accept(request);
        assertThatThrownBy(() -> client.runInstances(request.build())).satisfies(code(code));
    }

    private static Consumer<Throwable> code(String code) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
    }
}
