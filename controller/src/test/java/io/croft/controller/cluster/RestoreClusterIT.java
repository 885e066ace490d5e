package io.croft.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.agent.hypervisor.VmSpec;
import io.croft.controller.blockstorage.attachment.VolumeAttachments;
import io.croft.controller.blockstorage.move.MoveVolumes;
import io.croft.controller.blockstorage.volume.DeviceName;
import io.croft.controller.blockstorage.volume.VolumeMoves;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeType;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.blockstorage.volume.Volumes;
import io.croft.controller.compute.LaunchRequests;
import io.croft.controller.compute.instance.InstanceChange;
import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.placementgroup.PlacementGroups;
import io.croft.controller.compute.placementgroup.PlacementStrategy;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.fleet.EnrollmentTokens;
import io.croft.controller.identity.AccountState;
import io.croft.controller.identity.Accounts;
import io.croft.controller.network.elasticip.ElasticIps;
import io.croft.controller.network.elasticip.ElasticIps.Target;
import io.croft.controller.network.eni.NetworkInterfaceView;
import io.croft.controller.network.networkacl.NetworkAcls;
import io.croft.controller.network.networkacl.NewEntry;
import io.croft.controller.network.routetable.RouteTableView;
import io.croft.controller.network.routetable.RouteTables;
import io.croft.controller.network.securitygroup.GroupReference;
import io.croft.controller.network.securitygroup.Permission;
import io.croft.controller.network.securitygroup.SecurityGroupRules;
import io.croft.controller.network.vpc.VpcView;
import io.croft.controller.network.vpc.Vpcs;
import io.croft.controller.recovery.Recovery;
import io.croft.controller.restore.Choice;
import io.croft.controller.restore.Restore;
import io.croft.controller.restore.RestoreLine;
import io.croft.protocol.LedgerReport;
import io.croft.protocol.Presence;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.protocol.VolumeSpec;
import io.croft.types.Cidr;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.InternetGatewayId;
import io.croft.types.VpcId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.json.JsonMapper;

