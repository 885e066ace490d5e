package io.croft.controller.identity;

import io.croft.controller.context.CloudException;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import jakarta.annotation.PostConstruct;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The access keys in PostgreSQL, their secrets encrypted under the master key. */
@Repository
class StoredAccessKeys implements AccessKeys {
    private static final int ID_RANDOM = 16;
    private static final int SECRET_LENGTH = 40;

    private final EntityManager entities;
    private final StoredUsers users;
    private final MasterKey master;
    private final AccessKeyCache cache;
    private final Clock clock;
    private final RandomGenerator random;

    StoredAccessKeys(
            EntityManager entities,
            StoredUsers users,
            MasterKey master,
            AccessKeyCache cache,
            Clock clock,
            RandomGenerator random) {
        this.entities = entities;
        this.users = users;
        this.master = master;
        this.cache = cache;
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

    @Override
    @Transactional
    public AccessKey create(AccountId account) {
        return create(account, User.FIRST);
    }

    @Override
    @Transactional
    public AccessKey create(AccountId account, String user) {
        var owner = users.require(account, user);
        var id = "AKIA" + SecretText.draw(random, SecretText.CAPITALS_AND_DIGITS, ID_RANDOM);
        var secret = SecretText.draw(random, SecretText.LETTERS_AND_DIGITS, SECRET_LENGTH);
        var key = new AccessKey(id, secret, account, AccessKey.principalOf(id), owner.role(), true);
        entities.persist(new AccessKeyEntity(
                key,
                owner,
                master.seal(id, secret),
                master.fingerprint(),
                clock.instant().truncatedTo(ChronoUnit.MICROS)));
        return key;
    }

    @Override
    public Optional<AccessKey> find(String accessKeyId) {
        return cache.get(
                accessKeyId,
                id -> Optional.ofNullable(entities.find(AccessKeyEntity.class, id))
                        .map(k -> k.open(master)));
    }

    @Override
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

    @Override
    @Transactional
    public void setActive(AccountId account, String accessKeyId, boolean active) {
        owned(account, accessKeyId).setActive(active);
        forget(accessKeyId);
    }

    @Override
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
