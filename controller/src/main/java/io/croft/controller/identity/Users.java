package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The users of accounts. Unique columns decide between two callers that make the same. */
@Repository
public class Users {
    /** The deployment's own first user. */
    private static final String OPERATOR = "operator";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,64}");
    private static final int ID_RANDOM = 17;

    private static final Listing USERS = Listing.of("users", "account_user u", "u.id")
            .ownedBy("u.account")
            .orderedBy("u.name")
            .pageSizes(1, 1000);

    private final AccountTable table;
    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final AccessKeyCache keys;
    private final Clock clock;
    private final RandomGenerator random;

    Users(
            AccountTable table,
            EntityManager entities,
            JdbcClient jdbc,
            AccessKeyCache keys,
            Clock clock,
            RandomGenerator random) {
        this.table = table;
        this.entities = entities;
        this.jdbc = jdbc;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes a user, who has neither keys nor tokens yet.
     *
     * @param name 1 to 64 letters, digits and {@code _+=,.@-}, unique in the account
     * @param role not {@code OPERATOR} outside the deployment's own account
     * @throws io.croft.controller.context.CloudException Conflict when the name is taken, InvalidParameterValue when it is malformed or the role does not fit,
     *     NotFound without such an account
     */
    @Transactional
    public User create(AccountId account, String name, Role role) {
        if (!NAME.matcher(name).matches()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "A user's name has 1 to 64 letters, digits and _+=,.@-: \"" + name + "\"");
        }
        checkRole(account, role);
        table.requireActive(account);
        var owner = entities.getReference(AccountEntity.class, account.value());
        if (find(account, name).isPresent()) {
            throw taken(name, null);
        }
        try {
            return add(owner, name, role).toUser();
        } catch (ConstraintViolationException e) {
            throw taken(name, e);
        }
    }

    private static void checkRole(AccountId account, Role role) {
        if (role == Role.OPERATOR && !account.equals(Account.DEPLOYMENT)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "Only the deployment's own account has operators.");
        }
    }

    private static CloudException taken(String name, @Nullable Exception cause) {
        return new CloudException(ErrorCode.CONFLICT, "There is a user named " + name + " already.", "", cause);
    }

    /** Adds a user of an account that the running transaction made or found. */
    UserEntity add(AccountEntity account, String name, Role role) {
        var id = "AIDA" + SecretText.draw(random, SecretText.CAPITALS_AND_DIGITS, ID_RANDOM);
        var user = new UserEntity(id, account, name, role, clock.instant().truncatedTo(ChronoUnit.MICROS));
        entities.persist(user);
        entities.flush();
        return user;
    }

    /** The account's users, oldest first; empty when there is no such account. */
    public List<User> list(AccountId account) {
        return entities
                .createQuery(
                        "SELECT u FROM UserEntity u WHERE u.account.id = :account ORDER BY u.created, u.id",
                        UserEntity.class)
                .setParameter("account", account.value())
                .getResultList()
                .stream()
                .map(UserEntity::toUser)
                .toList();
    }

    /**
     * A page of the account's users, by name.
     *
     * @throws io.croft.controller.context.CloudException InvalidPaginationToken
     */
    @Transactional(readOnly = true)
    public Page<User> list(AccountId account, Query query) {
        var page = USERS.find(jdbc, account, query);
        return new Page<>(
                entities
                        .createQuery("SELECT u FROM UserEntity u WHERE u.id IN :ids ORDER BY u.name", UserEntity.class)
                        .setParameter("ids", page.items())
                        .getResultList()
                        .stream()
                        .map(UserEntity::toUser)
                        .toList(),
                page.nextToken());
    }

    public Optional<User> find(AccountId account, String name) {
        return named(account, name).map(UserEntity::toUser);
    }

    /** The user whose key or token a request came with; empty when the user is gone since. */
    public Optional<User> of(Caller caller) {
        var key = AccessKey.underlying(caller);
        if (key.isPresent()) {
            return holder(
                    "SELECT k.owner FROM AccessKeyEntity k WHERE k.id = :name AND k.account = :account",
                    key.get(),
                    caller.account());
        }
        var principal = caller.principal();
        if (principal.startsWith(ApiTokenEntity.PRINCIPAL)) {
            return holder(
                    "SELECT t.owner FROM ApiTokenEntity t WHERE t.name = :name AND t.account = :account",
                    principal.substring(ApiTokenEntity.PRINCIPAL.length()),
                    caller.account());
        }
        return Optional.empty();
    }

    private Optional<User> holder(String query, String name, AccountId account) {
        return entities
                .createQuery(query, UserEntity.class)
                .setParameter("name", name)
                .setParameter("account", account.value())
                .getResultList()
                .stream()
                .findFirst()
                .map(UserEntity::toUser);
    }

    /**
     * Changes what a user's keys and tokens may do, at once.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has no such user, InvalidParameterValue when the role does not fit
     */
    @Transactional
    public User setRole(AccountId account, String name, Role role) {
        checkRole(account, role);
        var user = require(account, name);
        user.setRole(role);
        forgetKeysOf(account);
        return user.toUser();
    }

    /**
     * Deletes a user with its keys and tokens, at once.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has no such user
     */
    @Transactional
    public void delete(AccountId account, String name) {
        var user = require(account, name);
        forgetKeysOf(account);
        entities.remove(user);
    }

    /** Deletes the account's users with their keys, tokens and sessions, at once. */
    void deleteAll(AccountId account) {
        forgetKeysOf(account);
        jdbc.sql("DELETE FROM account_user WHERE account = :account")
                .param("account", account.value())
                .update();
        jdbc.sql("DELETE FROM session WHERE account = :account")
                .param("account", account.value())
                .update();
    }

    /** Has the account's keys looked up afresh once the running transaction has committed. */
    void forgetKeysOf(AccountId account) {
        keys.forgetAfterCommit(
                entities.createQuery("SELECT k.id FROM AccessKeyEntity k WHERE k.account = :account", String.class)
                        .setParameter("account", account.value())
                        .getResultList());
    }

    /**
     * The user of that name.
     *
     * @throws CloudException NotFound when the account has none
     */
    UserEntity require(AccountId account, String name) {
        return named(account, name)
                .orElseThrow(() -> new CloudException(
                        ErrorCode.NOT_FOUND, "The account " + account + " has no user " + name + "."));
    }

    /** The user whom the operator's token belongs to, made anew when it was deleted and an operator whatever it was made since. */
    UserEntity operator() {
        var user = named(Account.DEPLOYMENT, OPERATOR)
                .orElseGet(() -> add(
                        entities.getReference(AccountEntity.class, Account.DEPLOYMENT.value()),
                        OPERATOR,
                        Role.OPERATOR));
        user.setRole(Role.OPERATOR);
        return user;
    }

    private Optional<UserEntity> named(AccountId account, String name) {
        return entities
                .createQuery(
                        "SELECT u FROM UserEntity u WHERE u.account.id = :account AND u.name = :name", UserEntity.class)
                .setParameter("account", account.value())
                .setParameter("name", name)
                .getResultList()
                .stream()
                .findFirst();
    }

    /** The name that AWS's services know the sender of a request by: the user's, or the account's when the user is gone since. */
    public String arn(Caller caller) {
        return of(caller).map(User::arn).orElseGet(() -> "arn:aws:iam::" + caller.account() + ":root");
    }
}
