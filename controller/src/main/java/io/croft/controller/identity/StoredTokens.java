package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The API tokens' digests in PostgreSQL. A token has 256 random bits, so its plain digest can be looked up and not be turned back. */
@Repository
class StoredTokens implements Tokens {
    private static final int LENGTH = 43;

    private final EntityManager entities;
    private final RandomGenerator random;

    StoredTokens(EntityManager entities, RandomGenerator random) {
        this.entities = entities;
        this.random = random;
    }

    String draw() {
        return "croft_" + SecretText.draw(random, SecretText.LETTERS_AND_DIGITS, LENGTH);
    }

    @Override
    public Optional<Caller> authenticate(String token, String requestId, String sourceAddress) {
        return Optional.ofNullable(entities.find(ApiTokenEntity.class, SecretText.sha256(token)))
                .map(t -> t.caller(requestId, sourceAddress));
    }

    @Override
    @Transactional
    public String issue(AccountId account, String name, Role role) {
        if (entities.find(AccountEntity.class, account.value()) == null) {
            throw new CloudException(ErrorCode.NOT_FOUND, "There is no account " + account + ".");
        }
        if (role == Role.OPERATOR && !account.equals(Account.DEPLOYMENT)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "Only the deployment's own account has operators.");
        }
        if (named(account, name).isPresent()) {
            throw new CloudException(ErrorCode.CONFLICT, "There is a token named " + name + " already.");
        }
        var token = draw();
        put(token, account, name, role);
        return token;
    }

    @Override
    @Transactional
    public void revoke(AccountId account, String name) {
        entities.remove(named(account, name)
                .orElseThrow(() -> new CloudException(ErrorCode.NOT_FOUND, "There is no token named " + name + ".")));
    }

    /** Makes {@code token} the account's one token of that name. */
    @Transactional
    void set(String token, AccountId account, String name, Role role) {
        var old = named(account, name);
        if (old.isPresent() && old.get().isOf(token)) {
            return;
        }
        old.ifPresent(entities::remove);
        entities.flush();
        put(token, account, name, role);
    }

    private void put(String token, AccountId account, String name, Role role) {
        entities.persist(new ApiTokenEntity(token, account, name, role));
        entities.flush();
    }

    private Optional<ApiTokenEntity> named(AccountId account, String name) {
        return entities
                .createQuery(
                        "SELECT t FROM ApiTokenEntity t WHERE t.account = :account AND t.name = :name",
                        ApiTokenEntity.class)
                .setParameter("account", account.value())
                .setParameter("name", name)
                .getResultList()
                .stream()
                .findFirst();
    }
}
