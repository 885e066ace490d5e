package io.croft.controller.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.croft.controller.ModuleTest;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.CroftProperties;
import io.croft.controller.context.Query;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ModuleTest
class IdentityIT {
    @Autowired
    Accounts accounts;

    @Autowired
    Users users;

    @Autowired
    AccessKeys keys;

    @Autowired
    Tokens tokens;

    @Autowired
    OperatorToken operatorToken;

    @Autowired
    CroftProperties properties;

    @Autowired
    JdbcClient database;

    @Test
    void anAccountIsFoundUnderItsNumberAndItsName() {
        var account = accounts.create("alice");

        assertThat(account.id().value()).matches("[0-9]{12}");
        assertThat(accounts.find(account.id())).contains(account);
        assertThat(accounts.findByName("alice")).contains(account);
        assertThat(accounts.all()).contains(account).noneMatch(a -> a.id().equals(Account.DEPLOYMENT));
    }

    @Test
    void oneOfManyGetsAName() {
        var refused = new AtomicInteger();
        IntStream.range(0, 8).parallel().forEach(_ -> {
            try {
                accounts.create("contested");
            } catch (CloudException e) {
                refused.incrementAndGet();
            }
        });

        assertThat(refused).hasValue(7);
    }

    @Test
    void anUnspeakableNameIsRefused() {
        assertThatThrownBy(() -> accounts.create("a b"))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER_VALUE));
    }

    @Test
    void aSecretIsFoundAgainAndNotStoredInTheClear() {
        var account = accounts.create("bob").id();
        var key = keys.create(account);

        assertThat(key.id()).matches("AKIA[A-Z2-7]{16}");
        assertThat(key.secret()).hasSize(40);
        assertThat(key.toString()).doesNotContain(key.secret());
        assertThat(keys.find(key.id())).contains(key);
        assertThat(keys.find("AKIAAAAAAAAAAAAAAAAA")).isEmpty();
        var stored = database.sql("SELECT encode(secret, 'escape') FROM access_key WHERE id = ?")
                .param(key.id())
                .query(String.class)
                .single();
        assertThat(stored).doesNotContain(key.secret());
    }

    @Test
    void aKeyOutOfUseIsSeenSoAtOnceAndOnlyItsAccountCanChangeIt() {
        var account = accounts.create("carol").id();
        var key = keys.create(account);
        assertThat(keys.find(key.id()))
                .hasValueSatisfying(k -> assertThat(k.active()).isTrue());

        keys.setActive(account, key.id(), false);

        assertThat(keys.find(key.id()))
                .hasValueSatisfying(k -> assertThat(k.active()).isFalse());
        assertThatThrownBy(() -> keys.setActive(Account.DEPLOYMENT, key.id(), true))
                .isInstanceOf(CloudException.class);
        keys.delete(account, key.id());
        assertThat(keys.find(key.id())).isEmpty();
        assertThat(keys.list(account)).isEmpty();
    }

    @Test
    void aTokenIsKnownUntilItIsRevoked() {
        var account = accounts.create("dave").id();
        users.create(account, "dave", Role.READER);
        var token = tokens.issue(account, "dave", "laptop");

        var caller = tokens.authenticate(token, "req", "127.0.0.1").orElseThrow();
        assertThat(caller.account()).isEqualTo(account);
        assertThat(caller.role()).isEqualTo(Role.READER);
        assertThat(users.of(caller)).map(User::name).contains("dave");
        assertThat(tokens.list(account))
                .extracting(TokenSummary::name, TokenSummary::user, TokenSummary::role)
                .containsExactly(tuple("laptop", "dave", Role.READER));
        refused(ErrorCode.CONFLICT, () -> tokens.issue(account, User.FIRST, "laptop"));
        refused(ErrorCode.NOT_FOUND, () -> tokens.issue(account, "nobody", "phone"));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> tokens.issue(account, "dave", "a b"));

        tokens.revoke(account, "laptop");
        assertThat(tokens.authenticate(token, "req", "127.0.0.1")).isEmpty();
    }

    @Test
    void theOperatorsTokenIsInItsFileAndALostFileEndsTheLostToken() throws IOException {
        var file = properties.stateDir().resolve("operator.token");
        var first = Files.readString(file).strip();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(tokens.authenticate(first, "req", "127.0.0.1"))
                .hasValueSatisfying(c -> assertThat(c.role()).isEqualTo(Role.OPERATOR));

        operatorToken.afterSingletonsInstantiated();
        assertThat(tokens.authenticate(first, "req", "127.0.0.1")).isPresent();

        Files.delete(file);
        operatorToken.afterSingletonsInstantiated();
        var second = Files.readString(file).strip();
        assertThat(tokens.authenticate(first, "req", "127.0.0.1")).isEmpty();
        assertThat(tokens.authenticate(second, "req", "127.0.0.1")).isPresent();
    }

    @Test
    void keysAndTokensMayWhatTheirUserMayAndGoWithIt() {
        var account = accounts.create("erin").id();
        assertThat(users.list(account)).extracting(User::name, User::role).containsExactly(tuple("admin", Role.ADMIN));
        var user = users.create(account, "intern", Role.READER);
        assertThat(user.id()).matches("AIDA[A-Z2-7]{17}");
        var key = keys.create(account, "intern");
        var token = tokens.issue(account, "intern", "phone");
        assertThat(keys.find(key.id())).map(AccessKey::role).contains(Role.READER);

        users.setRole(account, "intern", Role.ADMIN);
        assertThat(keys.find(key.id())).map(AccessKey::role).contains(Role.ADMIN);
        assertThat(tokens.authenticate(token, "req", "127.0.0.1"))
                .map(Caller::role)
                .contains(Role.ADMIN);
        assertThat(users.of(key.caller("req", "127.0.0.1"))).map(User::id).contains(user.id());

        users.delete(account, "intern");
        assertThat(keys.find(key.id())).isEmpty();
        assertThat(tokens.authenticate(token, "req", "127.0.0.1")).isEmpty();
        assertThat(users.of(key.caller("req", "127.0.0.1"))).isEmpty();
        refused(ErrorCode.NOT_FOUND, () -> users.delete(account, "intern"));
    }

    @Test
    void aUserHasANameOfItsOwnAndARoleThatFits() {
        var account = accounts.create("frank").id();
        refused(ErrorCode.CONFLICT, () -> users.create(account, User.FIRST, Role.READER));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> users.create(account, "a/b", Role.READER));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> users.create(account, "root", Role.OPERATOR));
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> users.setRole(account, User.FIRST, Role.OPERATOR));
        refused(ErrorCode.NOT_FOUND, () -> users.create(new AccountId("999999999999"), "x", Role.READER));
    }

    @Test
    void nobodyComesInWithADisabledAccount() {
        var account = accounts.create("grace").id();
        var key = keys.create(account);
        var token = tokens.issue(account, User.FIRST, "laptop");
        assertThat(keys.find(key.id())).map(AccessKey::active).contains(true);

        assertThat(accounts.setEnabled(account, false).enabled()).isFalse();
        assertThat(keys.find(key.id())).map(AccessKey::active).contains(false);
        assertThat(tokens.authenticate(token, "req", "127.0.0.1")).isEmpty();

        accounts.setEnabled(account, true);
        assertThat(keys.find(key.id())).map(AccessKey::active).contains(true);
        assertThat(tokens.authenticate(token, "req", "127.0.0.1")).isPresent();
        refused(ErrorCode.INVALID_PARAMETER_VALUE, () -> accounts.setEnabled(Account.DEPLOYMENT, false));
        refused(ErrorCode.NOT_FOUND, () -> accounts.setEnabled(new AccountId("999999999999"), false));
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aUserHasTwoKeysAtMost() {
        var account = accounts.create("heidi").id();
        users.create(account, "other", Role.READER);
        var made = new AtomicInteger();
        IntStream.range(0, 8).parallel().forEach(_ -> {
            try {
                keys.create(account);
                made.incrementAndGet();
            } catch (CloudException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.ACCESS_KEY_LIMIT_EXCEEDED);
            }
        });
        assertThat(made).hasValue(2);
        var spare = keys.list(account).getFirst();
        refused(ErrorCode.NOT_FOUND, () -> keys.held(account, "other", spare.id()));
        assertThat(keys.held(account, User.FIRST, spare.id())).isEqualTo(spare);

        keys.delete(account, spare.id());
        keys.create(account);
        keys.create(account, "other");
    }

    @Test
    void usersAndTheirKeysComeInPages() {
        var account = accounts.create("ivan").id();
        for (var name : List.of("z", "b", "c")) {
            users.create(account, name, Role.READER);
        }
        var first = users.list(account, page(3, null));
        assertThat(first.items()).extracting(User::name).containsExactly("admin", "b", "c");
        var second = users.list(account, page(3, first.nextToken()));
        assertThat(second.items()).extracting(User::name).containsExactly("z");
        assertThat(second.nextToken()).isNull();

        var made =
                Stream.generate(() -> keys.create(account, "z").id()).limit(2).collect(Collectors.toSet());
        keys.create(account, "b");
        var one = keys.list(account, "z", page(1, null));
        var other = keys.list(account, "z", page(1, one.nextToken()));
        assertThat(Stream.concat(one.items().stream(), other.items().stream()).map(AccessKeySummary::id))
                .containsExactlyInAnyOrderElementsOf(made);
        refused(ErrorCode.INVALID_PAGINATION_TOKEN, () -> keys.list(account, "b", page(1, one.nextToken())));
        refused(ErrorCode.NOT_FOUND, () -> keys.list(account, "nobody", page(1, null)));
    }

    private static Query page(int size, @Nullable String token) {
        return new Query(List.of(), List.of(), size, token);
    }

    @Test
    void noKeyWithoutAnAccount() {
        assertThatThrownBy(() -> keys.create(new AccountId("999999999999")))
                .isInstanceOfSatisfying(
                        CloudException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }
}
