package io.croft.controller.network.networkacl;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.network.vpc.Subnets;
import io.croft.controller.network.vpc.Vpcs;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.protocol.HostFacts;
import io.croft.protocol.NetworkAclSpec;
import io.croft.protocol.NetworkAclSpec.Entry;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.NetworkAclId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Network ACLs, their entries, the subnets that have them, and what hosts are told. */
@ComputeTest
class NetworkAclsIT {
    @Autowired
    ComputeWorld world;

    @Autowired
    NetworkAcls acls;

    @Autowired
    Vpcs vpcs;

    @Autowired
    Subnets subnets;

    @Autowired
    Quotas quotas;

    @Autowired
    JdbcClient jdbc;

    private Caller caller;
    private ImageId image;
    private ScriptedHost host;
    private VpcId vpc;
    private SubnetId subnet;

    @BeforeEach
    void start() {
        caller = world.tenant();
        image = world.image();
        host = world.onlyHost(8);
        vpc = vpcs.describe(caller, Query.ALL).items().getFirst().id();
        subnet = subnets.describe(caller, Query.ALL).items().getFirst().id();
    }

    private static NewEntry entry(boolean egress, int number, boolean allows) {
        return new NewEntry(egress, number, allows, "-1", null, null, "0.0.0.0/0");
    }

    private static NewEntry deny(int number) {
        return new NewEntry(false, number, false, "6", new NewEntry.Ports(22, 22), null, "192.0.2.0/24");
    }

    private NetworkAclView show(NetworkAclId id) {
        return acls.describe(caller, Query.ofIds(List.of(id.value()))).items().getFirst();
    }

    private NetworkAclView standard() {
        return by("default", "true").getFirst();
    }

    private List<NetworkAclView> by(String filter, String value) {
        return acls.describe(caller, new Query(List.of(), List.of(new Filter(filter, List.of(value))), null, null))
                .items();
    }

    private NetworkAclId create() {
        return acls.create(caller, vpc, Map.of(), null);
    }

    private static List<String> lines(NetworkAclView acl) {
        return acl.entries().stream().map(NetworkAclsIT::line).toList();
    }

    private static String line(Entry e) {
        return (e.egress() ? "out " : "in ") + e.number() + (e.allows() ? " allow " : " deny ") + e.cidr();
    }

    private VpcSpec told() {
        return (VpcSpec) host.document(vpc).orElseThrow();
    }

    private List<SubnetId> guarded() {
        return Objects.requireNonNull(told().guardedSubnets()).stream()
                .map(SubnetSpec::id)
                .toList();
    }

    /** Hosts of before have the subnet in the one list that they know, until not everything crosses its border. */
    @Test
    void theDefaultOneLetsAllPassUntilItIsChanged() {
        assertThat(lines(standard()))
                .containsExactly(
                        "out 100 allow 0.0.0.0/0",
                        "out 32767 deny 0.0.0.0/0",
                        "in 100 allow 0.0.0.0/0",
                        "in 32767 deny 0.0.0.0/0");
        assertThat(standard().associations())
                .singleElement()
                .satisfies(a -> assertThat(a.subnet()).isEqualTo(subnet));
        world.launch(caller, image);
        assertThat(told().subnets()).extracting(SubnetSpec::id).containsExactly(subnet);
        assertThat(told().subnets())
                .extracting(SubnetSpec::networkAcl)
                .containsExactly(standard().id());
        assertThat(guarded()).isEmpty();
        var before = told().generation();
        acls.createEntry(caller, standard().id(), deny(90));
        assertThat(told().generation().value()).isGreaterThan(before.value());
        assertThat(told().subnets()).isEmpty();
        assertThat(told().otherSubnets()).isEmpty();
        assertThat(guarded()).containsExactly(subnet);
        assertThat(told().networkAcls())
                .singleElement()
                .satisfies(a -> assertThat(a.entries()).hasSize(3));
        acls.replaceEntry(caller, standard().id(), entry(false, 90, true), _ -> true);
        assertThat(guarded()).isEmpty();
        acls.deleteEntry(caller, standard().id(), false, 90);
        acls.deleteEntry(caller, standard().id(), true, 100);
        assertThat(guarded()).containsExactly(subnet);
        refused(
                ErrorCode.NETWORK_ACL_ENTRY_NOT_FOUND,
                () -> acls.deleteEntry(caller, standard().id(), true, 100));
        refused(
                ErrorCode.NETWORK_ACL_ENTRY_NOT_FOUND,
                () -> acls.replaceEntry(caller, standard().id(), entry(true, 100, true), _ -> true));
        refused(
                ErrorCode.INVALID_PARAMETER_VALUE,
                () -> acls.delete(caller, standard().id()));
    }

