package io.croft.controller.hostlink;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.OperationResult;
import io.croft.protocol.OperationSpec;
import io.croft.types.HostId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** An observer of every kind that keeps what it hears and can be told to fail. */
@TestComponent
class RecordingObserver implements HostObserver {
    final List<ObservedDocument> seen = new CopyOnWriteArrayList<>();
    final List<OperationResult> finished = new CopyOnWriteArrayList<>();
    final Set<DocumentKey> failing = ConcurrentHashMap.newKeySet();

    @Override
    public Set<DocumentKind> kinds() {
        return EnumSet.allOf(DocumentKind.class);
    }

    @Override
    public void observed(HostId host, ObservedDocument observation) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new AssertionError("no transaction");
        }
        if (failing.contains(observation.key())) {
            throw new IllegalStateException("told to fail");
        }
        seen.add(observation);
    }

    @Override
    public void finished(HostId host, OperationSpec operation, OperationResult result) {
        finished.add(result);
    }

    List<ObservedDocument> seenOf(DocumentKey key) {
        return seen.stream().filter(o -> o.key().equals(key)).toList();
    }
}
