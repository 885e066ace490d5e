package io.croft.controller.compute;

import static io.croft.controller.fixture.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.croft.controller.blobstore.Blobs;
import io.croft.controller.blockstorage.volume.DiskRequest;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.launch.Launches;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.Query;
import io.croft.controller.fixture.AccountOwned;
import io.croft.controller.fixture.NounFixtures;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.controller.hostlink.ScriptedHost;
import io.croft.controller.identity.AccessKeys;
import io.croft.controller.identity.Account;
import io.croft.controller.identity.AccountDeletions;
import io.croft.controller.identity.AccountEnds;
import io.croft.controller.identity.AccountHolding;
import io.croft.controller.identity.AccountState;
import io.croft.controller.identity.Accounts;
import io.croft.controller.identity.RestoredAccounts;
import io.croft.controller.identity.Sessions;
import io.croft.controller.identity.Tokens;
import io.croft.controller.identity.User;
import io.croft.controller.identity.Users;
import io.croft.controller.image.ImageSharing;
import io.croft.controller.image.Images;
import io.croft.controller.image.LaunchPermissions;
import io.croft.controller.network.securitygroup.SecurityGroups;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.controller.recovery.Recovery;
import io.croft.protocol.Presence;
import io.croft.types.AccountId;
import io.croft.types.Digest;
import io.croft.types.ErrorCode;
import io.croft.types.ImageId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The end of accounts, of empty ones and of such as have everything. */
@ComputeTest
@Import(AccountEnds.class)
class AccountDeletionIT {
    /** What may name an account after its end: what was recorded of it, and its images, which others may run. */
    private static final Set<String> RECORDS = Set.of("history", "history_course", "audit", "client_token", "image");

