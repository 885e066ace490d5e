package io.croft.controller.context;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries a use case out to learn whether it would work, and leaves nothing of it behind. */
@Component
public class Rehearsal {
    private final TransactionTemplate transaction;

    public Rehearsal(PlatformTransactionManager transactions) {
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Runs {@code work} in a transaction that is rolled back.
     *
     * @throws RuntimeException what the work throws
     */
    public void of(Runnable work) {
        transaction.executeWithoutResult(status -> {
            work.run();
            status.setRollbackOnly();
        });
    }
}
