package io.croft.controller.network.securitygroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.controller.identity.Accounts;
import io.croft.controller.network.securitygroup.GroupReference.ById;
import io.croft.controller.network.securitygroup.GroupReference.ByName;
import io.croft.controller.network.securitygroup.Permission.Peer;
import io.croft.controller.network.vpc.Subnets;
import io.croft.controller.network.vpc.Vpcs;
import io.croft.protocol.SecurityGroupRuleSpec.Direction;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import io.croft.types.SecurityGroupId;
import io.croft.types.SecurityGroupRuleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest
class SecurityGroupsIT {
    private static final AtomicInteger NAMES = new AtomicInteger();

    @Autowired
    Accounts accounts;

    @Autowired
    SecurityGroups groups;

    @Autowired
    SecurityGroupRules rules;

    @Autowired
    Vpcs vpcs;

    @Autowired
    Subnets subnets;

    @Autowired
    JdbcClient database;

    @Autowired
    TransactionTemplate transaction;

    private Caller caller;

    @BeforeEach
    void start() {
        caller = tenant();
    }

    private Caller tenant() {
        var account = accounts.create("groups" + NAMES.incrementAndGet()).id();
        return new Caller(account, "test", Role.ADMIN, "request", "127.0.0.1");
    }

    private SecurityGroupId group(String name) {
        return groups.create(caller, name, "a group", null, Map.of());
    }

    private SecurityGroupView show(SecurityGroupId id) {
        return groups.describe(caller, Query.ofIds(List.of(id.value()))).items().getFirst();
    }

    private static Permission tcp(int port, String cidr) {
        return new Permission(6, port, port, new Peer.Block(new Cidr(cidr)), null);
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CloudException.class,
                        e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }

    private static Query filtered(String name, String... values) {
        return new Query(List.of(), List.of(new Filter(name, List.of(values))), null, null);
    }

    @Test
    void anAccountStartsWithADefaultVpc() {
        var vpc = vpcs.describe(caller, Query.ALL).items();
        assertThat(vpc).singleElement().satisfies(v -> {
            assertThat(v.cidr()).isEqualTo(new Cidr("172.31.0.0/16"));
            assertThat(v.isDefault()).isTrue();
        });
        assertThat(subnets.describe(caller, Query.ALL).items()).singleElement().satisfies(s -> {
            assertThat(s.cidr()).isEqualTo(new Cidr("172.31.0.0/20"));
            assertThat(s.availableAddresses()).isEqualTo(4091);
            assertThat(s.defaultForZone()).isTrue();
        });
        assertThat(subnets.describe(caller, filtered("available-ip-address-count", "4091"))
                        .items())
                .hasSize(1);
        assertThat(vpcs.describe(caller, filtered("isDefault", "true")).items()).hasSize(1);
        assertThat(vpcs.describe(caller, filtered("is-default", "false")).items())
                .isEmpty();
        var group = groups.describe(caller, filtered("group-name", "default"))
                .items()
                .getFirst();
        assertThat(group.rules())
                .extracting(SecurityGroupRuleView::direction)
                .containsExactly(Direction.INGRESS, Direction.EGRESS);
        assertThat(group.rules().getFirst().permission().peer()).isEqualTo(new Peer.Group(group.id()));
    }

