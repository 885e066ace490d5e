package io.croft.controller.identity;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The bearer tokens of the REST edges; only their SHA-256 is kept.
 *
 * <p>The API tokens' digests in PostgreSQL. A token has 256 random bits, so its plain digest can be looked up and not be turned back.
 */
@Repository
public class Tokens {
    private static final int LENGTH = 43;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");

    private final EntityManager entities;
    private final AccountTable table;
    private final Users users;
    private final Clock clock;
    private final RandomGenerator random;

    Tokens(EntityManager entities, AccountTable table, Users users, Clock clock, RandomGenerator random) {
        this.entities = entities;
        this.table = table;
        this.users = users;
        this.clock = clock;
        this.random = random;
    }

    String draw() {
        return "croft_" + SecretText.draw(random, SecretText.LETTERS_AND_DIGITS, LENGTH);
    }

    /** Who holds a token; empty for one that is unknown, revoked or of a disabled account. */
    public Optional<Caller> authenticate(String token, String requestId, String sourceAddress) {
        return Optional.ofNullable(entities.find(ApiTokenEntity.class, SecretText.sha256(token)))
                .flatMap(t -> t.caller(requestId, sourceAddress));
    }

    /**
     * Draws a token for a user; the one moment to hand it out.
     *
     * @param user the user's name; the token may do what its user may
     * @param name what it is for: 1 to 64 letters, digits and {@code _.@-}, unique in the account
     * @throws io.croft.controller.context.CloudException Conflict when the name is taken, InvalidParameterValue when it is malformed, NotFound when the account
     *     has no such user
     */
    @Transactional
    public String issue(AccountId account, String user, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "A token's name has 1 to 64 letters, digits and _.@-: \"" + name + "\"");
        }
        table.requireActive(account);
        var owner = users.require(account, user);
        if (named(account, name).isPresent()) {
            throw new CloudException(ErrorCode.CONFLICT, "There is a token named " + name + " already.");
        }
        var token = draw();
        put(token, owner, name);
        return token;
    }

    /**
     * Ends a token, at once.
     *
     * @throws io.croft.controller.context.CloudException NotFound when the account has no token of that name
     */
    @Transactional
    public void revoke(AccountId account, String name) {
        entities.remove(named(account, name)
                .orElseThrow(() -> new CloudException(ErrorCode.NOT_FOUND, "There is no token named " + name + ".")));
    }

    /** The account's tokens, by name. */
    public List<TokenSummary> list(AccountId account) {
        return entities
                .createQuery(
                        "SELECT t FROM ApiTokenEntity t WHERE t.account = :account ORDER BY t.name",
                        ApiTokenEntity.class)
                .setParameter("account", account.value())
                .getResultList()
                .stream()
                .map(ApiTokenEntity::summary)
                .toList();
    }

    /** Makes {@code token} the operator's one token of that name. */
    @Transactional
    void setOperators(String token, String name) {
        var owner = users.operator();
        var old = named(owner.accountId(), name);
        if (old.isPresent() && old.get().isOf(token)) {
            return;
        }
        old.ifPresent(entities::remove);
        entities.flush();
        put(token, owner, name);
    }

    private void put(String token, UserEntity owner, String name) {
        entities.persist(new ApiTokenEntity(token, owner, name, clock.instant().truncatedTo(ChronoUnit.MICROS)));
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
