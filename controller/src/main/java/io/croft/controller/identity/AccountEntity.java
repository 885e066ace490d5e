package io.croft.controller.identity;

import io.croft.types.AccountId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "account")
class AccountEntity {
    @Id
    private String id;

    private String name;
    private Instant created;
    private boolean enabled;

    @Enumerated(EnumType.STRING)
    @Column(updatable = false)
    private AccountState state;

    @Column(updatable = false)
    private Instant stateSince;

    @SuppressWarnings("NullAway.Init")
    protected AccountEntity() {}

    AccountEntity(AccountId id, String name, Instant created) {
        this.id = id.value();
        this.name = name;
        this.created = created;
        this.enabled = true;
        this.state = AccountState.ACTIVE;
        this.stateSince = created;
    }

    Account toAccount() {
        return new Account(new AccountId(id), name, created, enabled, state, stateSince);
    }

    /** Whether its users' requests are taken. */
    boolean admits() {
        return enabled && state == AccountState.ACTIVE;
    }

    void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }
}
