package io.croft.controller.compute.launch;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.croft.controller.blockstorage.volume.AttachmentState;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.blockstorage.volume.VolumeState;
import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.instance.InstanceChange;
import io.croft.controller.compute.instance.InstanceDocuments;
import io.croft.controller.compute.instance.InstanceListing;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.instance.StatusCheck;
import io.croft.controller.compute.launchspec.MetadataOptions;
import io.croft.controller.compute.status.InstanceStatuses;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.controller.history.History;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.keypair.KeyPairs;
import io.croft.controller.keypair.KeyType;
import io.croft.controller.network.securitygroup.GroupReference.ById;
import io.croft.controller.network.securitygroup.Permission;
import io.croft.controller.network.securitygroup.Permission.Peer;
import io.croft.controller.network.securitygroup.SecurityGroupRules;
import io.croft.controller.network.securitygroup.SecurityGroups;
import io.croft.controller.tags.TagSpecification;
import io.croft.controller.tags.Tags;
import io.croft.protocol.DiskSpec;
import io.croft.protocol.Failure;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.ObservedDocument.State;
import io.croft.protocol.Presence;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.protocol.VolumeSpec;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** What a launch may ask for, and what many at once make of the hosts. */
@ComputeTest
class LaunchIT {
    @Autowired
    ComputeWorld world;

    @Autowired
    Instances instances;

    @Autowired
    Launches launches;

    @Autowired
    InstanceStatuses statuses;

    @Autowired
    KeyPairs keyPairs;

    @Autowired
    SecurityGroups groups;

    @Autowired
    SecurityGroupRules rules;

    @Autowired
    Tags tags;

    @Autowired
    History history;

    @Autowired
    InstanceListing listing;

    @Autowired
    InstanceDocuments documents;

    @Autowired
    TransactionTemplate transaction;

    private Caller caller;
    private ImageId image;
    private ScriptedHost host;

    @BeforeEach
    void start() {
        caller = world.tenant();
        image = world.image();
        host = world.onlyHost(16);
    }

    private LaunchRequests request() {
        return LaunchRequests.of(image);
    }

    private Reservation run(LaunchRequests request) {
        return launches.run(caller, request.build());
    }

    private InstanceView runOne(LaunchRequests request) {
        return run(request).instances().getFirst();
    }

    private InstanceSpec spec(InstanceId id) {
        return (InstanceSpec) host.document(id).orElseThrow();
    }

    @Test
    void severalAtOnceAreOneReservation() {
        var reservation = run(request().counts(3, 3));
        assertThat(reservation.instances())
                .extracting(InstanceView::launchIndex)
                .containsExactly(0, 1, 2);
        assertThat(reservation.instances())
                .extracting(InstanceView::reservation)
                .containsOnly(reservation.id());
        assertThat(reservation.instances())
                .extracting(i -> i.interfaces().getFirst().privateAddress())
                .doesNotHaveDuplicates();
        assertThat(reservation.instances())
                .extracting(i -> i.interfaces().getFirst().mac())
                .doesNotHaveDuplicates();
    }

    @Test
    void aLaunchIsAnsweredAndToldAsItIsReadAfterwards() {
        var tag = Map.of("b", "2", "a", "1");
        var made = run(request()
                        .counts(2, 2)
                        .monitored()
                        .metadata(new MetadataOptions(true, true, 3, true))
                        .tags(List.of(
                                new TagSpecification(ResourceType.INSTANCE, tag),
                                new TagSpecification(ResourceType.VOLUME, tag),
                                new TagSpecification(ResourceType.NETWORK_INTERFACE, tag))))
                .instances();
        var ids = made.stream().map(InstanceView::id).toList();
        assertThat(instances
                        .describe(
                                caller,
                                Query.ofIds(ids.stream().map(InstanceId::value).toList()))
                        .items())
                .containsExactlyInAnyOrderElementsOf(made);
        var told = ids.stream().map(this::spec).toList();
        // The same generation with other content would be refused.
        transaction.executeWithoutResult(_ -> documents.put(ids));
        assertThat(ids).extracting(this::spec).isEqualTo(told);
    }

