package io.croft.controller.identity;

import io.croft.controller.context.Caller.Role;
import io.croft.types.AccountId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "access_key")
class AccessKeyEntity {
    @Id
    private String id;

    private String account;

    @Enumerated(EnumType.STRING)
    private Role role;

    private byte[] secret;
    private String masterKey;
    private boolean active;
    private Instant created;

    @SuppressWarnings("NullAway.Init")
    protected AccessKeyEntity() {}

    AccessKeyEntity(AccessKey key, byte[] secret, String masterKey, Instant created) {
        this.id = key.id();
        this.account = key.account().value();
        this.role = key.role();
        this.secret = secret.clone();
        this.masterKey = masterKey;
        this.active = key.active();
        this.created = created;
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
        var owner = new AccountId(account);
        return new AccessKey(id, master.open(id, secret), owner, AccessKey.principalOf(id), role, active);
    }

    AccessKeySummary summary() {
        return new AccessKeySummary(id, new AccountId(account), active, created);
    }

    boolean belongsTo(AccountId owner) {
        return account.equals(owner.value());
    }

    void setActive(boolean active) {
        this.active = active;
    }
}
