package io.croft.controller.hostlink;

import io.croft.controller.context.RequestArrival;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentSteps;
import io.croft.protocol.HostDocument;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedReport;
import io.croft.protocol.Presence;
import io.croft.types.Generation;
import io.croft.types.HostId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The ways of the documents that were written last, and are to be there. Soft state of this process: bounded, and gone with it. */
@Component
public class Deliveries {
    private static final int MOST = 4096;

    private final SequencedMap<Address, Delivery> deliveries = new LinkedHashMap<>();

    Deliveries() {}

    private record Address(HostId host, DocumentKey key) {}

    /** The document's way in this generation; empty when nothing of it was seen. */
    public synchronized Optional<Delivery> of(HostId host, DocumentKey key, Generation generation) {
        return Optional.ofNullable(deliveries.get(new Address(host, key)))
                .filter(d -> d.generation().equals(generation));
    }

    /** Their transaction is about to commit. */
    synchronized void written(HostId host, Collection<HostDocument> documents) {
        var now = System.nanoTime();
        var requested = RequestArrival.current().orElse(null);
        documents.stream()
                .filter(d -> d.presence() == Presence.PRESENT)
                .forEach(d -> put(new Address(host, d.key()), Delivery.written(d.generation(), requested, now)));
    }

    synchronized void committed(HostId host, Collection<HostDocument> documents) {
        var now = System.nanoTime();
        documents.forEach(d -> change(host, d.key(), d.generation(), known -> known.committed(now)));
    }

    /** They are about to go onto the host's stream. */
    synchronized void told(HostId host, Collection<DocumentTable.Stored> documents) {
        var now = System.nanoTime();
        documents.forEach(d -> change(host, d.key(), d.generation(), known -> known.told(now)));
    }

    /** A report has come, at {@code moment}. What a process before this one has told may be news to this one. */
    synchronized void reported(HostId host, long moment, ObservedReport report) {
        var steps = Objects.requireNonNullElse(report.steps(), List.<DocumentSteps>of());
        for (var own : steps) {
            var address = new Address(host, own.key());
            var known = deliveries.get(address);
            if (known == null || known.generation().olderThan(own.generation())) {
                put(address, Delivery.unseen(own.generation()));
            }
        }
        report.documents().stream()
                .filter(d -> d.state() == ObservedDocument.State.READY)
                .forEach(d -> change(host, d.key(), d.generation(), known -> known.reported(moment, find(steps, d))));
    }

    private static @Nullable DocumentSteps find(List<DocumentSteps> steps, ObservedDocument document) {
        return steps.stream()
                .filter(s -> s.key().equals(document.key()) && s.generation().equals(document.generation()))
                .findFirst()
                .orElse(null);
    }

    private void change(HostId host, DocumentKey key, Generation generation, UnaryOperator<Delivery> change) {
        deliveries.computeIfPresent(
                new Address(host, key),
                (_, known) -> known.generation().equals(generation) ? change.apply(known) : known);
    }

    private void put(Address address, Delivery delivery) {
        deliveries.putLast(address, delivery);
        while (deliveries.size() > MOST) {
            deliveries.pollFirstEntry();
        }
    }
}
