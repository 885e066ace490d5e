package io.croft.controller.blockstorage.capture;

import io.croft.controller.blockstorage.capture.CaptureTable.Row;
import io.croft.controller.hostlink.HostDocuments;
import io.croft.types.SnapshotId;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Brings captures on, each with its document, and lets those wait for a moment who have to. */
@Component
class Captures {
    private final CaptureTable table;
    private final HostDocuments documents;
    private final ConcurrentMap<SnapshotId, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();

    Captures(CaptureTable table, HostDocuments documents) {
        this.table = table;
        this.documents = documents;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    void begin(Row row) {
        table.insert(row);
        documents.put(row.host(), row.spec());
    }

    /** Whether the event meant something to the capture as it is. */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean move(Row row, CaptureEvent event) {
        var moved = table.move(row, event);
        moved.ifPresent(now -> {
            documents.put(now.host(), now.spec());
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    tell(now.snapshot());
                }
            });
        });
        return moved.isPresent();
    }

    /** Whether none of the snapshots is still to be taken, whatever became of it. */
    boolean taken(Collection<SnapshotId> ids) {
        return ids.stream().allMatch(this::taken);
    }

    private boolean taken(SnapshotId id) {
        return table.find(id).filter(r -> r.state() == CaptureState.TAKING).isEmpty();
    }

    private void tell(SnapshotId id) {
        var waiting = awaited.get(id);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /**
     * Waits until none of the snapshots is still to be taken, whatever became of it.
     *
     * @return whether that was so in time
     */
    boolean awaitTaken(Collection<SnapshotId> ids, Duration longest) {
        var waiting = ids.stream()
                .map(id -> awaited.computeIfAbsent(id, _ -> new CompletableFuture<>()))
                .toArray(CompletableFuture<?>[]::new);
        try {
            // What came before anybody waited is in the rows.
            ids.stream().filter(this::taken).forEach(this::tell);
            CompletableFuture.allOf(waiting).get(longest.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            ids.forEach(awaited::remove);
        }
    }
}
