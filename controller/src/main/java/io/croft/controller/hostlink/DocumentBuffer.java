package io.croft.controller.hostlink;

import io.croft.protocol.DocumentKey;
import io.croft.protocol.HostDocument;
import io.croft.protocol.Presence;
import io.croft.types.HostId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Gathers what a transaction puts and writes it just before the commit: one statement a host, hosts in order, all other rows of the transaction locked before. */
@Component
class DocumentBuffer implements HostDocuments {
    private final DocumentTable table;
    private final DesiredSignals signals;

    DocumentBuffer(DocumentTable table, DesiredSignals signals) {
        this.table = table;
        this.signals = signals;
    }

    @Override
    public void put(HostId host, Collection<? extends HostDocument> documents) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalTransactionStateException("documents are put inside the writer's own transaction");
        }
        var pending = pending();
        documents.forEach(d -> pending.add(host, d));
    }

    @Override
    public Set<HostId> hostsWith(DocumentKey key) {
        return table.hostsWith(key, Presence.PRESENT);
    }

    private Pending pending() {
        for (var synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof Pending pending) {
                return pending;
            }
        }
        var pending = new Pending();
        TransactionSynchronizationManager.registerSynchronization(pending);
        return pending;
    }

    /** One transaction's documents. */
    private final class Pending implements TransactionSynchronization {
        private final Map<String, Map<DocumentKey, HostDocument>> hosts = new TreeMap<>();

        void add(HostId host, HostDocument document) {
            var documents = hosts.computeIfAbsent(host.value(), _ -> new LinkedHashMap<>());
            documents.merge(
                    document.key(),
                    document,
                    (old, fresh) -> fresh.generation().olderThan(old.generation()) ? old : fresh);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            hosts.forEach((host, documents) -> table.write(new HostId(host), documents.values()));
        }

        @Override
        public void afterCommit() {
            hosts.keySet().forEach(h -> signals.wake(new HostId(h)));
        }
    }
}
