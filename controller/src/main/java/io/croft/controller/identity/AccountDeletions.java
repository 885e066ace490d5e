package io.croft.controller.identity;

import io.croft.controller.context.CloudException;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.recovery.Recovery;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The end of accounts.
 *
 * <p>The account's row is locked first: whoever gives it something holds that row (see {@link Accounts#requireActive}), so that what it has is known when it is asked for,
 * and stays so from then on.
 */
@Repository
public class AccountDeletions {
    private static final int MOST_NAMED = 5;

    private static final String UNMERGED =
            "not merged since the service was restored: it may have something of the account";

    private final AccountTable table;
    private final EntityManager entities;
    private final Users users;
    private final ObjectProvider<AccountHoldings> modules;
    private final ApplicationEventPublisher events;
    private final History history;
    private final Recovery recovery;

    AccountDeletions(
            AccountTable table,
            EntityManager entities,
            Users users,
            ObjectProvider<AccountHoldings> modules,
            ApplicationEventPublisher events,
            History history,
            Recovery recovery) {
        this.table = table;
        this.entities = entities;
        this.users = users;
        this.modules = modules;
        this.events = events;
        this.history = history;
        this.recovery = recovery;
    }

    /** What an account has; of one that is being deleted, what is waited for. */
    @Transactional(readOnly = true)
    public List<AccountHolding> holdings(AccountId account) {
        var known = modules.stream().flatMap(m -> m.holdings(account).stream());
        return Stream.concat(known, awaited(account)).toList();
    }

    /** The hosts that may have something of an account that the database does not know. Nobody can end that, so it counts only once the account is to go. */
    private Stream<AccountHolding> awaited(AccountId account) {
        return table.state(account)
                .filter(AccountState.DELETING::equals)
                .map(_ -> recovery.awaited().stream()
                        .map(a -> new AccountHolding("host", a.host().value(), UNMERGED)))
                .orElseGet(Stream::empty);
    }

    /**
     * Deletes an account: its users, keys, tokens and sessions at once, what it has as soon as its hosts can, whatever protects it. Other accounts lose nothing by it: what they run from its
     * images runs on.
     *
     * @param force whether also one that has anything
     * @throws io.croft.controller.context.CloudException NotFound without such an account, InvalidParameterValue for the deployment's own, DependencyViolation when it has something and {@code
     *     force} is not said, IncorrectState when it is being deleted
     */
    @Transactional
    public Account delete(AccountId id, boolean force) {
        if (id.equals(Account.DEPLOYMENT)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The deployment's own account cannot be deleted: its operators would be gone.");
        }
        table.lockActive(id);
        var holdings = holdings(id);
        if (!force && !holdings.isEmpty()) {
            throw new CloudException(
                    ErrorCode.DEPENDENCY_VIOLATION, "The account " + id + " has " + named(holdings) + ".");
        }
        table.move(id, AccountEvent.DELETE_REQUESTED);
        users.deleteAll(id);
        note(id, "deleting", holdings.isEmpty() ? "" : "has " + named(holdings));
        var account = entities.getReference(AccountEntity.class, id.value());
        entities.refresh(account);
        return account.toAccount();
    }

    /** The account has nothing any more, nor has a host of it. Of two that find so, one ends it. A restore that finds something of it holds the row until it has taken that in. */
    @Transactional
    boolean finish(AccountId id) {
        table.lock(id);
        if (!holdings(id).isEmpty() || !table.move(id, AccountEvent.EMPTIED)) {
            return false;
        }
        users.deleteAll(id);
        events.publishEvent(new AccountDeleted(id));
        note(id, "deleted", "");
        return true;
    }

    /** A host has something of an account that was deleted: its deletion goes on. Its name was free, so it may be another's by now. */
    @Transactional(propagation = Propagation.MANDATORY)
    void reopen(AccountId id) {
        table.giveUpName(id);
        if (table.move(id, AccountEvent.REMAINS_FOUND)) {
            note(id, "deleting", "a host still has something of it");
        }
    }

    private void note(AccountId id, String event, String detail) {
        history.record(List.of(new Happening(id, id.value(), event, detail)));
    }

    /** The first of them, and how many more. */
    static String named(List<AccountHolding> holdings) {
        var first = holdings.stream()
                .limit(MOST_NAMED)
                .map(AccountHolding::toString)
                .toList();
        var more = holdings.size() - first.size();
        return String.join(", ", first) + (more == 0 ? "" : " and " + more + " more");
    }
}
