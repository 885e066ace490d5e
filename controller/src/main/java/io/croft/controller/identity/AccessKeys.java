package io.croft.controller.identity;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Listing;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import jakarta.annotation.PostConstruct;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The keys that clients of the AWS edges sign with. Their secrets are kept encrypted under the master key. */
@Repository
public class AccessKeys implements KnownKeys {
    private static final int ID_RANDOM = 16;
    private static final int SECRET_LENGTH = 40;
    private static final int MOST_OF_A_USER = 2;
    private static final Listing KEYS = Listing.of("access-keys", "access_key k", "k.id")
            .ownedBy("k.account")
            .scope("owner", "SELECT k.owner")
            .pageSizes(1, 1000);

    private final EntityManager entities;
    private final JdbcClient jdbc;
    private final AccountTable table;
    private final Users users;
    private final MasterKey master;
    private final AccessKeyCache cache;
    private final AccessKeyUses uses;
    private final Clock clock;
    private final RandomGenerator random;

    AccessKeys(
            EntityManager entities,
            JdbcClient jdbc,
            AccountTable table,
            Users users,
            MasterKey master,
            AccessKeyCache cache,
            AccessKeyUses uses,
            Clock clock,
            RandomGenerator random) {
        this.entities = entities;
        this.jdbc = jdbc;
        this.table = table;
        this.users = users;
        this.master = master;
        this.cache = cache;
        this.uses = uses;
        this.clock = clock;
        this.random = random;
    }

    /** Better no controller than one on which every signature is wrong. */
    @PostConstruct
    void requireTheRightMasterKey() {
        var others = entities.createQuery(
                        "SELECT count(k) FROM AccessKeyEntity k WHERE k.masterKey <> :current", Long.class)
                .setParameter("current", master.fingerprint())
                .getSingleResult();
        if (others > 0) {
            throw new IllegalStateException("master.key (fingerprint " + master.fingerprint() + ") is not the one that "
                    + others + " access keys of this database are encrypted under: put that one back");
        }
    }

    /** The same for the user that an account starts with. */
    @Transactional
    public AccessKey create(AccountId account) {
        return create(account, User.FIRST);
    }

    /**
     * Draws a key for a user; the one moment to hand its secret out.
     *
     * @param user the user's name
     * @throws io.croft.controller.context.CloudException NotFound when the account has no such user, LimitExceeded when it has two keys already: one in use and
     *     one to change to
     */
    @Transactional
    public AccessKey create(AccountId account, String user) {
        table.requireActive(account);
        var owner = users.require(account, user);
        requireRoom(owner);
        var id = "AKIA" + SecretText.draw(random, SecretText.CAPITALS_AND_DIGITS, ID_RANDOM);
        var secret = SecretText.draw(random, SecretText.LETTERS_AND_DIGITS, SECRET_LENGTH);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var key = new AccessKey(id, secret, account, AccessKey.principalOf(id), owner.role(), true, 0, now);
        entities.persist(new AccessKeyEntity(key, owner, master.seal(id, secret), master.fingerprint()));
        return key;
    }

    /** The user's row lock puts those who make its keys in order. */
    private void requireRoom(UserEntity owner) {
        entities.lock(owner, LockModeType.PESSIMISTIC_WRITE);
        var has = entities.createQuery("SELECT count(k) FROM AccessKeyEntity k WHERE k.owner = :owner", Long.class)
                .setParameter("owner", owner)
                .getSingleResult();
        if (has >= MOST_OF_A_USER) {
            throw new CloudException(
                    ErrorCode.ACCESS_KEY_LIMIT_EXCEEDED,
                    "The user " + owner.name() + " has " + MOST_OF_A_USER + " access keys already: delete one first.");
        }
    }

    @Override
    public Optional<AccessKey> find(String accessKeyId) {
        return cache.get(
                accessKeyId,
                id -> Optional.ofNullable(entities.find(AccessKeyEntity.class, id))
                        .map(k -> k.open(master)));
    }

    /** The account's keys, oldest first. */
    public List<AccessKeySummary> list(AccountId account) {
        return entities
                .createQuery(
                        "SELECT k FROM AccessKeyEntity k WHERE k.account = :account ORDER BY k.created, k.id",
                        AccessKeyEntity.class)
                .setParameter("account", account.value())
                .getResultList()
                .stream()
                .map(AccessKeyEntity::summary)
                .toList();
    }

    /**
     * A page of one user's keys, by their ids.
     *
     * @param user the user's name
     * @throws io.croft.controller.context.CloudException NotFound when the account has no such user, InvalidPaginationToken
     */
    @Transactional(readOnly = true)
    public Page<AccessKeySummary> list(AccountId account, String user, Query query) {
        var owner = new Filter(
                "owner", List.of(users.require(account, user).toUser().id()));
        var page = KEYS.find(jdbc, account, query, List.of(owner));
        return new Page<>(
                entities
                        .createQuery(
                                "SELECT k FROM AccessKeyEntity k WHERE k.id IN :ids ORDER BY k.id",
                                AccessKeyEntity.class)
                        .setParameter("ids", page.items())
                        .getResultList()
                        .stream()
                        .map(AccessKeyEntity::summary)
                        .toList(),
                page.nextToken());
    }

    /**
     * The key with this id when the user holds it.
     *
     * @param user the user's name
     * @throws io.croft.controller.context.CloudException NotFound when it does not
     */
    public AccessKeySummary held(AccountId account, String user, String accessKeyId) {
        var key = require(account, accessKeyId);
        if (!key.user().equals(user)) {
            throw new CloudException(
                    ErrorCode.NOT_FOUND, "The user " + user + " has no access key " + accessKeyId + ".");
        }
        return key;
    }

    /**
     * The key with this id.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has none
     */
    public AccessKeySummary require(AccountId account, String accessKeyId) {
        return owned(account, accessKeyId).summary();
    }

    @Override
    public void noteUse(String accessKeyId, String service, String region) {
        uses.note(accessKeyId, service, region);
    }

    /**
     * When and for what a key was last used; empty when it never was.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has no such key
     */
    public Optional<AccessKeyUse> lastUse(AccountId account, String accessKeyId) {
        return uses.last(require(account, accessKeyId).id());
    }

    /**
     * Takes a key into or out of use, at once. Out of use it takes the temporary keys that stand for it with it, and they do not come back with it.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has no such key
     */
    @Transactional
    public void setActive(AccountId account, String accessKeyId, boolean active) {
        owned(account, accessKeyId).setActive(active);
        forget(accessKeyId);
    }

    /**
     * Deletes a key.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has no such key
     */
    @Transactional
    public void delete(AccountId account, String accessKeyId) {
        entities.remove(owned(account, accessKeyId));
        forget(accessKeyId);
    }

    private void forget(String accessKeyId) {
        cache.forgetAfterCommit(List.of(accessKeyId));
    }

    private AccessKeyEntity owned(AccountId account, String accessKeyId) {
        var key = entities.find(AccessKeyEntity.class, accessKeyId);
        if (key == null || !key.belongsTo(account)) {
            throw new CloudException(
                    ErrorCode.NOT_FOUND, "The account " + account + " has no access key " + accessKeyId + ".");
        }
        return key;
    }
}
