package io.croft.controller.identity;

import io.croft.types.AccountId;
import jakarta.persistence.Entity;
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

    @SuppressWarnings("NullAway.Init")
    protected AccountEntity() {}

    AccountEntity(AccountId id, String name, Instant created) {
        this.id = id.value();
        this.name = name;
        this.created = created;
        this.enabled = true;
    }

    Account toAccount() {
        return new Account(new AccountId(id), name, created, enabled);
    }

    void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }
}
