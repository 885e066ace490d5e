package io.croft.controller.identity;

import io.croft.controller.context.Attempts;
import io.croft.controller.context.Reconciler;
import io.croft.controller.context.Reconciler.Status;
import io.croft.controller.recovery.Recovery;
import io.croft.types.AccountId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends what accounts that are being deleted have, and then them. It takes no input and asks the modules anew each time, so it goes on wherever a controller was cut off; beside a second copy of
 * itself every row is dealt with by one of them. A host that is away holds up its part alone: the account is DELETING until that host has proved everything gone. One
 * that was not merged since a restore holds up all: it may have something of any account.
 */
@Component
class AccountClearance {
    private static final Logger log = LoggerFactory.getLogger(AccountClearance.class);

    private final Accounts accounts;
    private final AccountDeletions deletions;
    private final ObjectProvider<AccountHoldings> modules;
    private final Recovery recovery;
    private final Reconciler loop;

    AccountClearance(
            Accounts accounts,
            AccountDeletions deletions,
            ObjectProvider<AccountHoldings> modules,
            Recovery recovery,
            Clock clock,
            MeterRegistry meters) {
        this.accounts = accounts;
        this.deletions = deletions;
        this.modules = modules;
        this.recovery = recovery;
        this.loop = new Reconciler(meters, "identity.account-clearance");
        Gauge.builder(
                        "croft.identity.accounts.deleting",
                        accounts,
                        a -> a.deleting().size())
                .register(meters);
        Gauge.builder(
                        "croft.identity.accounts.deleting.oldest.seconds",
                        accounts,
                        a -> a.deleting().stream()
                                .mapToLong(d -> Duration.between(d.since(), clock.instant())
                                        .toSeconds())
                                .max()
                                .orElse(0))
                .register(meters);
    }

    /** What an account has is not known to a controller that reconciles. */
    @Scheduled(fixedDelayString = "PT5S")
    void run() {
        if (!recovery.state().reconciles()) {
            pass();
        }
    }

    /** Goes once over all accounts that are being deleted. */
    Status pass() {
        return loop.run(accounts::deleting, a -> end(a.id()));
    }

    /** What one module cannot end is no reason to keep what the others have. */
    private boolean end(AccountId account) {
        var attempts = new Attempts();
        modules.forEach(m -> attempts.make(() -> m.endHoldings(account)));
        var ended = new AtomicBoolean();
        attempts.make(() -> ended.set(deletions.finish(account)));
        if (ended.get()) {
            log.atInfo().addKeyValue("account", account).log("account deleted");
        }
        attempts.tellFailure();
        return ended.get();
    }
}
