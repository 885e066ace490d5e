package io.croft.agent;

import io.croft.protocol.DesiredBatch;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InstanceVerb;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.IoLimits;
import io.croft.protocol.MetadataSpec;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.Presence;
import io.croft.protocol.SecurityGroupRuleSpec;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.protocol.SnapshotSpec;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VolumeSpec;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.Digest;
import io.croft.types.Generation;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.OperationId;
import io.croft.types.ReservationId;
import io.croft.types.SecurityGroupId;
import io.croft.types.SnapshotId;
import io.croft.types.SubnetId;
import io.croft.types.VolumeId;
import io.croft.types.VpcId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Documents as a controller writes them, for tests; a small number makes each id. */
public final class Documents {
    public static final AccountId ACCOUNT = new AccountId("000000000001");
    public static final Digest IMAGE = new Digest("ab".repeat(32));
    public static final long GIB = 1L << 30;

    private Documents() {}

    public static VpcId vpcId(int n) {
        return new VpcId("vpc-" + hex(n));
    }

    public static SecurityGroupId groupId(int n) {
        return new SecurityGroupId("sg-" + hex(n));
    }

    public static NetworkInterfaceId interfaceId(int n) {
        return new NetworkInterfaceId("eni-" + hex(n));
    }

    public static VolumeId volumeId(int n) {
        return new VolumeId("vol-" + hex(n));
    }

    public static InstanceId instanceId(int n) {
        return new InstanceId("i-" + hex(n));
    }

    public static OperationId operationId(int n) {
        return new OperationId("op-" + hex(n));
    }

    public static VpcSpec vpc(int n, long generation, Presence presence) {
        var subnet = new SubnetSpec(
                new SubnetId("subnet-" + hex(n)),
                new Cidr("172.31.0.0/20"),
                "172.31.0.1",
                "02:00:00:00:00:01",
                n + 1,
                "us-east-1a");
        return new VpcSpec(
                vpcId(n),
                ACCOUNT,
                new Generation(generation),
                presence,
                new Cidr("172.31.0.0/16"),
                "ec2.internal",
                List.of(subnet),
                null,
                null);
    }

    public static SecurityGroupSpec group(int n, int vpc, long generation, Presence presence) {
        var rule = new SecurityGroupRuleSpec(
                SecurityGroupRuleSpec.Direction.INGRESS, 6, (int) generation, 100, new Cidr("0.0.0.0/0"), null);
        return new SecurityGroupSpec(
                groupId(n), ACCOUNT, vpcId(vpc), new Generation(generation), presence, List.of(rule));
    }

    public static InterfaceSpec nic(int n, int vpc, int instance, int group, long generation, Presence presence) {
        return new InterfaceSpec(
                interfaceId(n),
                ACCOUNT,
                new Generation(generation),
                presence,
                vpcId(vpc),
                new SubnetId("subnet-" + hex(vpc)),
                instanceId(instance),
                0,
                "02:00:00:00:01:%02x".formatted(n),
                List.of("172.31.1." + (n + 1)),
                null,
                List.of(groupId(group)),
                true);
    }

    /** What a host is told of an interface of the VPC on another host; with a tombstone of none. */
    public static VpcPeersSpec peers(int vpc, long generation, Presence presence) {
        var member = new VpcPeersSpec.Member(
                interfaceId(200),
                new SubnetId("subnet-" + hex(vpc)),
                "02:00:00:00:02:01",
                List.of("172.31.2." + (generation % 200 + 1)),
                "192.0.2.7",
                List.of(groupId(0)));
        return new VpcPeersSpec(
                vpcId(vpc),
                ACCOUNT,
                new Generation(generation),
                presence,
                presence == Presence.PRESENT ? List.of(member) : List.of());
    }

    public static SnapshotId snapshotId(int n) {
        return new SnapshotId("snap-" + hex(n));
    }

    /** A snapshot of the volume of that number, alone or together with others. */
    public static SnapshotSpec snapshot(
            int n, int volume, long generation, Presence presence, boolean taken, int... others) {
        return new SnapshotSpec(
                snapshotId(n),
                ACCOUNT,
                new Generation(generation),
                presence,
                volumeId(volume),
                "sim",
                1L << 30,
                IntStream.concat(IntStream.of(n), IntStream.of(others))
                        .sorted()
                        .distinct()
                        .mapToObj(Documents::snapshotId)
                        .toList(),
                taken);
    }

