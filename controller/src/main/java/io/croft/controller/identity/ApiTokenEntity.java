package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import io.croft.types.AccountId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

@Entity
@Table(name = "api_token")
class ApiTokenEntity {
    /** How the words for the holder of a token begin; its name follows. */
    static final String PRINCIPAL = "token/";

    @Id
    private byte[] hash;

    private String account;
    private String name;

    @ManyToOne(optional = false)
    @JoinColumn(name = "owner")
    private UserEntity owner;

    private Instant created;

    @SuppressWarnings("NullAway.Init")
    protected ApiTokenEntity() {}

    ApiTokenEntity(String token, UserEntity owner, String name, Instant created) {
        this.hash = SecretText.sha256(token);
        this.account = owner.accountId().value();
        this.name = name;
        this.owner = owner;
        this.created = created;
    }

    /** Who holds the token; empty when requests are not taken from its user. */
    Optional<Caller> caller(String requestId, String sourceAddress) {
        return owner.admitted()
                ? Optional.of(
                        new Caller(new AccountId(account), PRINCIPAL + name, owner.role(), requestId, sourceAddress))
                : Optional.empty();
    }

    TokenSummary summary() {
        return new TokenSummary(name, new AccountId(account), owner.name(), owner.role(), created);
    }

    boolean isOf(String token) {
        return MessageDigest.isEqual(hash, SecretText.sha256(token));
    }
}