    /** Of no bytes at all. */
    private static final Digest NOTHING =
            new Digest("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    @Autowired
    ComputeWorld world;

    @Autowired
    AccountDeletions deletions;

    @Autowired
    AccountEnds ends;

    @Autowired
    Accounts accounts;

    @Autowired
    Users users;

    @Autowired
    AccessKeys keys;

    @Autowired
    Tokens tokens;

    @Autowired
    Sessions sessions;

    @Autowired
    Instances instances;

    @Autowired
    Launches launches;

    @Autowired
    SecurityGroups groups;

    @Autowired
    Images images;

    @Autowired
    ImageSharing sharing;

    @Autowired
    Blobs blobs;

    @Autowired
    Quotas quotas;

    @Autowired
    History history;

    @Autowired
    RestoredAccounts restored;

    @Autowired
    Recovery recovery;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    BeanFactory beans;

    private final List<AccountOwned> nouns = NounFixtures.all(AccountOwned.class);

    private Caller caller;
    private ImageId image;
    private ScriptedHost host;

    @BeforeEach
    void start() {
        caller = world.tenant();
        image = world.image();
        host = world.onlyHost(8);
    }

    @AfterAll
    static void everyTransitionWasMade() {
        AccountEnds.assertEveryTransitionMade();
    }

    private AccountState state(AccountId account) {
        return accounts.find(account).orElseThrow().state();
    }

    /** Lets hosts do and prove what is wanted of them, until the account is gone or only one that is away has anything of it. */
    private void settle(ScriptedHost... hosts) {
        for (var round = 0; round < 4; round++) {
            ends.pass();
            for (var each : hosts) {
                each.converge();
            }
        }
        ends.pass();
    }

    private List<String> tablesThatName(AccountId account) {
        return jdbc.sql("""
                        SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
                        WHERE c.table_schema = 'public' AND c.column_name = 'account' AND t.table_type = 'BASE TABLE'
                        """).query(String.class).list().stream()
                .filter(table -> !RECORDS.contains(table))
                .filter(table -> world.count(table + " WHERE account = '" + account + "'") > 0)
                .toList();
    }

    @Test
    void allThatAnAccountHasGoesWithIt() {
        var account = caller.account();
        var key = keys.create(account, User.FIRST);
        var session = sessions.issue(key.caller("r", "127.0.0.1"), Duration.ofHours(1));
        var token = tokens.issue(account, User.FIRST, "ci");
        var given = nouns.stream().map(noun -> noun.give(caller, beans)).toList();
        var one = groups.create(caller, "one", "d", null, Map.of("a", "b"));
        var two = groups.create(caller, "two", "d", null, Map.of());
        jdbc.sql("""
                        INSERT INTO security_group_rule (id, security_group, account, direction, protocol, from_port, to_port, peer_group)
                        VALUES (replace(:a, 'sg-', 'sgr-'), :a, :account, 'INGRESS', 6, 22, 22, :b),
                            (replace(:b, 'sg-', 'sgr-'), :b, :account, 'INGRESS', 6, 22, 22, :a)
                        """)
                .param("a", one.value())
                .param("b", two.value())
                .param("account", account.value())
                .update();
        quotas.set(account, Quota.VCPUS, 8);
        var kept = new DiskRequest(null, null, null, null, null, false);
        launches.run(
                caller,
                LaunchRequests.of(image).groups("one").protect().disks(kept).build());
        var stopped = world.launch(caller, image).id();
        host.converge();
        instances.stop(caller, List.of(stopped), false);
        host.converge();

        refused(ErrorCode.DEPENDENCY_VIOLATION, () -> deletions.delete(account, false));
        assertThat(state(account)).isEqualTo(AccountState.ACTIVE);
        assertThat(keys.find(key.id())).isPresent();
        assertThat(deletions.holdings(account))
                .extracting(AccountHolding::type)
                .containsOnly(Stream.concat(
                                Stream.of("instance", "volume", "network-interface", "security-group"),
                                given.stream().map(AccountHolding::type))
                        .toArray(String[]::new));
        assertThat(deletions.holdings(account)).containsAll(given);
        assertThat(deletions.holdings(account))
                .extracting(AccountHolding::detail)
                .contains("running, protected, on " + host.id(), "one", "two");

        assertThat(deletions.delete(account, true).state()).isEqualTo(AccountState.DELETING);
        assertThat(keys.find(key.id())).isEmpty();
        assertThat(tokens.authenticate(token, "r", "127.0.0.1")).isEmpty();
        refused(
                ErrorCode.INVALID_CLIENT_TOKEN_ID,
                () -> sessions.open(session.key().id(), session.token()));
        refused(ErrorCode.INCORRECT_STATE, () -> deletions.delete(account, true));
        refused(ErrorCode.INCORRECT_STATE, () -> accounts.setEnabled(account, false));

        settle(host);
        assertThat(state(account)).isEqualTo(AccountState.DELETED);
        assertThat(tablesThatName(account)).isEmpty();
        assertThat(world.count("tag WHERE account = '" + account + "'")).isZero();
        assertThat(host.documents()).isEmpty();
        assertThat(host.claimed()).containsExactly(0L, 0L, 0L);
        assertThat(history.of(account, account.value()))
                .extracting(HistoryEntry::event)
                .containsExactly("deleting", "deleted");
        assertThat(history.of(account, stopped.value()))
                .extracting(HistoryEntry::event)
                .endsWith("shutting-down", "terminated");
        refused(ErrorCode.INCORRECT_STATE, () -> deletions.delete(account, false));
    }

    @Test
    void anEmptyAccountGoesWithoutMoreAdoAndItsNumberIsNeverUsedAgain() {
        var account = accounts.create("to-go");
        accounts.setEnabled(account.id(), false);
        deletions.delete(account.id(), false);
        ends.pass();
        assertThat(state(account.id())).isEqualTo(AccountState.DELETED);
        assertThat(tablesThatName(account.id())).isEmpty();
        assertThat(accounts.findByName("to-go")).isEmpty();
        var again = accounts.create("to-go");
        assertThat(again.id()).isNotEqualTo(account.id());
        assertThat(accounts.findByName("to-go")).map(Account::id).contains(again.id());
        assertThat(accounts.find(account.id())).isPresent();
    }

    @Test
    void whatCannotBeDeletedIsRefused() {
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> deletions.delete(Account.DEPLOYMENT, true));
        refused(ErrorCode.NOT_FOUND, () -> deletions.delete(new AccountId("999999999999"), true));
    }