    @Test
    void aSubnetHasOneAtATime() {
        world.launch(caller, image);
        var own = create();
        assertThat(lines(show(own))).containsExactly("out 32767 deny 0.0.0.0/0", "in 32767 deny 0.0.0.0/0");
        assertThat(guarded()).as("which has it not").isEmpty();
        var first = standard().associations().getFirst().id();
        var second = acls.replaceAssociation(caller, first, own);
        assertThat(guarded()).containsExactly(subnet);
        assertThat(standard().associations()).isEmpty();
        assertThat(by("association.subnet-id", subnet.value()))
                .extracting(NetworkAclView::id)
                .containsExactly(own);
        assertThat(by("association.association-id", second.value())).hasSize(1);
        assertThat(by("association.association-id", first.value())).isEmpty();
        refused(ErrorCode.ASSOCIATION_NOT_FOUND, () -> acls.replaceAssociation(caller, first, own));
        refused(ErrorCode.DEPENDENCY_VIOLATION, () -> acls.delete(caller, own));
        var third = acls.replaceAssociation(caller, second, standard().id());
        assertThat(guarded()).isEmpty();
        assertThat(standard().associations())
                .singleElement()
                .satisfies(a -> assertThat(a.id()).isEqualTo(third));
        acls.delete(caller, own);
        refused(ErrorCode.NETWORK_ACL_NOT_FOUND, () -> show(own));
        assertThat(told().networkAcls())
                .extracting(NetworkAclSpec::id)
                .containsExactly(standard().id());
    }

    @Test
    void aVpcGoesWithItsDefaultOne() {
        var other = vpcs.create(caller, "10.9.0.0/16", Map.of()).id();
        var part = subnets.create(caller, other, "10.9.1.0/24", null, Map.of());
        var acl = acls.create(caller, other, Map.of("Name", "x"), null);
        acls.createEntry(caller, acl, entry(true, 1, true));
        acls.associate(caller, acl, part);
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> acls.associate(caller, acl, subnet));
        subnets.delete(caller, part);
        refused(ErrorCode.DEPENDENCY_VIOLATION, () -> vpcs.delete(caller, other));
        acls.delete(caller, acl);
        vpcs.delete(caller, other);
        assertThat(by("vpc-id", other.value())).isEmpty();
        assertThat(jdbc.sql("SELECT count(*) FROM network_acl WHERE vpc = :vpc")
                        .param("vpc", other.value())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    /** An agent that knows nothing of network ACLs is never given a border to keep, whichever comes first. */
    @Test
    void aHostThatCannotKeepABorderIsNotAskedTo() {
        host.can();
        world.launch(caller, image);
        var acl = create();
        acls.createEntry(caller, acl, deny(90));
        refused(ErrorCode.UNSUPPORTED_OPERATION, () -> acls.associate(caller, acl, subnet));
        refused(
                ErrorCode.UNSUPPORTED_OPERATION,
                () -> acls.createEntry(caller, standard().id(), deny(90)));
        refused(
                ErrorCode.UNSUPPORTED_OPERATION,
                () -> acls.deleteEntry(caller, standard().id(), true, 100));
        acls.createEntry(caller, standard().id(), entry(true, 90, true));
        assertThat(guarded()).isEmpty();
        host.can(HostFacts.GUARDS_SUBNETS);
        acls.associate(caller, acl, subnet);
        assertThat(guarded()).containsExactly(subnet);
        host.can();
        refused(ErrorCode.INSUFFICIENT_INSTANCE_CAPACITY, () -> world.launch(caller, image));
        var newer = world.anotherHost(8);
        world.launch(caller, image);
        assertThat(newer.document(vpc)).isPresent();
    }

    @Test
    void numbersAreTakenOnce() throws Exception {
        var acl = create();
        var made = new AtomicInteger();
        var tasks = new ArrayList<Callable<Void>>();
        for (var n = 0; n < 8; n++) {
            tasks.add(() -> {
                try {
                    acls.createEntry(caller, acl, entry(true, 7, true));
                    made.incrementAndGet();
                } catch (CloudException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.NETWORK_ACL_ENTRY_EXISTS);
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
        assertThat(made).hasValue(1);
    }

    @Test
    void thereAreOnlySoMany() {
        var acl = create();
        for (var n = 1; n <= 20; n++) {
            acls.createEntry(caller, acl, entry(true, n, true));
        }
        refused(ErrorCode.NETWORK_ACL_ENTRY_LIMIT_EXCEEDED, () -> acls.createEntry(caller, acl, entry(true, 21, true)));
        acls.replaceEntry(caller, acl, entry(true, 20, false), _ -> true);
        acls.createEntry(caller, acl, entry(false, 21, true));
        quotas.set(caller.account(), Quota.NETWORK_ACLS_PER_VPC, 2);
        refused(ErrorCode.NETWORK_ACL_LIMIT_EXCEEDED, this::create);
    }

    @Test
    void aRepeatedRequestMakesOne() {
        var first = acls.create(caller, vpc, Map.of("a", "b"), "token");
        assertThat(acls.create(caller, vpc, Map.of("a", "b"), "token")).isEqualTo(first);
        refused(ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH, () -> acls.create(caller, vpc, Map.of(), "token"));
        var stranger = world.tenant();
        refused(ErrorCode.NETWORK_ACL_NOT_FOUND, () -> acls.createEntry(stranger, first, entry(true, 1, true)));
        refused(ErrorCode.NETWORK_ACL_NOT_FOUND, () -> acls.associate(stranger, first, subnet));
        refused(ErrorCode.VPC_NOT_FOUND, () -> acls.create(stranger, vpc, Map.of(), null));
    }
}