    @Test
    void aNewGroupLetsEverythingOutAndNothingIn() {
        var view = show(group("web"));
        assertThat(view.rules()).singleElement().satisfies(r -> {
            assertThat(r.direction()).isEqualTo(Direction.EGRESS);
            assertThat(r.permission())
                    .isEqualTo(new Permission(-1, -1, -1, new Peer.Block(new Cidr("0.0.0.0/0")), null));
        });
        refused(ErrorCode.SECURITY_GROUP_DUPLICATE, () -> group("web"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> group("sg-web"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> group("default"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> group("näme"));
        assertThat(groups.create(tenant(), "web", "of another account", null, Map.of()))
                .isNotNull();
    }

    @Test
    void rulesComeAndGo() {
        var web = new ById(group("web"));
        var described = new Permission(6, 443, 443, new Peer.Block(new Cidr("10.0.0.0/8")), "https");
        var added = rules.authorize(
                caller, web, Direction.INGRESS, List.of(tcp(22, "0.0.0.0/0"), described), Map.of("k", "v"));
        assertThat(added).hasSize(2).allSatisfy(r -> assertThat(r.tags()).containsEntry("k", "v"));
        refused(
                ErrorCode.PERMISSION_DUPLICATE,
                () -> rules.authorize(
                        caller, web, Direction.INGRESS, List.of(tcp(80, "0.0.0.0/0"), tcp(22, "0.0.0.0/0")), Map.of()));
        assertThat(show(web.id()).rules()).hasSize(3);
        assertThat(groups.describe(caller, filtered("ip-permission.from-port", "443"))
                        .items())
                .hasSize(1);
        assertThat(groups.describe(caller, filtered("ip-permission.protocol", "udp"))
                        .items())
                .isEmpty();

        assertThat(rules.revoke(caller, web, Direction.INGRESS, List.of(tcp(443, "10.0.0.0/8"))))
                .hasSize(1);
        refused(
                ErrorCode.PERMISSION_NOT_FOUND,
                () -> rules.revoke(
                        caller, web, Direction.INGRESS, List.of(tcp(22, "0.0.0.0/0"), tcp(443, "10.0.0.0/8"))));
        refused(
                ErrorCode.PERMISSION_NOT_FOUND,
                () -> rules.revoke(caller, web, Direction.EGRESS, List.of(tcp(22, "0.0.0.0/0"))));
        refused(
                ErrorCode.SECURITY_GROUP_RULE_NOT_FOUND,
                () -> rules.revokeByIds(
                        caller, web, Direction.INGRESS, List.of(new SecurityGroupRuleId("sgr-00000000000000009"))));
        rules.revokeByIds(
                caller, web, Direction.INGRESS, List.of(added.getFirst().id()));
        assertThat(rules.describe(caller, filtered("group-id", web.id().value()))
                        .items())
                .singleElement()
                .satisfies(r -> assertThat(r.direction()).isEqualTo(Direction.EGRESS));
    }

    @Test
    void aRuleCanNameAGroupThatExists() {
        var web = group("web");
        var db = group("db");
        var fromWeb = new Permission(6, 5432, 5432, new Peer.Group(web), null);
        rules.authorize(caller, new ById(db), Direction.INGRESS, List.of(fromWeb), Map.of());
        assertThat(groups.describe(caller, filtered("ip-permission.group-id", web.value()))
                        .items())
                .extracting(SecurityGroupView::id)
                .containsExactly(db);
        refused(ErrorCode.SECURITY_GROUP_IN_USE, () -> groups.delete(caller, new ById(web)));
        groups.delete(caller, new ById(db));
        groups.delete(caller, new ByName("web"));
        refused(ErrorCode.SECURITY_GROUP_NOT_FOUND, () -> groups.delete(caller, new ByName("web")));
        var stranger = tenant();
        var own = groups.create(stranger, "own", "a group", null, Map.of());
        refused(
                ErrorCode.SECURITY_GROUP_NOT_FOUND,
                () -> rules.authorize(stranger, new ById(own), Direction.INGRESS, List.of(fromWeb), Map.of()));
    }

    @Test
    void theDefaultGroupStays() {
        refused(ErrorCode.SECURITY_GROUP_RESERVED, () -> groups.delete(caller, new ByName("default")));
    }

    @Test
    void namesFindGroupsOfTheDefaultVpc() {
        var web = group("web");
        assertThat(groups.describe(caller, Query.ALL, List.of("web")).items())
                .extracting(SecurityGroupView::id)
                .containsExactly(web);
        refused(ErrorCode.SECURITY_GROUP_NOT_FOUND, () -> groups.describe(caller, Query.ALL, List.of("web", "none")));
        refused(ErrorCode.SECURITY_GROUP_NOT_FOUND, () -> groups.describe(tenant(), Query.ofIds(List.of(web.value()))));
    }

    @Test
    void aGroupHasSoManyRulesAndNoMoreWhoeverAddsThem() throws Exception {
        var web = new ById(group("web"));
        var tasks = new ArrayList<Callable<Boolean>>();
        for (var task = 0; task < 8; task++) {
            var first = 1000 * (task + 1);
            tasks.add(() -> IntStream.range(0, 10).allMatch(n -> added(web, tcp(first + n, "0.0.0.0/0"))));
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
        assertThat(show(web.id()).rules().stream().filter(r -> r.direction() == Direction.INGRESS))
                .hasSize(60);
        refused(
                ErrorCode.RULE_LIMIT_EXCEEDED,
                () -> rules.authorize(caller, web, Direction.INGRESS, List.of(tcp(1, "0.0.0.0/0")), Map.of()));
    }

    private boolean added(GroupReference group, Permission permission) {
        try {
            rules.authorize(caller, group, Direction.INGRESS, List.of(permission), Map.of());
            return true;
        } catch (CloudException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.RULE_LIMIT_EXCEEDED);
            return false;
        }
    }

    @Test
    void aNameIsTakenInAnyCaseAndWithSpacesAroundIt() {
        groups.create(caller, " Web Servers ", "web", null, Map.of());
        assertThat(groups.describe(caller, Query.ALL, List.of("Web Servers")).items())
                .hasSize(1);
        for (var name : List.of("Web Servers", "web servers", "WEB SERVERS", "\tweb Servers")) {
            refused(ErrorCode.SECURITY_GROUP_DUPLICATE, () -> groups.create(caller, name, "again", null, Map.of()));
        }
        for (var name : List.of("Default", " DEFAULT", "SG-web", " ")) {
            refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> groups.create(caller, name, "again", null, Map.of()));
        }
        groups.create(tenant(), "WEB SERVERS", "of another account", null, Map.of());
    }

    /** As an upgraded database may have them. */
    @Test
    void groupsOfBeforeWhoseNamesDifferByCaseAloneStay() {
        var first = groups.create(caller, "before", "the older", null, Map.of());
        database.sql("""
                        INSERT INTO security_group (id, account, vpc, name, description, created)
                        SELECT 'sg-' || lpad(to_hex(floor(random() * 1e9)::bigint), 17, '0'), account, vpc, 'BEFORE', 'the newer', now()
                        FROM security_group WHERE id = :id
                        """).param("id", first.value()).update();
        assertThat(groups.describe(caller, Query.ALL, List.of("BEFORE", "before"))
                        .items())
                .hasSize(2);
        groups.delete(caller, new GroupReference.ById(first));
        refused(ErrorCode.SECURITY_GROUP_DUPLICATE, () -> groups.create(caller, "Before", "a third", null, Map.of()));
        groups.delete(caller, new GroupReference.ByName("BEFORE"));
        groups.create(caller, "Before", "the only one", null, Map.of());
    }

    /** What begins while the other has not ended yet, and goes on once it has. */
    private void refusedBehind(Runnable first, ErrorCode code, Runnable second) throws Exception {
        try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
            var behind = Objects.requireNonNull(transaction.execute(_ -> {
                first.run();
                return hands.submit(second);
            }));
            assertThatThrownBy(behind::get)
                    .cause()
                    .isInstanceOfSatisfying(
                            CloudException.class, e -> assertThat(e.code()).isEqualTo(code));
        }
    }

    @Test
    void aGroupIsMadeInNoVpcThatGoesMeanwhile() throws Exception {
        var vpc = vpcs.create(caller, "10.9.0.0/16", Map.of()).id();
        refusedBehind(
                () -> vpcs.delete(caller, vpc),
                ErrorCode.VPC_NOT_FOUND,
                () -> groups.create(caller, "late", "a group", vpc, Map.of()));
    }

    @Test
    void aRuleNamesNoGroupThatGoesMeanwhile() throws Exception {
        var named = group("named");
        var naming = group("naming");
        refusedBehind(
                () -> groups.delete(caller, new ById(named)),
                ErrorCode.SECURITY_GROUP_NOT_FOUND,
                () -> rules.authorize(
                        caller,
                        new ById(naming),
                        Direction.INGRESS,
                        List.of(new Permission(6, 22, 22, new Peer.Group(named), null)),
                        Map.of()));
    }

    /** EC2 counts the two families apart. */
    @Test
    void theRulesOfIpv6AreCountedByThemselves() {
        var full = group("full");
        var sixty =
                IntStream.rangeClosed(1, 60).mapToObj(n -> tcp(n, "10.0.0.0/8")).toList();
        rules.authorize(caller, new ById(full), Direction.INGRESS, sixty, Map.of());
        rules.authorize(caller, new ById(full), Direction.INGRESS, List.of(tcp(1, "fc00::/7")), Map.of());
        refused(
                ErrorCode.RULE_LIMIT_EXCEEDED,
                () -> rules.authorize(
                        caller, new ById(full), Direction.INGRESS, List.of(tcp(61, "10.0.0.0/8")), Map.of()));
    }
}