    /** Requests that were let in before the deletion find the account closed, whatever they make. */
    @Test
    void nothingComesToAnAccountThatIsBeingDeleted() {
        var id = world.launch(caller, image).id();
        host.converge();
        var account = caller.account();
        deletions.delete(account, true);
        refused(ErrorCode.INCORRECT_STATE, () -> world.launch(caller, image));
        for (var round = 0; round < 2; round++) {
            nouns.forEach(noun -> refused(ErrorCode.INCORRECT_STATE, () -> noun.give(caller, beans)));
            refused(ErrorCode.INCORRECT_STATE, () -> users.create(account, "late", Role.ADMIN));
            refused(ErrorCode.INCORRECT_STATE, () -> keys.create(account, User.FIRST));
            refused(ErrorCode.INCORRECT_STATE, () -> tokens.issue(account, User.FIRST, "late"));
            refused(ErrorCode.INCORRECT_STATE, () -> quotas.set(account, Quota.VCPUS, 1));
            refused(ErrorCode.INCORRECT_STATE, () -> accounts.requireActive(account));
            refused(
                    ErrorCode.INCORRECT_STATE,
                    () -> blobs.store(account, NOTHING, new ByteArrayInputStream(new byte[0])));
            settle(host);
        }
        assertThat(state(account)).isEqualTo(AccountState.DELETED);
        assertThat(world.count("instance WHERE id = '" + id + "'")).isZero();
    }

    @Test
    void aHostThatIsAwayKeepsItsPartUntilItIsBack() {
        var id = world.launch(caller, image).id();
        host.converge();
        world.vanish(host);
        deletions.delete(caller.account(), true);
        ends.pass();
        world.letDeadlinePass(id);
        settle();
        assertThat(state(caller.account())).isEqualTo(AccountState.DELETING);
        assertThat(deletions.holdings(caller.account()))
                .filteredOn(h -> h.id().equals(id.value()))
                .singleElement()
                .satisfies(h -> assertThat(h.detail()).endsWith("on " + host.id() + ", which is away"));
        assertThat(host.document(id).orElseThrow().presence()).isEqualTo(Presence.ABSENT);

        settle(host);
        assertThat(state(caller.account())).isEqualTo(AccountState.DELETED);
        assertThat(host.documents()).isEmpty();
    }

    /** Nobody can say what it has: an older database may not know of it. */
    @Test
    void aHostThatWasNotMergedSinceARestoreKeepsEvenAnEmptyAccount() {
        var account = caller.account();
        var silent = world.anotherHost(8);
        recovery.await(List.of(silent.id()));
        try {
            assertThat(deletions.holdings(account)).isEmpty();
            assertThat(deletions.delete(account, false).state()).isEqualTo(AccountState.DELETING);
            settle(host);
            assertThat(state(account)).isEqualTo(AccountState.DELETING);
            assertThat(deletions.holdings(account)).singleElement().satisfies(h -> {
                assertThat(h.type()).isEqualTo("host");
                assertThat(h.id()).isEqualTo(silent.id().value());
                assertThat(h.detail()).contains("not merged");
            });
        } finally {
            transaction.executeWithoutResult(_ -> recovery.merged(silent.id()));
        }
        ends.pass();
        assertThat(state(account)).isEqualTo(AccountState.DELETED);
        assertThat(deletions.holdings(account)).isEmpty();
    }

