package io.croft.controller.identity;

import io.croft.types.AccountId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "access_key")
class AccessKeyEntity {
    @Id
    private String id;

    private String account;

    @ManyToOne(optional = false)
    @JoinColumn(name = "owner")
    private UserEntity owner;

    private byte[] secret;
    private String masterKey;
    private boolean active;
    private int deactivations;
    private Instant created;

    @SuppressWarnings("NullAway.Init")
    protected AccessKeyEntity() {}

    AccessKeyEntity(AccessKey key, UserEntity owner, byte[] secret, String masterKey) {
        this.id = key.id();
        this.account = key.account().value();
        this.owner = owner;
        this.secret = secret.clone();
        this.masterKey = masterKey;
        this.active = key.active();
        this.deactivations = key.deactivations();
        this.created = key.created();
    }

    /**
     * The key with its secret in the clear.
     *
     * @throws IllegalStateException when it was encrypted under another master key
     */
    AccessKey open(MasterKey master) {
        if (!masterKey.equals(master.fingerprint())) {
            throw new IllegalStateException("access key " + id + " is encrypted under master key " + masterKey);
        }
        return new AccessKey(
                id,
                master.open(id, secret),
                new AccountId(account),
                AccessKey.principalOf(id),
                owner.role(),
                active && owner.admitted(),
                deactivations,
                created);
    }

    AccessKeySummary summary() {
        return new AccessKeySummary(id, new AccountId(account), owner.name(), owner.role(), active, created);
    }

    boolean belongsTo(AccountId tenant) {
        return account.equals(tenant.value());
    }

    void setActive(boolean wanted) {
        if (active && !wanted) {
            deactivations++;
        }
        active = wanted;
    }
}
