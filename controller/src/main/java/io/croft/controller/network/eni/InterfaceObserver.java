package io.croft.controller.network.eni;

import io.croft.controller.hostlink.HostObserver;
import io.croft.controller.network.address.PublicAddresses;
import io.croft.controller.network.address.PublicAddresses.Freed;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.controller.tags.Tags;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.ObservedDocument.State;
import io.croft.types.Generation;
import io.croft.types.HostId;
import io.croft.types.NetworkInterfaceId;
import java.util.List;
import java.util.Set;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Takes in what hosts see of interfaces: frees the addresses of one that is proved gone and retired public addresses that the host answers for no more. A second
 * report of the same finds nothing to free.
 */
@Component
class InterfaceObserver implements HostObserver {
    private final InterfaceTable table;
    private final PublicAddresses publicAddresses;
    private final NetworkDocuments told;
    private final Tags tags;
    private final ApplicationEventPublisher events;

    InterfaceObserver(
            InterfaceTable table,
            PublicAddresses publicAddresses,
            NetworkDocuments told,
            Tags tags,
            ApplicationEventPublisher events) {
        this.table = table;
        this.publicAddresses = publicAddresses;
        this.told = told;
        this.tags = tags;
        this.events = events;
    }

    @Override
    public Set<DocumentKind> kinds() {
        return Set.of(DocumentKind.INTERFACE);
    }

    @Override
    public void observed(HostId host, ObservedDocument observation) {
        var id = new NetworkInterfaceId(observation.key().id());
        if (observation.state() == State.GONE) {
            gone(id, host, observation.generation());
        } else if (observation.state() == State.READY) {
            tell(publicAddresses.free(id, observation.generation()));
        } else if (observation.failure() != null && !observation.failure().retryable()) {
            var failure = observation.failure();
            table.instanceOf(id).ifPresent(i -> events.publishEvent(new InterfaceFailed(id, i, failure)));
        }
    }

    /** Frees the addresses of an interface that is being released, once it is proved that the host has nothing of this generation any more; whether there was one. */
    boolean gone(NetworkInterfaceId id, HostId host, Generation proved) {
        var row = table.lockReleased(id, host, proved);
        row.ifPresent(r -> {
            tell(publicAddresses.freeOf(id));
            table.delete(id);
            tags.drop(List.of(id.value()));
            told.tidy(host, r.vpc());
            events.publishEvent(new InterfacesMoved(r.vpc()));
        });
        return row.isPresent();
    }

    /** Frees the retired addresses of a host that is proved to answer for nothing; whether there was one. */
    boolean freeRetired(HostId host) {
        var freed = publicAddresses.freeOn(host);
        tell(freed);
        return freed.count() > 0;
    }

    private void tell(Freed freed) {
        freed.elastic().forEach(e -> events.publishEvent(new ElasticIpFreed(e)));
    }
}
