package io.croft.controller.identity;

import io.croft.controller.context.Finding;
import io.croft.controller.context.SelfCheck;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Looks for accounts whose deletion takes long, and says what each waits for. */
@Component
@Order(5)
class DeletionCheck implements SelfCheck {
    /** Longer than a guest may take to power off, and a host to remove it. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Accounts accounts;
    private final AccountDeletions deletions;
    private final Clock clock;

    DeletionCheck(Accounts accounts, AccountDeletions deletions, Clock clock) {
        this.accounts = accounts;
        this.deletions = deletions;
        this.clock = clock;
    }

    @Override
    public List<Finding> look() {
        var limit = clock.instant().minus(PATIENCE);
        var late = accounts.deleting().stream()
                .filter(a -> a.since().isBefore(limit))
                .toList();
        return late.isEmpty()
                ? List.of(Finding.ok("accounts", "none is kept from being deleted"))
                : late.stream().map(this::waits).toList();
    }

    private Finding waits(Account account) {
        return Finding.warn(
                "accounts",
                "the account " + account.id() + " is being deleted since " + account.since() + " and waits for "
                        + AccountDeletions.named(deletions.holdings(account.id())),
                "croft account holdings " + account.id()
                        + " names all of it; what a host has goes when that host is back");
    }
}