    /** As a restore does for what a host has that it waited for in vain, whoever has come by the name. */
    @Test
    void theDeletionGoesOnWhenAHostProvesThatSomethingIsLeft() {
        var gone = accounts.create("come-back");
        deletions.delete(gone.id(), false);
        ends.pass();
        assertThat(state(gone.id())).isEqualTo(AccountState.DELETED);
        var heir = accounts.create("come-back");

        transaction.executeWithoutResult(_ -> {
            assertThat(restored.ensure(gone.id())).isFalse();
            assertThat(restored.ensure(gone.id())).isFalse();
            jdbc.sql(
                            "INSERT INTO vpc (id, account, cidr, is_default, created) VALUES (?, ?, '172.31.0.0/16', true, now())")
                    .params("vpc-00000" + gone.id(), gone.id().value())
                    .update();
        });
        assertThat(state(gone.id())).isEqualTo(AccountState.DELETING);
        assertThat(tablesThatName(gone.id())).containsExactly("vpc");
        assertThat(accounts.findByName("come-back")).map(Account::id).contains(heir.id());
        refused(ErrorCode.INCORRECT_STATE, () -> accounts.requireActive(gone.id()));

        ends.pass();
        assertThat(state(gone.id())).isEqualTo(AccountState.DELETED);
        assertThat(tablesThatName(gone.id())).isEmpty();
        assertThat(history.of(gone.id(), gone.id().value()))
                .extracting(HistoryEntry::event)
                .containsExactly("deleting", "deleted", "deleting", "deleted");
    }

    @Test
    void whatARestoreHasFrozenStaysUntilTheOperatorDecides() {
        var id = world.launch(caller, image).id();
        host.converge();
        jdbc.sql(
                        "INSERT INTO frozen (kind, id, decision, reason, since, hosts) VALUES ('instance', ?, ?, 'r', now(), '{}')")
                .params(id.value(), id.value())
                .update();
        deletions.delete(caller.account(), true);
        settle(host);
        world.assertState(caller, id, InstanceState.RUNNING);
        assertThat(deletions.holdings(caller.account()))
                .extracting(AccountHolding::detail)
                .contains("running, frozen until croft restore decide, on " + host.id());
        jdbc.sql("DELETE FROM frozen WHERE id = ?").param(id.value()).update();
        settle(host);
        assertThat(state(caller.account())).isEqualTo(AccountState.DELETED);
    }

    /** Its images are run by others, and it may run others'. */
    @Test
    void nobodyElseLosesAnything() {
        var owner = images.ownerOf(image).orElseThrow();
        var running = world.launch(caller, image).id();
        var stopped = world.launch(caller, image).id();
        var ofOwner = world.launch(ComputeWorld.caller(owner), image).id();
        host.converge();
        instances.stop(caller, List.of(stopped), false);
        host.converge();
        var shared = world.image();
        var sharer = ComputeWorld.caller(images.ownerOf(shared).orElseThrow());
        sharing.change(
                sharer, shared, new LaunchPermissions(false, Set.of(owner)), new LaunchPermissions(false, Set.of()));

        deletions.delete(owner, true);
        refused(
                ErrorCode.IMAGE_ATTRIBUTE_ITEM_VALUE,
                () -> sharing.change(
                        sharer,
                        shared,
                        new LaunchPermissions(false, Set.of(owner)),
                        new LaunchPermissions(false, Set.of())));
        settle(host);
        assertThat(state(owner)).isEqualTo(AccountState.DELETED);
        assertThat(sharing.of(sharer, shared).accounts()).isEmpty();
        assertThat(images.ownerOf(shared)).isPresent();
        world.assertState(caller, running, InstanceState.RUNNING);
        instances.start(caller, List.of(stopped));
        host.converge();
        world.assertState(caller, stopped, InstanceState.RUNNING);
        assertThat(host.document(ofOwner)).isEmpty();
        assertThat(host.document(running)).isPresent();
        assertThat(volumesOf(running)).isEqualTo(1);
        assertThatThrownBy(() -> world.launch(caller, image)).hasMessageContaining(image.value());
        assertThat(groups.describe(caller, Query.ALL).items()).isNotEmpty();
    }

    private int volumesOf(InstanceId id) {
        return world.show(caller, id).volumes().size();
    }
}
