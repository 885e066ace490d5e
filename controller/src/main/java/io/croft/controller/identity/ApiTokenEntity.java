package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.types.AccountId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.security.MessageDigest;

@Entity
@Table(name = "api_token")
class ApiTokenEntity {
    @Id
    private byte[] hash;

    private String account;
    private String name;

    @Enumerated(EnumType.STRING)
    private Role role;

    @SuppressWarnings("NullAway.Init")
    protected ApiTokenEntity() {}

    ApiTokenEntity(String token, AccountId account, String name, Role role) {
        this.hash = SecretText.sha256(token);
        this.account = account.value();
        this.name = name;
        this.role = role;
    }

    Caller caller(String requestId, String sourceAddress) {
        return new Caller(new AccountId(account), "token/" + name, role, requestId, sourceAddress);
    }

    boolean isOf(String token) {
        return MessageDigest.isEqual(hash, SecretText.sha256(token));
    }
}
