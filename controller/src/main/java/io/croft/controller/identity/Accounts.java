package io.croft.controller.identity;

import io.croft.controller.context.Caller.Role;
import io.croft.controller.context.CloudException;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The accounts of the deployment. Unique columns decide between two callers that make the same. */
@Repository
public class Accounts implements RestoredAccounts {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.@-]{1,64}");
    private static final long NUMBERS = 1_000_000_000_000L;

    private final EntityManager entities;
    private final AccountTable table;
    private final Users users;
    private final AccountDeletions deletions;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final RandomGenerator random;

    Accounts(
            EntityManager entities,
            AccountTable table,
            Users users,
            AccountDeletions deletions,
            ApplicationEventPublisher events,
            Clock clock,
            RandomGenerator random) {
        this.entities = entities;
        this.table = table;
        this.users = users;
        this.deletions = deletions;
        this.events = events;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes an account and, through {@link AccountCreated}, what every account starts with.
     *
     * @param name 1 to 64 letters, digits and {@code _.@-}; unique
     * @throws io.croft.controller.context.CloudException Conflict when the name is taken, InvalidParameterValue when it is malformed
     */
    @Transactional
    public Account create(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "An account's name has 1 to 64 letters, digits and _.@-: \"" + name + "\"");
        }
        if (findByName(name).isPresent()) {
            throw taken(name, null);
        }
        var account = new AccountEntity(unusedId(), name, clock.instant().truncatedTo(ChronoUnit.MICROS));
        entities.persist(account);
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw taken(name, e);
        }
        users.add(account, User.FIRST, Role.ADMIN);
        events.publishEvent(new AccountCreated(account.toAccount().id()));
        return account.toAccount();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean ensure(AccountId id) {
        var state = table.hold(id);
        if (state.isPresent()) {
            state.filter(AccountState.DELETED::equals).ifPresent(_ -> deletions.reopen(id));
            return false;
        }
        var account = new AccountEntity(
                id, AccountTable.restoredName(id), clock.instant().truncatedTo(ChronoUnit.MICROS));
        entities.persist(account);
        entities.flush();
        users.add(account, User.FIRST, Role.ADMIN);
        entities.flush();
        return true;
    }

    @Override
    public boolean ends(AccountId id) {
        return table.state(id).filter(s -> s != AccountState.ACTIVE).isPresent();
    }

    private static CloudException taken(String name, @Nullable Exception cause) {
        return new CloudException(ErrorCode.CONFLICT, "There is an account named " + name + " already.", "", cause);
    }

    private AccountId unusedId() {
        var id = new AccountId("%012d".formatted(random.nextLong(1, NUMBERS)));
        return find(id).isEmpty() ? id : unusedId();
    }

    public Optional<Account> find(AccountId id) {
        return Optional.ofNullable(entities.find(AccountEntity.class, id.value()))
                .map(AccountEntity::toAccount);
    }

    /** The account of that name, unless it is deleted. */
    public Optional<Account> findByName(String name) {
        return entities
                .createQuery(
                        "SELECT a FROM AccountEntity a WHERE a.name = :name AND a.state <> :deleted",
                        AccountEntity.class)
                .setParameter("name", name)
                .setParameter("deleted", AccountState.DELETED)
                .getResultList()
                .stream()
                .findFirst()
                .map(AccountEntity::toAccount);
    }

    /** All accounts but the deployment's own, oldest first; the deleted ones too, of which there are records. */
    public List<Account> all() {
        return entities
                .createQuery(
                        "SELECT a FROM AccountEntity a WHERE a.id <> :deployment ORDER BY a.created, a.id",
                        AccountEntity.class)
                .setParameter("deployment", Account.DEPLOYMENT.value())
                .getResultList()
                .stream()
                .map(AccountEntity::toAccount)
                .toList();
    }

    /**
     * Takes an account's keys and tokens into or out of use, at once. What the account has stays as it is and runs on.
     *
     * @throws io.croft.controller.context.CloudException NotFound without such an account, IncorrectState when it is being deleted or was, InvalidParameterValue for the deployment's own, which is
     *     never disabled
     */
    @Transactional
    public Account setEnabled(AccountId id, boolean enabled) {
        if (id.equals(Account.DEPLOYMENT)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "The deployment's own account is always enabled.");
        }
        table.lockActive(id);
        var account = entities.getReference(AccountEntity.class, id.value());
        account.setEnabled(enabled);
        users.forgetKeysOf(id);
        return account.toAccount();
    }

    /**
     * Does nothing when the account may be given something, and keeps it so until the caller's transaction ends, if there is one. Whatever makes something of an account's begins with it; so nothing comes to an
     * account that is being deleted, by requests that were let in before either.
     *
     * @throws io.croft.controller.context.CloudException IncorrectState when it is being deleted or was, NotFound without such an account
     */
    @Transactional
    public void requireActive(AccountId id) {
        table.requireActive(id);
    }

    /** The first of the accounts that does not exist or is being deleted, in the order of their ids; empty when all are there. */
    @Transactional(readOnly = true)
    public Optional<AccountId> firstMissing(Collection<AccountId> ids) {
        return table.firstMissing(ids);
    }

    /** Those that are being deleted, the longest first. */
    List<Account> deleting() {
        return entities
                .createQuery(
                        "SELECT a FROM AccountEntity a WHERE a.state = :state ORDER BY a.stateSince, a.id",
                        AccountEntity.class)
                .setParameter("state", AccountState.DELETING)
                .getResultList()
                .stream()
                .map(AccountEntity::toAccount)
                .toList();
    }
}
