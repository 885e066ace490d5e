package io.croft.controller.identity;

import io.croft.controller.context.Caller.Role;
import io.croft.types.AccountId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;

@Entity
@Table(name = "account_user")
class UserEntity {
    @Id
    private String id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "account")
    private AccountEntity account;

    private String name;

    @Enumerated(EnumType.STRING)
    private Role role;

    private Instant created;

    @SuppressWarnings("NullAway.Init")
    protected UserEntity() {}

    UserEntity(String id, AccountEntity account, String name, Role role, Instant created) {
        this.id = id;
        this.account = account;
        this.name = name;
        this.role = role;
        this.created = created;
    }

    User toUser() {
        return new User(id, accountId(), name, role, created);
    }

    AccountId accountId() {
        return account.toAccount().id();
    }

    String name() {
        return name;
    }

    Role role() {
        return role;
    }

    void setRole(Role role) {
        this.role = role;
    }

    /** Whether requests are taken from the user: its account is neither disabled nor being deleted. */
    boolean admitted() {
        return account.admits();
    }
}
