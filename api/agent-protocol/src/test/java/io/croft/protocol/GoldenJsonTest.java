package io.croft.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.protocol.SnapshotPage.Block;
import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.Digest;
import io.croft.types.Era;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InternetGatewayId;
import io.croft.types.NetworkAclId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.OperationId;
import io.croft.types.ReservationId;
import io.croft.types.RouteTableId;
import io.croft.types.SecurityGroupId;
import io.croft.types.SnapshotId;
import io.croft.types.SubnetId;
import io.croft.types.VolumeId;
import io.croft.types.VpcId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is said between a controller and an agent, word for word. A controller and an agent of the same version of the protocol may be of different
 * builds, so a file of a published version never changes: another shape is another version.
 */
class GoldenJsonTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String HEX = "0123456789abcdef0";
    private static final AccountId ACCOUNT = new AccountId("000000000001");
    private static final VpcId VPC = new VpcId("vpc-" + HEX);
    private static final SubnetId SUBNET = new SubnetId("subnet-" + HEX);
    private static final SecurityGroupId GROUP = new SecurityGroupId("sg-" + HEX);
    private static final NetworkInterfaceId INTERFACE = new NetworkInterfaceId("eni-" + HEX);
    private static final VolumeId VOLUME = new VolumeId("vol-" + HEX);
    private static final InstanceId INSTANCE = new InstanceId("i-" + HEX);
    private static final SnapshotId SNAPSHOT = new SnapshotId("snap-" + HEX);
    private static final OperationId OPERATION = new OperationId("op-" + HEX);
    private static final DocumentKey TARGET = new DocumentKey(DocumentKind.INSTANCE, INSTANCE.value());
    private static final HostId HOST = new HostId("host-" + HEX);

    @ParameterizedTest
    @MethodSource
    void readsAndWrites(String name, Object value) throws IOException {
        var golden = golden(name);
        assertThat(JSON.readValue(golden, value.getClass())).isEqualTo(value);
        assertThat(JSON.readTree(JSON.writeValueAsString(value))).isEqualTo(JSON.readTree(golden));
    }

    static Stream<Arguments> readsAndWrites() {
        return Stream.of(
                Arguments.of("desired-full", new DesiredBatch(42, true, documents())),
                Arguments.of("desired-verbs", new DesiredBatch(43, false, verbs())),
                Arguments.of("desired-hibernate", new DesiredBatch(44, false, List.of(hibernating()))),
                Arguments.of("desired-monitored", new DesiredBatch(45, false, List.of(monitored()))),
                Arguments.of("desired-named", new DesiredBatch(46, false, List.of(named()))),
                Arguments.of("desired-unrecovered", new DesiredBatch(47, false, List.of(unrecovered()))),
                Arguments.of("desired-told", new DesiredBatch(48, true, List.of(named()), 1)),
                Arguments.of("desired-routed", new DesiredBatch(50, false, List.of(routed()))),
                Arguments.of("desired-guarded", new DesiredBatch(51, false, List.of(guarded()))),
                Arguments.of("desired-limits", new DesiredBatch(49, false, List.of(limited()))),
                Arguments.of("desired-filled", new DesiredBatch(52, false, List.of(filled()))),
                Arguments.of("desired-snapshot", new DesiredBatch(50, false, List.of(snapshot()))),
                Arguments.of("desired-peers", new DesiredBatch(51, false, List.of(peers()))),
                Arguments.of("desired-heartbeat", new DesiredBatch(42, false, List.of())),
                Arguments.of("desired-fence", new DesiredBatch(48, true, List.of()).behind(2)),
                Arguments.of("observed-fence", fenced()),
                Arguments.of("observed-full", full()),
                Arguments.of("observed-partial", partial()),
                Arguments.of("observed-paused", paused()),
                Arguments.of("observed-steps", steps()),
                Arguments.of("observed-guest", guest()),
                Arguments.of("observed-volumes", volumes()),
                Arguments.of(
                        "receipt",
                        ReportReceipt.of(List.of(
                                new DocumentKey(DocumentKind.INSTANCE, INSTANCE.value()),
                                new DocumentKey(DocumentKind.OPERATION, OPERATION.value())))),
                Arguments.of("receipt-ledger", ReportReceipt.wantingLedger()),
                Arguments.of("ledger", ledger()),
                Arguments.of("desired-era", new DesiredBatch(new Era(2).base() + 7, false, List.of(laterEra()))),
                Arguments.of("snapshot-naming", new SnapshotNaming("a2V5")),
                Arguments.of("snapshot-lacking", new LackingBlocks(List.of(0, 4095))),
                Arguments.of("snapshot-content", new SnapshotContent("ab12")),
                Arguments.of("enroll-request", new EnrollRequest("secret", HOST, "alpha", "us-east-1a", "csr")),
                Arguments.of("enroll-response", new EnrollResponse("certificate", "ca")),
                Arguments.of("renew-request", new RenewRequest("csr")));
    }

    private static VpcPeersSpec peers() {
        return new VpcPeersSpec(
                VPC,
                ACCOUNT,
                new Generation(4),
                Presence.PRESENT,
                List.of(new VpcPeersSpec.Member(
                        INTERFACE, SUBNET, "02:ab:cd:ef:01:23", List.of("172.31.0.4"), "192.0.2.7", List.of(GROUP))));
    }

    private static SnapshotSpec snapshot() {
        return new SnapshotSpec(
                SNAPSHOT,
                ACCOUNT,
                new Generation(2),
                Presence.PRESENT,
                VOLUME,
                "file",
                8L << 30,
                List.of(SNAPSHOT, new SnapshotId("snap-1123456789abcdef0")),
                true);
    }

    /** The key is told to the host, and to nobody who looks at what was told. */
    @Test
    void theKeyOfNamesIsNotPrinted() {
        assertThat(new SnapshotNaming("a2V5").toString()).doesNotContain("a2V5");
    }

    /** A page goes over the line as bytes. */
    @Test
    void readsAndWritesPages() {
        var name = "0123456789abcdef".repeat(4);
        var page = new SnapshotPage(7, 4096, List.of(new Block(7, name), new Block(4095, name)));
        var bytes = page.toBytes();
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("00000007" + "00001000" + "00000007" + name + "00000fff" + name);
        assertThat(SnapshotPage.of(bytes)).isEqualTo(page);
        for (var spoilt : List.of(
                "",
                "00000007",
                "0000000700000007",
                "ffffffff00000007",
                "0000000700001000" + "00000006" + name,
                "0000000700001000" + "00001000" + name,
                "0000000700001000" + "00000008" + name + "00000008" + name,
                "0000000700001000" + "00000008" + name.substring(2))) {
            assertThatThrownBy(() -> SnapshotPage.of(HexFormat.of().parseHex(spoilt)))
                    .as(spoilt)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> SnapshotPage.of(new byte[SnapshotPage.LONGEST + Integer.BYTES + Block.NAME_BYTES]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A host of before says nothing of documents, and takes none but the first ones. */
    @Test
    void aHostTakesTheDocumentsThatItNames() {
        var facts = Objects.requireNonNull(full().facts());
        assertThat(facts.takes(DocumentKind.SNAPSHOT)).isFalse();
        assertThat(JSON.writeValueAsString(facts)).doesNotContain("documents", "underlay");
        var underlay = new Underlay("192.0.2.7", "eth1", 1500);
        var over = JSON.writeValueAsString(facts.over(underlay));
        assertThat(JSON.readValue(over, HostFacts.class).underlay()).isEqualTo(underlay);
        assertThat(over).contains("\"underlay\":{\"address\":\"192.0.2.7\",\"link\":\"eth1\",\"mtu\":1500}");
    }

    /** An agent of before tells nothing of waiting calls: its health is read, and written, as it was. */
    @Test
    void aCallThatWaitsIsToldAndNoneIsNoNews() {
        var told = new HostHealth(
                "a",
                "b",
                true,
                0,
                0,
                0,
                List.of(new HostHealth.WaitingCall("StartMachine", "i", 43)),
                90L,
                null,
                new AgentWork(List.of(new AgentWork.Ended("StartMachine", "done", 3, 1200)), 1, 80, 4096, 2, 1L << 30));
        assertThat(JSON.readValue(JSON.writeValueAsString(told), HostHealth.class))
                .isEqualTo(told);
        assertThat(JSON.writeValueAsString(new HostHealth("a", "b", true, 0, 0, 0)))
                .doesNotContain("waiting", "lookUp", "work");
    }

    /** What a verb of one kind is asked of is no other kind. */
    @Test
    void refusesAVerbOfAnotherKindThanItsTarget() {
        var volume = new DocumentKey(DocumentKind.VOLUME, VOLUME.value());
        assertThatThrownBy(() -> new OperationSpec(
                        OPERATION,
                        volume,
                        Generation.FIRST,
                        Presence.PRESENT,
                        InstanceVerb.REBOOT,
                        "2026-11-21T00:01:00Z"))
                .hasMessage("REBOOT is no verb of volume");
        var line = "{\"kind\":\"operation\",\"id\":\"" + OPERATION
                + "\",\"resource\":{\"kind\":\"volume\",\"id\":\"" + VOLUME
                + "\"},\"generation\":1,\"presence\":\"PRESENT\",\"verb\":\"REBOOT\",\"deadline\":\"2026-11-21T00:01:00Z\"}";
        assertThatThrownBy(() -> JSON.readValue(line, HostDocument.class))
                .hasMessageContaining("REBOOT is no verb of volume");
    }

    /** A peer of before says nothing of a fence, and a host that has none is spoken of as it was. */
    @Test
    void whatSaysNothingOfAFenceIsBehindNone() throws IOException {
        assertThat(JSON.readValue(golden("desired-full"), DesiredBatch.class).behind())
                .isZero();
        assertThat(JSON.readValue(golden("observed-full"), ObservedReport.class).passed())
                .isZero();
        assertThat(JSON.writeValueAsString(partial())).doesNotContain("fence");
    }

    /** A property that a newer peer has added is no reason to stop. */
    @Test
    void passesOverWhatItDoesNotKnow() {
        var line = "{\"revision\":1,\"full\":false,\"documents\":[],\"later\":{\"a\":1}}";
        assertThat(JSON.readValue(line, DesiredBatch.class)).isEqualTo(new DesiredBatch(1, false, List.of()));
    }

    @Test
    void everyKindOfDocumentIsHere() {
        assertThat(Stream.concat(documents().stream(), Stream.of(snapshot(), peers()))
                        .map(d -> d.key().kind()))
                .containsExactlyInAnyOrder(DocumentKind.values());
        assertThat(Arrays.stream(DocumentKind.values()).map(k -> DocumentKind.ofWireName(k.wireName())))
                .containsExactly(DocumentKind.values());
    }

    /** A ledger and documents from before there were eras are of era 0. */
    @Test
    void whatSaysNothingOfAnEraIsOfTheFirst() throws IOException {
        var batch = JSON.readValue(golden("desired-full"), DesiredBatch.class);
        assertThat(Era.of(batch.revision())).isEqualTo(Era.FIRST);
        assertThat(batch.documents()).allMatch(d -> d.generation().era().equals(Era.FIRST));
        assertThat(laterEra().generation().era()).isEqualTo(new Era(2));
    }

    private static ObservedReport steps() {
        var key = new DocumentKey(DocumentKind.INSTANCE, INSTANCE.value());
        return new ObservedReport(
                3,
                "4f0e0c0e-0000-4000-8000-000000000000",
                19,
                false,
                43,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(new DocumentSteps(
                        key,
                        Generation.FIRST,
                        900,
                        402_000,
                        403_500,
                        List.of(
                                new DocumentSteps.Call("StartMachine", key.toString(), 1_200, 800, true),
                                new DocumentSteps.Call("StartMachine", key.toString(), 52_000, 349_000, false)))),
                null);
    }

    private static HostDocument laterEra() {
        return new SecurityGroupSpec(
                GROUP, ACCOUNT, VPC, new Generation(new Era(2).base() + 3), Presence.PRESENT, List.of());
    }

    private static LedgerReport ledger() {
        return new LedgerReport(
                42,
                true,
                List.of(laterEra()),
                List.of(VOLUME),
                List.of(new ObservedDocument(
                        laterEra().key(),
                        laterEra().generation(),
                        ObservedDocument.State.READY,
                        null,
                        "2026-11-21T10:00:00Z")),
                List.of(new Orphan(DocumentKind.VOLUME, VOLUME.value(), VOLUME.value())));
    }

    /** A VPC whose public addresses have names. */
    private static VpcSpec named() {
        return new VpcSpec(
                VPC,
                ACCOUNT,
                new Generation(2),
                Presence.PRESENT,
                new Cidr("172.31.0.0/16"),
                "ec2.internal",
                List.of(),
                "compute.croft.internal",
                true);
    }

    /** A VPC with two blocks and a subnet from which nothing leaves, beside one of before that does not say. */
    private static VpcSpec routed() {
        var main = new RouteTableId("rtb-0123456789abcdef0");
        return new VpcSpec(
                VPC,
                ACCOUNT,
                new Generation(3),
                Presence.PRESENT,
                new Cidr("10.0.0.0/16"),
                "ec2.internal",
                List.of(),
                null,
                true,
                List.of(new SubnetSpec(
                        SUBNET, new Cidr("10.0.1.0/24"), "10.0.1.1", "02:00:00:00:00:01", 100, "us-east-1a", main)),
                List.of(new Cidr("10.1.0.0/16")),
                List.of(new RouteTableSpec(
                        main,
                        true,
                        List.of(new RouteTableSpec.Route(new Cidr("192.0.2.0/24"), "igw-0123456789abcdef0")))),
                new InternetGatewayId("igw-0123456789abcdef0"),
                false);
    }

    private static VpcSpec guarded() {
        var acl = new NetworkAclId("acl-0123456789abcdef0");
        var routed = routed();
        var subnet = routed.allSubnets().getFirst();
        return new VpcSpec(
                routed.id(),
                routed.account(),
                new Generation(4),
                routed.presence(),
                routed.cidr(),
                routed.dnsDomain(),
                List.of(),
                null,
                true,
                List.of(),
                routed.otherCidrs(),
                routed.routeTables(),
                routed.internetGateway(),
                false,
                List.of(new SubnetSpec(
                        subnet.id(),
                        subnet.cidr(),
                        subnet.gateway(),
                        subnet.gatewayMac(),
                        subnet.vni(),
                        subnet.zone(),
                        subnet.routeTable(),
                        acl)),
                List.of(new NetworkAclSpec(
                        acl,
                        true,
                        List.of(
                                new NetworkAclSpec.Entry(
                                        true, 100, true, NetworkAclSpec.ALL, -1, -1, new Cidr("0.0.0.0/0")),
                                new NetworkAclSpec.Entry(false, 90, false, 6, 22, 22, new Cidr("192.0.2.0/24"))))));
    }

    private static List<HostDocument> documents() {
        return List.of(
                new VpcSpec(
                        VPC,
                        ACCOUNT,
                        new Generation(1),
                        Presence.PRESENT,
                        new Cidr("172.31.0.0/16"),
                        "ec2.internal",
                        List.of(new SubnetSpec(
                                SUBNET,
                                new Cidr("172.31.0.0/20"),
                                "172.31.0.1",
                                "02:00:00:00:00:01",
                                100,
                                "us-east-1a")),
                        null,
                        null),
                new SecurityGroupSpec(
                        GROUP,
                        ACCOUNT,
                        VPC,
                        new Generation(2),
                        Presence.PRESENT,
                        List.of(
                                new SecurityGroupRuleSpec(
                                        SecurityGroupRuleSpec.Direction.INGRESS,
                                        6,
                                        22,
                                        22,
                                        new Cidr("0.0.0.0/0"),
                                        null),
                                new SecurityGroupRuleSpec(
                                        SecurityGroupRuleSpec.Direction.EGRESS, -1, -1, -1, null, GROUP))),
                new InterfaceSpec(
                        INTERFACE,
                        ACCOUNT,
                        new Generation(3),
                        Presence.PRESENT,
                        VPC,
                        SUBNET,
                        INSTANCE,
                        0,
                        "02:ab:cd:ef:01:23",
                        List.of("172.31.0.4"),
                        "198.18.0.5",
                        List.of(GROUP),
                        true),
                new VolumeSpec(
                        VOLUME,
                        ACCOUNT,
                        new Generation(4),
                        Presence.PRESENT,
                        "file",
                        8L << 30,
                        new Digest("ab".repeat(32))),
                instance(Presence.ABSENT, InstanceSpec.Power.ON, InstanceSpec.StopMode.GRACEFUL),
                new OperationSpec(
                        OPERATION,
                        TARGET,
                        new Generation(6),
                        Presence.PRESENT,
                        InstanceVerb.REBOOT,
                        "2026-11-21T00:01:00Z"));
    }

    /** As agents of before were not told them. */
    private static VolumeSpec limited() {
        var iops = new IoLimits.Rate(100, new IoLimits.Burst(3_000, 1_800));
        return new VolumeSpec(
                VOLUME,
                ACCOUNT,
                new Generation(5),
                Presence.PRESENT,
                "file",
                8L << 30,
                null,
                new IoLimits(iops, IoLimits.Rate.of(128 << 20)),
                null);
    }

    /** Useless to an agent that cannot. */
    private static VolumeSpec filled() {
        return new VolumeSpec(
                        VOLUME, ACCOUNT, new Generation(5), Presence.PRESENT, "file", 8L << 30, null, null, SNAPSHOT)
                .filledFirst();
    }

    private static InstanceSpec hibernating() {
        return instance(Presence.PRESENT, InstanceSpec.Power.OFF, InstanceSpec.StopMode.HIBERNATE);
    }

    private static InstanceSpec instance(Presence presence, InstanceSpec.Power power, InstanceSpec.StopMode stop) {
        return instance(presence, power, stop, null, null);
    }

    /** As agents of before were not told them: the zone's id and whether metrics are taken. */
    private static InstanceSpec monitored() {
        return instance(Presence.PRESENT, InstanceSpec.Power.ON, InstanceSpec.StopMode.GRACEFUL, "use1-az1", true);
    }

    private static InstanceSpec unrecovered() {
        var one = monitored();
        return new InstanceSpec(
                one.id(),
                one.account(),
                one.generation(),
                one.presence(),
                one.power(),
                one.stop(),
                one.instanceType(),
                one.vcpus(),
                one.memoryBytes(),
                one.architecture(),
                one.bootMode(),
                one.disks(),
                one.interfaces(),
                one.metadata(),
                false);
    }

    private static InstanceSpec instance(
            Presence presence,
            InstanceSpec.Power power,
            InstanceSpec.StopMode stop,
            @Nullable String zoneId,
            @Nullable Boolean monitored) {
        return new InstanceSpec(
                INSTANCE,
                ACCOUNT,
                new Generation(5),
                presence,
                power,
                stop,
                "t3.nano",
                2,
                512L << 20,
                "x86_64",
                InstanceSpec.BootMode.BIOS,
                List.of(new DiskSpec(VOLUME, "/dev/vda")),
                List.of(INTERFACE),
                new MetadataSpec(
                        new ImageId("ami-" + HEX),
                        new ReservationId("r-" + HEX),
                        0,
                        "us-east-1",
                        "us-east-1a",
                        "ring",
                        2,
                        "ip-172-31-0-4.ec2.internal",
                        "key",
                        "ssh-ed25519 AAAA key",
                        List.of("default"),
                        null,
                        "2026-11-21T00:00:00.000Z",
                        true,
                        true,
                        1,
                        Map.of("Name", "web"),
                        zoneId,
                        monitored));
    }

    private static List<HostDocument> verbs() {
        return Arrays.stream(InstanceVerb.values())
                .<HostDocument>map(verb -> new OperationSpec(
                        OPERATION, TARGET, new Generation(6), Presence.PRESENT, verb, "2026-11-21T00:01:00Z"))
                .toList();
    }

    private static ObservedReport full() {
        return new ObservedReport(
                3,
                "4f0e0c0e-0000-4000-8000-000000000000",
                17,
                true,
                42,
                new HostFacts(
                        "alpha",
                        "us-east-1a",
                        "x86_64",
                        "tcg",
                        2,
                        24L << 30,
                        List.of(new HostFacts.StoragePool("file", 100L << 30, 60L << 30)),
                        "0.1.0",
                        List.of("bridge-nf-call-iptables is 0"),
                        new HostHealth(
                                "2026-11-21T00:00:03Z", "2026-11-21T00:00:00Z", true, 1, 2, 0, null, null, true, null),
                        List.of("arm64"),
                        List.of("riscv64 is to be emulated: no QEMU for it")),
                List.of(
                        new ObservedDocument(
                                new DocumentKey(DocumentKind.INSTANCE, INSTANCE.value()),
                                new Generation(5),
                                ObservedDocument.State.READY,
                                null,
                                "2026-11-21T00:00:01Z"),
                        new ObservedDocument(
                                new DocumentKey(DocumentKind.VOLUME, VOLUME.value()),
                                new Generation(4),
                                ObservedDocument.State.FAILED,
                                new Failure(Failure.Code.BLOB_MISSING, "no such blob", false),
                                "2026-11-21T00:00:01Z")),
                List.of(),
                List.of(new Orphan(DocumentKind.INTERFACE, "cftt01234567", INTERFACE.value())));
    }

    private static ObservedReport partial() {
        return new ObservedReport(
                3,
                "4f0e0c0e-0000-4000-8000-000000000000",
                18,
                false,
                43,
                null,
                List.of(),
                List.of(
                        new OperationResult(OPERATION, "b3V0cHV0", null, "2026-11-21T00:00:02Z"),
                        new OperationResult(
                                OPERATION,
                                null,
                                new Failure(Failure.Code.DEADLINE, "too late", false),
                                "2026-11-21T00:00:02Z")),
                List.of());
    }

    private static ObservedReport fenced() {
        return new ObservedReport(
                3,
                "4f0e0c0e-0000-4000-8000-000000000000",
                21,
                false,
                48,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                2L);
    }

    private static ObservedReport guest() {
        return new ObservedReport(
                3,
                "4f0e0c0e-0000-4000-8000-000000000000",
                20,
                false,
                43,
                null,
                List.of(new ObservedDocument(
                                new DocumentKey(DocumentKind.INSTANCE, INSTANCE.value()),
                                new Generation(5),
                                ObservedDocument.State.READY,
                                null,
                                "2026-11-21T00:00:01Z")
                        .with(GuestCondition.SILENT)),
                List.of(),
                List.of());
    }

    private static ObservedReport volumes() {
        return new ObservedReport(
                3,
                "4f0e0c0e-0000-4000-8000-000000000000",
                21,
                false,
                43,
                null,
                List.of(new ObservedDocument(
                                new DocumentKey(DocumentKind.INSTANCE, INSTANCE.value()),
                                new Generation(5),
                                ObservedDocument.State.READY,
                                null,
                                "2026-11-21T00:00:01Z")
                        .holding(List.of(VOLUME))),
                List.of(),
                List.of());
    }

    private static ObservedReport paused() {
        return new ObservedReport(
                3,
                "4f0e0c0e-0000-4000-8000-000000000000",
                19,
                false,
                43,
                null,
                List.of(new ObservedDocument(
                        new DocumentKey(DocumentKind.INSTANCE, INSTANCE.value()),
                        new Generation(5),
                        ObservedDocument.State.PENDING,
                        new Failure(Failure.Code.HYPERVISOR, "The machine is paused: a disk of it failed.", true),
                        "2026-11-21T00:00:01Z",
                        PauseReason.IO_ERROR)),
                List.of(),
                List.of());
    }

    private static String golden(String name) throws IOException {
        try (var file = GoldenJsonTest.class.getResourceAsStream("/golden/v1/" + name + ".json")) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
