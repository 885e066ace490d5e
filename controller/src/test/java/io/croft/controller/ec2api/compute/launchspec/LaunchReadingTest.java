package io.croft.controller.ec2api.compute.launchspec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.compute.launchspec.CapacityChoice;
import io.croft.controller.compute.launchspec.InstanceCount;
import io.croft.controller.compute.launchspec.InstanceOptions;
import io.croft.controller.compute.launchspec.LaunchRequest;
import io.croft.controller.compute.launchspec.MetadataOptions;
import io.croft.controller.compute.launchspec.Protection;
import io.croft.controller.compute.launchspec.ShutdownBehavior;
import io.croft.controller.context.CloudException;
import io.croft.controller.tags.TagSpecification;
import io.croft.types.ImageId;
import io.croft.types.MalformedIdException;
import io.croft.types.ResourceType;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** The launch that a request asks for. */
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class LaunchReadingTest {
    private static final ImageId IMAGE = new ImageId("ami-0123456789abcdef0");

    @Test
    void launchesWithTheDefaults() {
        var launch = read(r -> r.imageId(IMAGE.value()).minCount(1).maxCount(1).clientToken("t"));
        assertThat(launch)
                .isEqualTo(new LaunchRequest(
                        IMAGE,
                        null,
                        new InstanceCount(1, 1),
                        null,
                        null,
                        LaunchRequest.Network.DEFAULT,
                        null,
                        List.of(),
                        MetadataOptions.DEFAULT,
                        InstanceOptions.DEFAULT,
                        "t",
                        List.of()));
    }

    @Test
    void launchesWithEverything() {
        var launch = read(r -> r.imageId(IMAGE.value())
                .instanceType("t3.nano")
                .minCount(2)
                .maxCount(3)
                .maintenanceOptions(m -> m.autoRecovery("disabled"))
                .keyName("me")
                .userData("IyEvYmluL3No")
                .placement(p -> p.availabilityZone("us-east-1a").tenancy("default"))
                .blockDeviceMappings(
                        m -> m.deviceName("/dev/xvda")
                                .ebs(e -> e.volumeSize(9)
                                        .volumeType("gp3")
                                        .iops(4000)
                                        .throughput(500)
                                        .deleteOnTermination(false)
                                        .encrypted(false)),
                        m -> m.deviceName("/dev/sdf").ebs(e -> e.volumeSize(10)),
                        m -> m.deviceName("/dev/sdg").noDevice(""))
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
                .capacityReservationSpecification(
                        c -> c.capacityReservationTarget(t -> t.capacityReservationId("cr-0123456789abcdef0")))
                .hibernationOptions(h -> h.configured(true))
                .clientToken("t")
                .tagSpecifications(
                        s -> s.resourceType("volume").tags(t -> t.key("a").value("b"))));
        assertThat(launch)
                .isEqualTo(new LaunchRequest(
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
                        List.of(
                                new DiskRequest("/dev/xvda", 9, VolumeType.GP3, 4000, 500, false, false, null, null),
                                new DiskRequest("/dev/sdf", 10, null, null, null, null),
                                DiskRequest.none("/dev/sdg")),
                        new MetadataOptions(true, false, 1, true),
                        new InstanceOptions(
                                true,
                                ShutdownBehavior.TERMINATE,
                                new Protection(true, true),
                                true,
                                false,
                                true,
                                new CapacityChoice("cr-0123456789abcdef0")),
                        "t",
                        List.of(new TagSpecification(ResourceType.VOLUME, Map.of("a", "b")))));
    }

    @Test
    void refusesLaunchesThatContradictThemselves() {
        refused(r -> r.imageId(null), "MissingParameter");
        assertThatThrownBy(() -> read(r -> r.imageId("ami-nonsense").minCount(1).maxCount(1)))
                .isInstanceOf(MalformedIdException.class);
        refused(
                r -> r.subnetId("subnet-0123456789abcdef0").networkInterfaces(n -> n.deviceIndex(0)),
                "InvalidParameterCombination");
        refused(r -> r.networkInterfaces(n -> n.deviceIndex(1)), "InvalidParameterValue");
        refused(r -> r.networkInterfaces(n -> n.deviceIndex(0), n -> n.deviceIndex(1)), "UnsupportedOperation");
        refused(
                r -> r.blockDeviceMappings(m -> m.deviceName("/dev/sdf"), m -> m.deviceName("/dev/xvdf")),
                "InvalidBlockDeviceMapping");
        refused(
                r -> r.blockDeviceMappings(
                        m -> m.deviceName("/dev/sdf").noDevice("").ebs(e -> e.volumeSize(1))),
                "InvalidBlockDeviceMapping");
        refused(r -> r.blockDeviceMappings(m -> m.ebs(e -> e.volumeSize(1))), "MissingParameter");
        refused(r -> r.instanceInitiatedShutdownBehavior("explode"), "InvalidParameterValue");
        refused(r -> r.metadataOptions(m -> m.httpTokens("maybe")), "InvalidParameterValue");
        refused(
                r -> r.tagSpecifications(
                        s -> s.resourceType("vpc").tags(t -> t.key("a").value("b"))),
                "InvalidParameterValue");
        refused(
                r -> r.tagSpecifications(s -> s.resourceType("instance")
                        .tags(t -> t.key("a").value("b"), t -> t.key("a").value("c"))),
                "InvalidParameterValue");
    }

    private static LaunchRequest read(Consumer<RunInstancesRequest.Builder> asked) {
        var request = RunInstancesRequest.builder();
        asked.accept(request);
        var read = request.build();
        return LaunchSpecForm.read(read)
                .complete(new InstanceCount(read.minCount(), read.maxCount()), read.clientToken());
    }

    private static void refused(Consumer<RunInstancesRequest.Builder> change, String code) {
        Consumer<RunInstancesRequest.Builder> plain =
                r -> r.imageId(IMAGE.value()).minCount(1).maxCount(1);
        assertThatThrownBy(() -> read(plain.andThen(change)))
                .isInstanceOfSatisfying(
                        CloudException.class,
                        e -> assertThat(e.code().ec2Name()).isEqualTo(code));
    }
}
