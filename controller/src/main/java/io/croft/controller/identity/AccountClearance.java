package io.croft.controller.identity;

import io.croft.controller.recovery.Recovery;
import io.croft.types.AccountId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
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

    private final StoredAccounts accounts;
    private final StoredAccountDeletions deletions;
    private final ObjectProvider<AccountHoldings> modules;
    private final Recovery recovery;
    private final Timer runs;
    private final MeterRegistry meters;

    AccountClearance(
            StoredAccounts accounts,
            StoredAccountDeletions deletions,
            ObjectProvider<AccountHoldings> modules,
            Recovery recovery,
            Clock clock,
            MeterRegistry meters) {
        this.accounts = accounts;
        this.deletions = deletions;
        this.modules = modules;
        this.recovery = recovery;
        this.runs = meters.timer("croft.identity.account-clearance.run");
        this.meters = meters;
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

    /** What one run did. */
    record Status(int found, int changed, int errors) {}

    /** What an account has is not known to a controller that reconciles. */
    @Scheduled(fixedDelayString = "PT5S")
    void run() {
        if (recovery.state().reconciles()) {
            return;
        }
        var status = Objects.requireNonNull(runs.record(this::pass));
        count("found", status.found());
        count("changed", status.changed());
        count("errors", status.errors());
    }

    private void count(String what, int amount) {
        meters.counter("croft.identity.account-clearance." + what).increment(amount);
    }

    /** Goes once over all accounts that are being deleted. */
    Status pass() {
        var found = accounts.deleting();
        var changed = 0;
        var errors = 0;
        for (var account : found) {
            errors += end(account.id());
            try {
                if (deletions.finish(account.id())) {
                    changed++;
                    log.atInfo().addKeyValue("account", account.id()).log("account deleted");
                }
            } catch (RuntimeException e) {
                errors++;
                log.atError().addKeyValue("account", account.id()).setCause(e).log("account could not be ended");
            }
        }
        return new Status(found.size(), changed, errors);
    }

    /** What one module cannot end is no reason to keep what the others have. */
    private int end(AccountId account) {
        var errors = 0;
        for (var module : modules) {
            try {
                module.endHoldings(account);
            } catch (RuntimeException e) {
                errors++;
                log.atError()
                        .addKeyValue("account", account)
                        .addKeyValue("module", module.getClass().getSimpleName())
                        .setCause(e)
                        .log("what an account has could not be ended");
            }
        }
        return errors;
    }
}
