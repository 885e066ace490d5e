package io.croft.controller.hostlink;

import io.croft.protocol.OperationResult;
import io.croft.protocol.OperationSpec;
import io.croft.types.HostId;
import io.croft.types.OperationId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The operations that a request of this process waits for. A result that nobody waits for any more is taken all the same. */
@Component
class PendingOperations implements HostOperations {
    private final ConcurrentHashMap<OperationId, CompletableFuture<OperationResult>> waiting =
            new ConcurrentHashMap<>();
    private final HostDocuments documents;
    private final TransactionTemplate transactions;
    private final Clock clock;

    PendingOperations(HostDocuments documents, TransactionTemplate transactions, Clock clock) {
        this.documents = documents;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<OperationResult> request(HostId host, OperationSpec operation) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException(
                    "the host would not see the operation before the transaction ends");
        }
        var patience = Duration.between(clock.instant(), Instant.parse(operation.deadline()));
        var result = new CompletableFuture<OperationResult>();
        waiting.put(operation.id(), result);
        var answer = result.orTimeout(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> waiting.remove(operation.id()));
        try {
            transactions.executeWithoutResult(_ -> documents.put(host, operation));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
        return answer;
    }

    void complete(OperationResult result) {
        var future = waiting.get(result.id());
        if (future != null) {
            future.complete(result);
        }
    }
}
