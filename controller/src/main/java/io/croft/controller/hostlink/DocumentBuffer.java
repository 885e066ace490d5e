package io.croft.controller.hostlink;

import io.croft.controller.recovery.Recovery;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.OperationSpec;
import io.croft.protocol.Presence;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.protocol.SnapshotSpec;
import io.croft.protocol.VolumeSpec;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.HostId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Gathers what a transaction puts and writes it just before the commit: one statement a host, hosts in order, all other rows of the transaction locked before. */
@Component
class DocumentBuffer implements HostDocuments {
    private final DocumentTable table;
    private final DesiredSignals signals;
    private final Deliveries deliveries;
    private final Recovery recovery;

    DocumentBuffer(DocumentTable table, DesiredSignals signals, Deliveries deliveries, Recovery recovery) {
        this.table = table;
        this.signals = signals;
        this.deliveries = deliveries;
        this.recovery = recovery;
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
            recovery.requireFree(owning(), owned());
            hosts.forEach((host, documents) -> table.write(new HostId(host), documents.values()));
            hosts.forEach((host, documents) -> deliveries.written(new HostId(host), documents.values()));
        }

        /** The hosts that are told of what is on them alone; of networks and groups one may be told later. */
        private List<HostId> owning() {
            return hosts.entrySet().stream()
                    .filter(e -> e.getValue().values().stream().anyMatch(d -> owner(d) != null))
                    .map(e -> new HostId(e.getKey()))
                    .toList();
        }

        private List<String> owned() {
            return hosts.values().stream()
                    .flatMap(d -> d.values().stream())
                    .flatMap(d -> Stream.ofNullable(owner(d)))
                    .toList();
        }

        @Override
        public void afterCommit() {
            hosts.forEach((host, documents) -> {
                deliveries.committed(new HostId(host), documents.values());
                signals.wake(new HostId(host));
            });
        }
    }

    /** The id that the document is about, when that is on one host alone. */
    private static @Nullable String owner(HostDocument document) {
        return switch (document) {
            case VpcSpec _, SecurityGroupSpec _, VpcPeersSpec _ -> null;
            case OperationSpec operation -> operation.target().id();
            case SnapshotSpec snapshot -> snapshot.volume().value();
            case InstanceSpec _, InterfaceSpec _, VolumeSpec _ -> document.key().id();
        };
    }
}