    @Test
    void theCoresOfAnInstanceAreThoseOfItsType() {
        var view = runOne(request().type("t3.nano"));
        assertThat(view.vcpus()).isEqualTo(2);
        assertThat(view.threadsPerCore()).isEqualTo(2);
        assertThat(runOne(request().type("t2.nano")).threadsPerCore()).isEqualTo(1);
    }

    @Test
    void onlyATypeThatIsOptimizedForEbsIsAskedToBe() {
        assertThat(runOne(request().type("t3.nano").ebsOptimized()).options().ebsOptimized())
                .isTrue();
        assertThat(runOne(request().type("t3.nano")).options().ebsOptimized()).isFalse();
        refused(ErrorCode.UNSUPPORTED, () -> runOne(request().type("t2.nano").ebsOptimized()));
    }

    @Test
    void aTypeWithGraphicsProcessorsIsNotLaunched() {
        for (var type : List.of("g4dn.xlarge", "g5.xlarge", "p3.2xlarge")) {
            refused(ErrorCode.UNSUPPORTED, () -> runOne(request().type(type)));
        }
    }

    @Test
    void anImageOf32BitsRunsOnAMachineOf64() {
        image = world.image("i386");
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> runOne(request().type("t3.nano")));
        var view = runOne(request().type("t2.nano"));
        assertThat(view.architecture()).isEqualTo("i386");
        assertThat(spec(view.id()).architecture()).isEqualTo("x86_64");
        host.converge();
        instances.stop(caller, List.of(view.id()), false);
        host.converge();
        instances.start(caller, List.of(view.id()));
        assertThat(spec(view.id()).architecture()).isEqualTo("x86_64");
    }

    @Test
    void keyUserDataTagsAndMetadataReachTheHost() {
        keyPairs.create(caller, "my key", KeyType.ED25519, Map.of());
        var userData = Base64.getEncoder().encodeToString("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
        var view = runOne(request()
                .key("my key")
                .userData(userData)
                .metadata(new MetadataOptions(true, false, 3, true))
                .tags(List.of(
                        new TagSpecification(ResourceType.INSTANCE, Map.of("Name", "web")),
                        new TagSpecification(ResourceType.VOLUME, Map.of("Name", "disk")),
                        new TagSpecification(ResourceType.NETWORK_INTERFACE, Map.of("Name", "nic")))));
        assertThat(view.tags()).containsEntry("Name", "web");
        assertThat(view.volumes().getFirst().tags()).containsEntry("Name", "disk");
        assertThat(view.interfaces().getFirst().tags()).containsEntry("Name", "nic");
        var metadata = spec(view.id()).metadata();
        assertThat(metadata.publicKey()).startsWith("ssh-ed25519 ").endsWith(" my key");
        assertThat(metadata.userData()).isEqualTo(userData);
        assertThat(metadata.tokensRequired()).isFalse();
        assertThat(metadata.hopLimit()).isEqualTo(3);
        assertThat(metadata.tags()).containsEntry("Name", "web");
        tags.create(caller, List.of(view.id().value()), Map.of("Name", "renamed"));
        assertThat(spec(view.id()).metadata().tags()).containsEntry("Name", "renamed");
        assertThat(spec(view.id()).generation().value()).isEqualTo(2);
    }

    @Test
    void groupsReachTheHostWithTheirRulesAndAreInUse() {
        var web = groups.create(caller, "web", "a group", null, Map.of());
        var view = runOne(request().groups("web", "default"));
        assertThat(view.interfaces().getFirst().groups()).extracting("name").containsExactly("web", "default");
        refused(ErrorCode.SECURITY_GROUP_IN_USE, () -> groups.delete(caller, new ById(web)));
        var ssh = new Permission(6, 22, 22, new Peer.Block(new Cidr("0.0.0.0/0")), null);
        rules.authorize(caller, new ById(web), Direction.INGRESS, List.of(ssh), Map.of());
        var spec = (SecurityGroupSpec) host.document(web).orElseThrow();
        assertThat(spec.rules()).hasSize(2);
        assertThat(spec.generation().value()).isEqualTo(2);
        instances.terminate(caller, List.of(view.id()));
        groups.delete(caller, new ById(web));
        assertThat(((SecurityGroupSpec) host.document(web).orElseThrow()).presence())
                .isEqualTo(Presence.ABSENT);
        host.converge();
        host.converge();
        assertThat(host.documents()).isEmpty();
    }

    @Test
    void whatAHostForgotItIsToldAgain() {
        var first = runOne(request());
        instances.terminate(caller, List.of(first.id()));
        host.converge();
        host.converge();
        assertThat(host.documents()).isEmpty();
        var second = runOne(request());
        assertThat(host.documents()).hasSize(5).allMatch(d -> d.presence() == Presence.PRESENT);
        assertThat(host.documents())
                .filteredOn(d -> d instanceof SecurityGroupSpec)
                .allMatch(d -> d.generation().value() == 3);
        assertThat(second.interfaces()).hasSize(1);
    }

    @Test
    void aTokenLaunchesOnce() throws Exception {
        var request = request().clientToken("once").counts(2, 2);
        Callable<Reservation> launch = () -> run(request);
        var ids = new HashSet<String>();
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (var done : threads.invokeAll(
                    IntStream.range(0, 6).mapToObj(_ -> launch).toList())) {
                assertThat(done.get().instances()).hasSize(2);
                ids.add(done.get().id().value());
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(instances.describe(caller, Query.ALL).items()).hasSize(2);
        refused(ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH, () -> run(request().clientToken("once")));
        assertThat(launches.run(world.tenant(), request.build()).id().value()).isNotIn(ids);
    }

    private static DiskRequest disk(String device, int size, boolean goes) {
        return new DiskRequest(device, size, null, null, null, goes);
    }

    @Test
    void eachGetsAllItsVolumes() {
        var tag = new TagSpecification(ResourceType.VOLUME, Map.of("team", "db"));
        var made = run(request()
                .counts(2, 2)
                .disks(disk("/dev/sdg", 3, true), disk("/dev/sda1", 9, true), disk("/dev/sdf", 2, false))
                .tags(List.of(tag)));
        assertThat(made.instances()).hasSize(2).allSatisfy(i -> {
            assertThat(i).isEqualTo(instances.require(caller, i.id()));
            assertThat(i.volumes())
                    .allSatisfy(v -> assertThat(v.tags()).isEqualTo(Map.of("team", "db")))
                    .extracting(v -> v.shape().sizeGib())
                    .containsExactly(9, 2, 3);
            assertThat(spec(i.id()).disks())
                    .extracting(DiskSpec::deviceName)
                    .containsExactly("/dev/xvda", "/dev/sdf", "/dev/sdg");
            var data = (VolumeSpec) host.document(i.volumes().get(1).id()).orElseThrow();
            assertThat(data.image()).isNull();
            assertThat(data.sizeBytes()).isEqualTo(2L << 30);
            assertThat(history.of(caller.account(), i.volumes().get(1).id().value()))
                    .singleElement()
                    .satisfies(e -> assertThat(e.detail()).contains(i.id().value(), "/dev/sdf", "2 GiB"));
        });
        assertThat(host.claimed().getLast()).isEqualTo(28L << 30);
        assertThat(world.count("volume WHERE account = '" + caller.account() + "'"))
                .isEqualTo(6);
        host.converge();
        var one = made.instances().getFirst().id();
        assertThat(instances.require(caller, one).state()).isEqualTo(InstanceState.RUNNING);
        assertThat(instances.require(caller, one).volumes())
                .extracting(
                        v -> v.state(),
                        v -> Objects.requireNonNull(v.attachment()).state())
                .containsOnly(tuple(VolumeState.IN_USE, AttachmentState.ATTACHED));
        instances.modify(caller, one, new InstanceChange.DeleteOnTermination(Map.of("/dev/xvdg", false)));
        instances.terminate(
                caller, made.instances().stream().map(InstanceView::id).toList());
        host.converge();
        host.converge();
        assertThat(world.count("volume WHERE state = 'AVAILABLE' AND account = '" + caller.account() + "'"))
                .as("both of /dev/sdf, and the one of which it was said since")
                .isEqualTo(3);
        assertThat(host.claimed().getLast()).isEqualTo(7L << 30);
    }

    @Test
    void ofVolumesTooManyNothingIsLeft() {
        refused(
                ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY,
                () -> run(request().disks(disk("/dev/sdf", 5_000, true), disk("/dev/sdg", 5_000, true))));
        refused(
                ErrorCode.INVALID_BLOCK_DEVICE_MAPPING,
                () -> run(request().disks(disk("/dev/sdf", 1, true), disk("/dev/vdf", 1, true))));
        assertThat(world.count("volume WHERE account = '" + caller.account() + "'"))
                .isZero();
        assertThat(host.claimed()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void whatNeverRanLeavesNoVolume() {
        var view = runOne(request().disks(disk("/dev/sdf", 2, false)));
        host.report(view.volumes().getLast().id(), State.FAILED, new Failure(Failure.Code.DISK_FULL, "no room", false));
        world.assertState(caller, view.id(), InstanceState.SHUTTING_DOWN);
        host.converge();
        host.converge();
        assertThat(world.count("volume WHERE account = '" + caller.account() + "'"))
                .isZero();
        assertThat(host.claimed()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void refusesWhatDoesNotExist() {
        refused(ErrorCode.IMAGE_NOT_FOUND, () -> run(LaunchRequests.of(new ImageId("ami-00000000000000009"))));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> run(request().type("t9.huge")));
        refused(ErrorCode.KEY_PAIR_NOT_FOUND, () -> run(request().key("none")));
        refused(ErrorCode.SECURITY_GROUP_NOT_FOUND, () -> run(request().groups("none")));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> run(request().zone("mars-1a")));
        refused(
                ErrorCode.INVALID_BLOCK_DEVICE_MAPPING,
                () -> run(request().disks(new DiskRequest(null, 1, null, null, null, null))));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> run(request().privateAddress("10.0.0.1")));
        runOne(request().privateAddress("172.31.0.10"));
        refused(ErrorCode.ADDRESS_IN_USE, () -> run(request().privateAddress("172.31.0.10")));
        assertThat(instances.describe(caller, Query.ALL).items()).hasSize(1);
        assertThat(host.claimed().getFirst()).isEqualTo(2);
    }

    @Test
    void withoutRoomNothingIsLeftButTheReasons() {
        refused(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY, () -> run(request().counts(33, 40)));
        assertThat(instances.describe(caller, Query.ALL).items()).isEmpty();
        assertThat(host.documents()).isEmpty();
        assertThat(host.claimed()).containsExactly(0L, 0L, 0L);
        await().untilAsserted(() -> assertThat(history.of(caller.account(), caller.requestId()))
                .singleElement()
                .satisfies(e -> assertThat(e.detail()).contains(host.name()).contains("vCPUs free")));
        assertThat(run(request().counts(1, 40)).instances()).hasSize(32);
    }

    @Test
    void aStartWithoutRoomSaysWhyUnderTheInstance() {
        var id = runOne(request()).id();
        host.converge();
        instances.stop(caller, List.of(id), false);
        host.converge();
        run(request().counts(32, 32));
        refused(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY, () -> instances.start(caller, List.of(id)));
        world.assertState(caller, id, InstanceState.STOPPED);
        await().untilAsserted(() -> assertThat(
                        history.of(caller.account(), id.value()).getLast().detail())
                .contains("2 missing"));
    }

    @Test
    void spreadsOverTheHosts() {
        var other = world.anotherHost(16);
        run(request().counts(4, 4));
        assertThat(host.claimed().getFirst()).isEqualTo(4);
        assertThat(other.claimed().getFirst()).isEqualTo(4);
    }

    @Test
    void aCheckedRequestLeavesNothing() {
        transaction.executeWithoutResult(status -> {
            assertThat(run(request().clientToken("checked")).instances()).hasSize(1);
            status.setRollbackOnly();
        });
        assertThat(instances.describe(caller, Query.ALL).items()).isEmpty();
        assertThat(host.documents()).isEmpty();
        assertThat(host.claimed()).containsExactly(0L, 0L, 0L);
        assertThat(run(request().clientToken("checked")).instances()).hasSize(1);
    }

    @Test
    void manyLaunchesAtOnceNeverPromiseTooMuch() throws Exception {
        var other = world.anotherHost(4);
        var tasks = new ArrayList<Callable<Integer>>();
        for (var task = 0; task < 12; task++) {
            var tenant = task % 2 == 0 ? caller : world.tenant();
            tasks.add(() -> launchUntilFull(tenant));
        }
        var launched = 0;
        try (var threads = Executors.newFixedThreadPool(12)) {
            for (var done : threads.invokeAll(tasks)) {
                launched += done.get();
            }
        }
        assertThat(launched).isEqualTo((64 + 16) / 2);
        assertThat(host.claimed().getFirst()).isEqualTo(64);
        assertThat(other.claimed().getFirst()).isEqualTo(16);
        assertThat(world.count(
                        "(SELECT subnet, private_address FROM network_interface GROUP BY 1, 2 HAVING count(*) > 1) d"))
                .isZero();
    }

    private int launchUntilFull(Caller tenant) {
        var launched = 0;
        while (true) {
            try {
                launched += launches.run(tenant, request().counts(1, 3).build())
                        .instances()
                        .size();
            } catch (CloudException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY);
                return launched;
            }
        }
    }

    @Test
    void filtersAndPagesAreEc2s() {
        var reservation = run(request()
                .counts(6, 6)
                .tags(List.of(new TagSpecification(ResourceType.INSTANCE, Map.of("Name", "many")))));
        host.converge();
        var one = reservation.instances().getFirst();
        instances.terminate(caller, List.of(one.id()));
        var stranger = world.tenant();
        assertThat(found(caller, "instance-state-name", "running")).isEqualTo(5);
        assertThat(found(caller, "instance-state-code", "16")).isEqualTo(5);
        assertThat(found(caller, "reservation-id", reservation.id().value())).isEqualTo(6);
        assertThat(found(caller, "tag:Name", "m?ny")).isEqualTo(6);
        assertThat(found(caller, "vpc-id", one.interfaces().getFirst().vpc().value()))
                .isEqualTo(5);
        assertThat(found(
                        caller,
                        "private-ip-address",
                        reservation.instances().get(1).interfaces().getFirst().privateAddress()))
                .isEqualTo(1);
        assertThat(found(
                        caller,
                        "private-dns-name",
                        reservation.instances().get(1).interfaces().getFirst().privateDnsName()))
                .isEqualTo(1);
        assertThat(found(
                        caller,
                        "ip-address",
                        Objects.requireNonNull(reservation
                                .instances()
                                .get(1)
                                .interfaces()
                                .getFirst()
                                .publicAddress())))
                .isEqualTo(1);
        assertThat(found(caller, "instance.group-name", "default")).isEqualTo(5);
        assertThat(found(caller, "block-device-mapping.device-name", "/dev/xvda"))
                .isEqualTo(6);
        assertThat(found(caller, "launch-time", "20*Z")).isEqualTo(6);
        assertThat(found(caller, "tenancy", "default")).isEqualTo(6);
        assertThat(found(stranger, "instance-state-name", "running")).isZero();
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> found(caller, "colour", "red"));
        refused(ErrorCode.INSTANCE_NOT_FOUND, () -> world.show(stranger, one.id()));
        assertThat(statuses.describe(caller, Query.ALL, false).items())
                .hasSize(5)
                .allMatch(s -> s.instanceCheck() == StatusCheck.OK && s.systemCheck() == StatusCheck.OK);
        assertThat(statuses.describe(caller, Query.ALL, true).items()).hasSize(6);
        var page = instances.describe(caller, new Query(List.of(), List.of(), 5, null));
        assertThat(page.items()).hasSize(5);
        assertThat(instances
                        .describe(caller, new Query(List.of(), List.of(), 5, page.nextToken()))
                        .items())
                .hasSize(1);
    }

    private int found(Caller who, String filter, String value) {
        return instances
                .describe(who, new Query(List.of(), List.of(new Filter(filter, List.of(value))), null, null))
                .items()
                .size();
    }

    @Test
    void everyFilterIsSound() {
        for (var filter : listing.filterNames()) {
            assertThat(found(caller, filter, "no such value")).as(filter).isZero();
        }
    }
}