/** An older copy of the database is put back under hosts that went on: nothing comes back from the dead, nothing that lives is touched, and all is in order after. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreClusterIT {
    private static final int SHORT = 10;
    private static final int LONG = 100;
    private static final String[] BEGIN = {
        "UPDATE controller_era SET state = 'RECONCILING', reason = 'An older copy was put back.', since = now()",
        "DELETE FROM host_recovery",
        "INSERT INTO host_recovery (host) SELECT id FROM host",
        "SELECT pg_notify('croft_desired', id) FROM host"
    };

    /** What a copy of the server's files says of itself. */
    private static final String ORIGINAL = """
        UPDATE controller_era
        SET written = pg_current_xact_id(), home = (SELECT oid FROM pg_database WHERE datname = current_database())
        """;

    private final Cluster cluster = Cluster.start();
    private final Caller tenant = cluster.tenant();
    private final ImageId image = cluster.image(tenant);

    @BeforeAll
    void hosts() {
        cluster.addHost();
        cluster.addHost();
        cluster.awaitReady();
    }

    @AfterAll
    void end() {
        cluster.close();
    }

    private void awaitTold() {
        var restore = cluster.bean(Restore.class);
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .until(() -> cluster.bean(Recovery.class).state().reconciles()
                        && restore.status().silent().isEmpty());
    }

    private List<RestoreLine> merge() {
        awaitTold();
        return cluster.bean(Restore.class).apply(false, List.of());
    }

    private Map<String, String> actions(List<RestoreLine> lines) {
        return lines.stream().collect(Collectors.toMap(RestoreLine::resource, RestoreLine::action));
    }

    private Set<String> volumes() {
        return cluster.hosts().stream()
                .flatMap(h -> h.drivers().volumeStore().list().keySet().stream())
                .map(v -> v.value())
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Volumes that the hosts were told to have, and not to remove, though some may still be about to make them. */
    private List<String> toldVolumes() {
        return cluster.bean(Recovery.class).awaited().stream()
                .map(a -> JsonMapper.shared().readValue(a.ledger(), LedgerReport.class))
                .flatMap(l -> l.documents().stream())
                .filter(d -> d instanceof VolumeSpec && d.presence() == Presence.PRESENT)
                .map(d -> d.key().id())
                .toList();
    }

    /** Every start, stop and reset of a machine leaves a line on its console. */
    private Map<String, String> consoles() {
        var consoles = new TreeMap<String, String>();
        for (var host : cluster.hosts()) {
            var hypervisor = host.drivers().hypervisor();
            hypervisor.running().stream()
                    .map(VmSpec::id)
                    .forEach(id -> consoles.put(
                            id.value(), new String(hypervisor.consoleTail(id, 1 << 16), StandardCharsets.UTF_8)));
        }
        return consoles;
    }

    private void clear() {
        var left = cluster.show(tenant, List.of()).stream()
                .filter(i -> i.state() != InstanceState.TERMINATED)
                .map(InstanceView::id)
                .toList();
        for (var id : left) {
            cluster.instances().modify(tenant, id, new InstanceChange.TerminationProtection(false));
        }
        cluster.instances().terminate(tenant, left);
        cluster.await(tenant, left, InstanceState.TERMINATED);
        cluster.awaitEmpty();
    }

    /** By hand, with the controller stopped, as somebody does who knows of no other way: the hosts tell that it went back. */
    @Test
    void whatWasTerminatedSinceStaysSoAndWhatWasLaunchedSinceGoesOn() {
        var old = cluster.launch(tenant, image, 2);
        cluster.await(tenant, old, InstanceState.RUNNING);
        cluster.awaitSettled();
        cluster.bean(PlacementGroups.class).create(tenant, "apart", PlacementStrategy.PARTITION, 2, null, Map.of());
        var copy = DatabaseCopy.of(cluster);

        var dead = old.getFirst();
        cluster.instances().terminate(tenant, List.of(dead));
        cluster.await(tenant, List.of(dead), InstanceState.TERMINATED);
        var fresh = launchApart();
        cluster.await(tenant, fresh, InstanceState.RUNNING);
        cluster.awaitSettled();
        var known = cluster.show(tenant, fresh);
        var consoles = consoles();
        var volumes = volumes();

        cluster.stopController();
        copy.putBack(cluster, "UPDATE vpc SET public_domain = NULL");
        cluster.startController();
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .until(() -> cluster.bean(Recovery.class).state().reconciles());
        assertThatThrownBy(() -> cluster.launch(tenant, image, 1)).hasMessageContaining("restore");

        var lines = actions(merge());
        assertThat(lines)
                .containsEntry(dead.value(), "terminate")
                .containsEntry(fresh.getFirst().value(), "adopt");
        assertThatThrownBy(() -> cluster.bean(Restore.class).apply(false, List.of()))
                .hasMessageContaining("nothing to apply");
        cluster.awaitReady();
        cluster.awaitSettled();
        assertThat(consoles()).isEqualTo(consoles);
        assertThat(volumes()).isEqualTo(volumes);
        assertThat(cluster.show(tenant, dead).state()).isEqualTo(InstanceState.TERMINATED);
        assertThat(cluster.show(tenant, fresh))
                .usingRecursiveComparison()
                .comparingOnlyFields(
                        "architecture",
                        "autoRecovery",
                        "bootMode",
                        "group",
                        "image",
                        "instanceType",
                        "interfaces.groups",
                        "interfaces.privateDnsName",
                        "interfaces.publicDnsName",
                        "metadata",
                        "monitored",
                        "reservation",
                        "rootDeviceName",
                        "state",
                        "threadsPerCore",
                        "vcpus")
                .isEqualTo(known);
        assertThatThrownBy(() -> cluster.instances().terminate(tenant, fresh))
                .hasMessageContaining("disableApiTermination");
        cluster.await(tenant, cluster.launch(tenant, image, 2), InstanceState.RUNNING);
        cluster.awaitSettled();
        clear();
    }

    /** Two with all that a host is told of an instance and a launch may leave out. */
    private List<InstanceId> launchApart() {
        var request = LaunchRequests.of(image)
                .counts(2, 2)
                .userData("IyEvYmluL3NoCg==")
                .group("apart", 2)
                .withoutRecovery()
                .monitored()
                .build();
        return cluster.launches().run(tenant, request).instances().stream()
                .map(InstanceView::id)
                .toList();
    }

    /** One host alone can stop all changes, by what it says that it was told; the operator goes on without it. */
    @Test
    void aHostThatIsNotBelievedIsLeftOut() {
        var ids = cluster.launch(tenant, image, 4);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        cluster.awaitSettled();
        var liar = cluster.hosts().getFirst();
        var there = cluster.show(tenant, ids).stream()
                .filter(i -> liar.id().equals(i.host()))
                .map(InstanceView::id)
                .toList();
        cluster.database()
                .sql("UPDATE host_stream SET revision = revision - 1 WHERE host = :host")
                .param("host", liar.id().value())
                .update();
        liar.kill();
        liar.start();
        awaitTold();
        var restore = cluster.bean(Restore.class);
        assertThat(restore.status().state().reason()).contains(liar.id().value());

        assertThat(restore.plan(List.of(liar.id())))
                .filteredOn(l -> l.host().equals(liar.id().value()))
                .isNotEmpty()
                .allMatch(l -> l.action().equals("await"));
        restore.apply(false, List.of(liar.id()));
        assertThatThrownBy(() -> cluster.instances().stop(tenant, there.subList(0, 1), false))
                .hasMessageContaining(liar.id().value());
        var since = cluster.launch(tenant, image, 2);
        cluster.await(tenant, since, InstanceState.RUNNING);
        assertThat(cluster.show(tenant, since)).noneMatch(i -> liar.id().equals(i.host()));
        liar.kill();
        liar.start();
        Awaitility.await().atMost(Cluster.CONVERGENCE).until(liar::connected);
        assertThat(cluster.bean(Recovery.class).state().reconciles()).isFalse();

        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .until(() -> restore.status().spoken().equals(List.of(liar.id())));
        restore.apply(false, List.of());
        cluster.awaitReady();
        cluster.awaitSettled();
        assertThat(cluster.show(tenant, ids)).allMatch(i -> i.state() == InstanceState.RUNNING);
        clear();
    }

    /** A host that is away while the others are merged keeps its share as it is, and is merged when it comes back. */
    @Test
    void aHostThatComesLateIsMergedForItself() {
        var ids = cluster.launch(tenant, image, 4);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        cluster.awaitSettled();
        var copy = DatabaseCopy.of(cluster);
        var since = cluster.launch(tenant, image, 2);
        cluster.await(tenant, since, InstanceState.RUNNING);
        var late = cluster.hosts().getFirst();
        var there = cluster.show(tenant, ids).stream()
                .filter(i -> late.id().equals(i.host()))
                .map(InstanceView::id)
                .toList();
        cluster.awaitSettled();
        var consoles = consoles();
        late.kill();
        copy.putBack(cluster, BEGIN);
        var restore = cluster.bean(Restore.class);
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .until(() -> restore.status().silent().equals(List.of(late.id())));
        assertThatThrownBy(() -> restore.apply(false, List.of()))
                .hasMessageContaining(late.id().value());
        restore.apply(true, List.of());
        assertThatThrownBy(() -> cluster.instances().stop(tenant, there.subList(0, 1), false))
                .hasMessageContaining(late.id().value());

        late.start();
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .until(() -> restore.status().spoken().equals(List.of(late.id())));
        restore.apply(false, List.of());
        cluster.awaitReady();
        cluster.awaitSettled();
        assertThat(consoles()).isEqualTo(consoles);
        clear();
    }

    @Test
    void copiesFromAFewMomentsAreMerged() {
        seeds(SHORT);
    }

    @Test
    @Tag("long")
    void copiesFromManyMomentsAreMerged() {
        seeds(LONG);
    }

    private void seeds(int count) {
        var first = Objects.requireNonNullElseGet(Long.getLong("croft.seed"), () -> new SecureRandom().nextLong());
        for (var n = 0; n < count; n++) {
            var seed = first + n;
            try {
                survive(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                System.out.println("RestoreClusterIT: -Dcroft.seed=" + seed);
                throw e;
            }
        }
    }

    private void survive(Random random) {
        operate(random);
        var copy = DatabaseCopy.of(cluster);
        operate(random);
        var dead = settledDead(random);
        var volumes = volumes();
        copy.putBack(cluster, BEGIN);
        var running = consoles();
        awaitTold();
        volumes.addAll(toldVolumes());
        merge();
        cluster.awaitReady();
        cluster.awaitSettled();
        var after = consoles();
        assertThat(after.keySet()).as("nothing is launched again").noneMatch(dead::contains);
        running.keySet().retainAll(after.keySet());
        after.keySet().retainAll(running.keySet());
        assertThat(after).as("what goes on was not touched").isEqualTo(running);
        assertThat(volumes()).as("nothing is made anew").isSubsetOf(volumes);
        assertThat(cluster.bean(Recovery.class).frozen()).isEmpty();
        cluster.await(tenant, cluster.launch(tenant, image, 1), InstanceState.RUNNING);
        clear();
    }

    /** Instances that were terminated and of which nothing is left anywhere; half the time all is at rest, half the time not. */
    private Set<String> settledDead(Random random) {
        if (random.nextBoolean()) {
            cluster.awaitSettled();
        }
        return cluster.show(tenant, List.of()).stream()
                .filter(i -> i.state() == InstanceState.TERMINATED)
                .map(i -> i.id().value())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private void operate(Random random) {
        for (var n = random.nextInt(2, 5); n > 0; n--) {
            var live = new ArrayList<InstanceId>();
            for (var instance : cluster.show(tenant, List.of())) {
                if (instance.state() == InstanceState.RUNNING || instance.state() == InstanceState.STOPPED) {
                    live.add(instance.id());
                }
            }
            var one = live.isEmpty() ? null : live.get(random.nextInt(live.size()));
            switch (random.nextInt(4)) {
                case 0 -> stopOrStart(one);
                case 1 -> {
                    if (one != null) {
                        cluster.instances().terminate(tenant, List.of(one));
                    }
                }
                default -> {
                    var ids = cluster.launch(tenant, image, random.nextInt(1, 3));
                    if (random.nextBoolean()) {
                        cluster.await(tenant, ids, InstanceState.RUNNING);
                    }
                }
            }
        }
    }

    private void stopOrStart(@Nullable InstanceId one) {
        if (one == null) {
            return;
        }
        if (cluster.show(tenant, one).state() == InstanceState.RUNNING) {
            cluster.instances().stop(tenant, List.of(one), true);
        } else {
            cluster.instances().start(tenant, List.of(one));
        }
    }

    /** A controller made anew takes its hosts in again and what they have, accounts and networks with it. */
    @Test
    void aControllerMadeAnewAdoptsEverything() {
        try (var made = Cluster.start()) {
            var empty = DatabaseCopy.of(made);
            made.addHost();
            made.addHost();
            made.awaitReady();
            var owner = made.tenant();
            var ids = made.launch(owner, made.image(owner), 3);
            made.await(owner, ids, InstanceState.RUNNING);
            made.awaitSettled();
            var names = publicNames(made.show(owner, ids));
            assertThat(names).hasSize(3).allMatch(n -> n.startsWith("ec2-"));

            empty.putBack(made);
            made.hosts()
                    .forEach(h -> h.enrollAnew(made.bean(EnrollmentTokens.class)
                            .issue(Duration.ofHours(1))
                            .token()));
            var restore = made.bean(Restore.class);
            Awaitility.await()
                    .atMost(Cluster.CONVERGENCE)
                    .until(() -> restore.status().spoken().size() == 2);
            var lines = restore.apply(false, List.of());
            assertThat(lines)
                    .anyMatch(l -> l.action().equals("lost")
                            && l.resource().contains(owner.account().value()));
            made.awaitReady();
            made.awaitSettled();
            assertThat(made.show(owner, ids)).allMatch(i -> i.state() == InstanceState.RUNNING);
            assertThat(publicNames(made.show(owner, ids))).isEqualTo(names);
            made.await(owner, made.launch(owner, made.image(owner), 1), InstanceState.RUNNING);
            made.awaitSettled();
        }
    }

    private static Set<String> publicNames(List<InstanceView> instances) {
        return instances.stream()
                .flatMap(i -> i.interfaces().stream())
                .map(NetworkInterfaceView::publicDnsName)
                .collect(Collectors.toSet());
    }

    /** Of what both know of networks and groups the hosts' word is the newer, and the plan shows it. */
    @Test
    void whatWasChangedOfNetworksSinceIsFollowed() {
        var ids = cluster.launch(tenant, image, 2);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        cluster.awaitSettled();
        var vpcs = cluster.bean(Vpcs.class);
        var rules = cluster.bean(SecurityGroupRules.class);
        var vpc = vpcs.describe(tenant, Query.ALL).items().getFirst().id();
        var acls = cluster.bean(NetworkAcls.class);
        var standard = acls.describe(tenant, Query.ALL).items().getFirst();
        var copy = DatabaseCopy.of(cluster);
        vpcs.modify(tenant, vpc, null, false, _ -> true);
        var acl = acls.create(tenant, vpc, Map.of(), null);
        acls.createEntry(tenant, acl, new NewEntry(true, 7, true, "-1", null, null, "192.0.2.0/24"));
        var border = acls.replaceAssociation(
                tenant, standard.associations().getFirst().id(), acl);
        var gateway = new InternetGatewayId(
                Objects.requireNonNull(main(tenant, vpc).routes().getLast().target()));
        cluster.bean(RouteTables.class).createRoute(tenant, main(tenant, vpc).id(), "203.0.113.0/24", gateway);
        var peer = new Permission.Peer.Block(new Cidr("192.0.2.0/24"));
        rules.authorize(
                tenant,
                new GroupReference.ByName("default"),
                Direction.INGRESS,
                List.of(new Permission(6, 22, 23, peer, null)),
                Map.of());
        cluster.awaitSettled();

        copy.putBack(cluster, BEGIN);
        awaitTold();
        assertThat(vpcs.describe(tenant, Query.ALL).items()).allMatch(VpcView::dnsHostnames);
        assertThat(cluster.bean(Restore.class).plan(List.of()))
                .anyMatch(l -> l.resource().equals(vpc.value()) && l.action().equals("follow"))
                .anyMatch(l -> l.resource().startsWith("sg-")
                        && l.action().equals("follow")
                        && l.reason().contains("ingress tcp 22-23 192.0.2.0/24"));
        merge();
        cluster.awaitReady();
        cluster.awaitSettled();
        assertThat(publicNames(cluster.show(tenant, ids))).containsExactly("");
        assertThat(rules.describe(tenant, Query.ALL).items())
                .anyMatch(r -> r.permission().toPort() == 23);
        assertThat(main(tenant, vpc).routes())
                .anyMatch(r -> r.destination().value().equals("203.0.113.0/24") && r.active());
        assertThat(acls.describe(tenant, Query.ofIds(List.of(acl.value()))).items())
                .singleElement()
                .satisfies(a -> {
                    assertThat(a.entries()).anyMatch(e -> e.number() == 7 && e.egress() && e.allows());
                    assertThat(a.associations())
                            .singleElement()
                            .satisfies(s -> assertThat(s.id()).isNotEqualTo(border));
                    acls.replaceAssociation(tenant, a.associations().getFirst().id(), standard.id());
                });
        acls.delete(tenant, acl);
        vpcs.modify(tenant, vpc, null, true, _ -> true);
        cluster.bean(RouteTables.class).deleteRoute(tenant, main(tenant, vpc).id(), "203.0.113.0/24");
        clear();
    }

    /** An elastic address is where its host answers for it, whatever the database remembers. */
    @Test
    void anElasticAddressIsWhereItIs() {
        var ids = cluster.launch(tenant, image, 2);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        cluster.awaitSettled();
        var addresses = cluster.bean(ElasticIps.class);
        var elastic = addresses.allocate(tenant, null, Map.of());
        addresses.associate(tenant, elastic.id(), new Target.Instance(ids.getFirst()), null, true);
        cluster.awaitSettled();
        var copy = DatabaseCopy.of(cluster);
        addresses.associate(tenant, elastic.id(), new Target.Instance(ids.getLast()), null, true);
        cluster.awaitSettled();

        copy.putBack(cluster, BEGIN);
        awaitTold();
        merge();
        cluster.awaitReady();
        cluster.awaitSettled();
        var place = addresses
                .describe(tenant, Query.ofIds(List.of(elastic.id().value())))
                .items()
                .getFirst()
                .place();
        assertThat(Objects.requireNonNull(place).instance()).isEqualTo(ids.getLast());
        assertThat(cluster.show(tenant, List.of(ids.getLast())))
                .flatExtracting(i -> i.interfaces())
                .allMatch(n -> elastic.address().equals(n.publicAddress()));
        addresses.disassociate(tenant, elastic.address());
        addresses.release(tenant, elastic.id());
        clear();
    }

    private RouteTableView main(Caller owner, VpcId vpc) {
        return cluster.bean(RouteTables.class).describe(owner, Query.ALL).items().stream()
                .filter(t ->
                        t.vpc().equals(vpc) && t.associations().stream().anyMatch(RouteTableView.Association::main))
                .findFirst()
                .orElseThrow();
    }

    /** What was in one place is in another since, even in another instance's, and nothing but what was known to go with an instance goes with it. */
    @Test
    void volumesThatChangedPlacesSinceAreWhereTheyAreNow() {
        var volumes = cluster.bean(Volumes.class);
        var attachments = cluster.bean(VolumeAttachments.class);
        var instances = cluster.instances();
        var ids = cluster.launch(tenant, image, 1);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        instances.stop(tenant, ids, true);
        cluster.await(tenant, ids, InstanceState.STOPPED);
        var id = ids.getFirst();
        var place = DeviceName.of("/dev/sdf");
        var wish = new Volumes.Wish(
                new VolumeShape(VolumeType.GP3, 1, null, null),
                cluster.show(tenant, ids).getFirst().zone(),
                Map.of());
        var before = volumes.create(tenant, wish, null).id();
        var after = volumes.create(tenant, wish, null).id();
        var root = cluster.show(tenant, ids).getFirst().volumes().getFirst().id();
        attachments.attach(tenant, before, id, place);
        attachments.attach(tenant, after, id, DeviceName.of("/dev/sdg"));
        cluster.awaitSettled();
        var copy = DatabaseCopy.of(cluster);
        attachments.detach(tenant, before, id, null, false);
        attachments.detach(tenant, after, id, null, false);
        attachments.detach(tenant, root, id, null, false);
        attachments.attach(tenant, after, id, place);
        attachments.attach(tenant, root, id, DeviceName.of("/dev/sdh"));
        attachments.attach(tenant, before, id, DeviceName.of("/dev/xvda"));
        cluster.awaitSettled();

        copy.putBack(cluster, BEGIN);
        merge();
        cluster.awaitReady();
        cluster.awaitSettled();
        assertThat(cluster.show(tenant, ids).getFirst().volumes())
                .extracting(VolumeView::id)
                .containsExactly(before, after, root);
        instances.terminate(tenant, ids);
        cluster.await(tenant, ids, InstanceState.TERMINATED);
        cluster.awaitSettled();
        assertThat(volumes()).contains(before.value(), after.value(), root.value());
        List.of(before, after, root).forEach(v -> volumes.delete(tenant, v));
        cluster.awaitEmpty();
    }

    /** One has moved since, and another is on its way in the copy and there since. */
    @Test
    void volumesThatMovedSinceAreWhereTheyAreNow() {
        var volumes = cluster.bean(Volumes.class);
        var attachments = cluster.bean(VolumeAttachments.class);
        var moves = cluster.bean(MoveVolumes.class);
        var ids = cluster.launch(tenant, image, 1);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        var instance = cluster.show(tenant, ids).getFirst();
        var wish = new Volumes.Wish(new VolumeShape(VolumeType.GP3, 1, null, null), instance.zone(), Map.of());
        var moved = volumes.create(tenant, wish, null).id();
        var moving = volumes.create(tenant, wish, null).id();
        for (var volume : List.of(moved, moving)) {
            attachments.attach(tenant, volume, ids.getFirst(), DeviceName.of("/dev/sdf"));
            cluster.awaitSettled();
            attachments.detach(tenant, volume, null, null, false);
            cluster.awaitSettled();
        }
        var from = cluster.host(instance);
        var to = cluster.hosts().stream().filter(h -> h != from).findFirst().orElseThrow();
        moves.move(moving, to.id());
        var copy = DatabaseCopy.of(cluster);
        moves.move(moved, to.id());
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .until(() -> cluster.bean(VolumeMoves.class).all().isEmpty()
                        && from.drivers().volumeStore().find(moved).isEmpty()
                        && from.drivers().volumeStore().find(moving).isEmpty());
        cluster.awaitSettled();

        copy.putBack(cluster, BEGIN);
        assertThat(actions(merge())).containsEntry(moved.value(), "follow").containsEntry(moving.value(), "follow");
        cluster.awaitReady();
        cluster.awaitSettled();
        for (var volume : List.of(moved, moving)) {
            assertThat(volumes.require(tenant, volume).host()).isEqualTo(to.id());
            assertThat(to.drivers().volumeStore().find(volume)).isPresent();
            volumes.delete(tenant, volume);
        }
        clear();
    }

    /**
     * A copy of the server's files cannot be told from the original, and what was asked of it before the hosts were back has carried its revisions past theirs: all that is left to tell
     * is that hosts were told otherwise.
     */
    @Test
    void aHostThatWasToldOtherwiseStopsADatabaseWhoseRevisionsAreAheadOfIt() {
        var ids = cluster.launch(tenant, image, 2);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        cluster.awaitSettled();
        var copy = DatabaseCopy.of(cluster);
        var dead = ids.getFirst();
        cluster.instances().terminate(tenant, List.of(dead));
        cluster.await(tenant, List.of(dead), InstanceState.TERMINATED);
        var fresh = cluster.launch(tenant, image, 1);
        cluster.await(tenant, fresh, InstanceState.RUNNING);
        cluster.awaitSettled();
        var consoles = consoles();
        var volumes = volumes();

        cluster.stopController();
        copy.putBack(cluster, ORIGINAL, "UPDATE host_stream SET revision = revision + 1000");
        cluster.startController();
        cluster.hosts().forEach(h -> {
            h.kill();
            h.start();
        });
        var lines = actions(merge());
        assertThat(consoles()).isEqualTo(consoles);
        assertThat(volumes()).isEqualTo(volumes);
        assertThat(lines)
                .containsEntry(dead.value(), "freeze")
                .containsEntry(fresh.getFirst().value(), "adopt");
        endFrozen(dead);
        assertThat(volumes()).isEqualTo(volumes);
        clear();
    }

    /** Its machine ends with it, which the plan says before it happens. */
    @Test
    void whatOnlyAHostKnowsOfADeletedAccountIsNamedBeforeItEnds() {
        var gone = cluster.tenant();
        var own = cluster.image(gone);
        cluster.awaitSettled();
        var copy = DatabaseCopy.of(cluster);
        var left = cluster.launch(gone, own, 1);
        cluster.await(gone, left, InstanceState.RUNNING);
        cluster.awaitSettled();
        var deleted = "UPDATE account SET state = 'DELETED' WHERE id = '" + gone.account() + "'";
        copy.putBack(
                cluster, Stream.concat(Stream.of(BEGIN), Stream.of(deleted)).toArray(String[]::new));

        awaitTold();
        assertThat(cluster.bean(Restore.class).plan(List.of()))
                .filteredOn(l -> l.resource().equals("account " + gone.account()))
                .singleElement()
                .satisfies(l -> assertThat(l.action()).isEqualTo("end"))
                .satisfies(l -> assertThat(l.reason())
                        .contains("protected or not", left.getFirst().value(), "vol-"));
        merge();
        cluster.awaitReady();
        cluster.awaitEmpty();
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .until(() -> cluster.bean(Accounts.class)
                        .find(gone.account())
                        .filter(a -> a.state() == AccountState.DELETED)
                        .isPresent());
    }

    /** Shown as terminated since nothing could be expected of the host, it is in no doubt: the host was not told yet. */
    @Test
    void whatWasTerminatedWhileItsHostWasAwayEndsThere() {
        var ids = cluster.launch(tenant, image, 1);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        cluster.awaitSettled();
        var ended = ids.getFirst();
        var host = cluster.host(cluster.show(tenant, ended));
        host.kill();
        cluster.instances().terminate(tenant, ids);
        var passedOver = "UPDATE instance SET state = 'TERMINATED', deadline = NULL WHERE id = '" + ended + "'";
        DatabaseCopy.of(cluster)
                .putBack(
                        cluster,
                        Stream.concat(Stream.of(BEGIN), Stream.of(passedOver)).toArray(String[]::new));
        host.start();
        assertThat(actions(merge())).containsEntry(ended.value(), "keep");
        cluster.awaitReady();
        cluster.awaitEmpty();
        assertThat(cluster.show(tenant, ended).state()).isEqualTo(InstanceState.TERMINATED);
    }

    /** What is frozen has a way out that needs no SQL. */
    @Test
    void theOperatorDecidesAboutWhatIsFrozen() {
        var ids = cluster.launch(tenant, image, 2);
        cluster.await(tenant, ids, InstanceState.RUNNING);
        cluster.awaitSettled();
        var copy = DatabaseCopy.of(cluster);
        var lost = ids.getFirst();
        var host = cluster.host(cluster.show(tenant, lost));
        cluster.instances().terminate(tenant, List.of(lost));
        cluster.await(tenant, List.of(lost), InstanceState.TERMINATED);
        cluster.awaitSettled();
        host.kill();
        host.loseLedger();
        copy.putBack(cluster, BEGIN);
        host.start();

        var lines = actions(merge());
        assertThat(lines).containsEntry(lost.value(), "freeze");
        assertThatThrownBy(() -> cluster.instances().stop(tenant, List.of(lost), true))
                .hasMessageContaining("frozen");
        endFrozen(lost);
        clear();
    }

    private void endFrozen(InstanceId id) {
        var restore = cluster.bean(Restore.class);
        restore.decide(id.value(), new Choice(Choice.Kind.TERMINATED, null));
        Awaitility.await()
                .atMost(Cluster.CONVERGENCE)
                .until(() -> restore.status().silent().isEmpty());
        restore.apply(false, List.of());
        assertThat(cluster.show(tenant, id).state()).isEqualTo(InstanceState.TERMINATED);
        assertThat(cluster.bean(Recovery.class).frozen()).isEmpty();
        cluster.awaitReady();
        cluster.awaitSettled();
    }
}
