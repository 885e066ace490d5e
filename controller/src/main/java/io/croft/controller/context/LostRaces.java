package io.croft.controller.context;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Repeats a transaction that PostgreSQL ended because it and another one waited for each other. Nothing of it happened, so it can simply be done again; but
 * only by whoever began it: inside a transaction of the caller's the failure is the caller's.
 */
public final class LostRaces {
    private static final Logger log = LoggerFactory.getLogger(LostRaces.class);
    private static final int TRIES = 4;

    private LostRaces() {}

    /** The result of the first try that was not ended by a deadlock. */
    public static <T> T retry(Supplier<T> transaction) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return transaction.get();
        }
        for (var attempt = 1; attempt < TRIES; attempt++) {
            try {
                return transaction.get();
            } catch (PessimisticLockingFailureException e) {
                log.atWarn()
                        .addKeyValue("attempt", attempt)
                        .setCause(e)
                        .log("transactions waited for each other, again");
            }
        }
        return transaction.get();
    }
}