    /** Every fourth is made of a snapshot, the others of an image. */
    public static VolumeSpec volume(int n, long generation, Presence presence) {
        var filled = n % 4 == 3;
        var spec = new VolumeSpec(
                volumeId(n),
                ACCOUNT,
                new Generation(generation),
                presence,
                "sim",
                generation * GIB,
                filled ? null : IMAGE,
                null,
                filled ? new SnapshotId("snap-0fedcba9876543210") : null);
        return filled && presence == Presence.PRESENT ? spec.filledFirst() : spec;
    }

    /** The same with limits that go with its generation. */
    public static VolumeSpec limited(VolumeSpec v) {
        var limits = new IoLimits(IoLimits.Rate.of(100 * v.generation().value()), null);
        return new VolumeSpec(
                v.id(),
                v.account(),
                v.generation(),
                v.presence(),
                v.told(),
                v.sizeBytes(),
                v.image(),
                limits,
                v.snapshot());
    }

    /** An instance with the volume and the interface of the same number. */
    public static InstanceSpec instance(
            int n, long generation, Presence presence, InstanceSpec.Power power, InstanceSpec.StopMode stop) {
        return new InstanceSpec(
                instanceId(n),
                ACCOUNT,
                new Generation(generation),
                presence,
                power,
                stop,
                "t3.nano",
                1,
                GIB / 2,
                "x86_64",
                InstanceSpec.BootMode.BIOS,
                List.of(new DiskSpec(volumeId(n), "/dev/vda")),
                List.of(interfaceId(n)),
                metadata(null));
    }

    /** The same in another generation, with these volumes beside its own. */
    public static InstanceSpec withVolumes(InstanceSpec i, long generation, VolumeId... volumes) {
        var disks = Stream.concat(
                        i.disks().stream().limit(1),
                        Arrays.stream(volumes)
                                .map(v -> new DiskSpec(v, "/dev/sd" + v.value().charAt(20))))
                .toList();
        return new InstanceSpec(
                i.id(),
                i.account(),
                new Generation(generation),
                i.presence(),
                i.power(),
                i.stop(),
                i.instanceType(),
                i.vcpus(),
                i.memoryBytes(),
                i.architecture(),
                i.bootMode(),
                disks,
                i.interfaces(),
                i.metadata(),
                i.recovers());
    }

    /** The same, whose machine stays down when it stopped by itself. */
    public static InstanceSpec withoutRecovery(InstanceSpec i) {
        return new InstanceSpec(
                i.id(),
                i.account(),
                i.generation(),
                i.presence(),
                i.power(),
                i.stop(),
                i.instanceType(),
                i.vcpus(),
                i.memoryBytes(),
                i.architecture(),
                i.bootMode(),
                i.disks(),
                i.interfaces(),
                i.metadata(),
                false);
    }

    public static OperationSpec operation(
            int n, int instance, long generation, Presence presence, InstanceVerb verb, String deadline) {
        return new OperationSpec(
                operationId(n),
                new DocumentKey(DocumentKind.INSTANCE, instanceId(instance).value()),
                new Generation(generation),
                presence,
                verb,
                deadline);
    }

    public static InstanceSpec withMetadata(InstanceSpec i, MetadataSpec metadata) {
        return new InstanceSpec(
                i.id(),
                i.account(),
                i.generation(),
                i.presence(),
                i.power(),
                i.stop(),
                i.instanceType(),
                i.vcpus(),
                i.memoryBytes(),
                i.architecture(),
                i.bootMode(),
                i.disks(),
                i.interfaces(),
                metadata);
    }

    /** As a controller wrote it that told neither the zone's id nor whether metrics are taken. */
    public static MetadataSpec metadataOfBefore() {
        return metadata(null, null, null);
    }

    public static MetadataSpec metadata(@Nullable String userData) {
        return metadata(userData, "use1-az1", false);
    }

    private static MetadataSpec metadata(
            @Nullable String userData, @Nullable String zoneId, @Nullable Boolean monitored) {
        return new MetadataSpec(
                new ImageId("ami-" + hex(1)),
                new ReservationId("r-" + hex(1)),
                0,
                "us-east-1",
                "us-east-1a",
                null,
                null,
                "ip-172-31-1-1.ec2.internal",
                null,
                null,
                List.of("default"),
                userData,
                "2026-11-21T00:00:00.000Z",
                true,
                true,
                1,
                Map.of(),
                zoneId,
                monitored);
    }

    public static DesiredBatch change(long revision, HostDocument... documents) {
        return new DesiredBatch(revision, false, List.of(documents));
    }

    public static DesiredBatch full(long revision, HostDocument... documents) {
        return new DesiredBatch(revision, true, List.of(documents));
    }

    private static String hex(int n) {
        return "%017x".formatted(n);
    }
}
