package io.croft.agent.metadata.sim;

import io.croft.agent.faults.Faults;
import io.croft.agent.metadata.MetadataCatalog;
import io.croft.agent.metadata.MetadataCatalog.Guest;
import io.croft.agent.metadata.MetadataService;
import io.croft.agent.network.HostNetwork;
import io.croft.agent.network.NetworkException;
import io.croft.types.VpcId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers where it would listen; ends with the agent, as sockets do. Its faults are by the verbs of {@link MetadataService}. */
public final class SimMetadataService implements MetadataService {
    private final Set<VpcId> serving = ConcurrentHashMap.newKeySet();
    private final HostNetwork network;
    private final MetadataCatalog catalog;
    private final Faults faults;

    public SimMetadataService(HostNetwork network, MetadataCatalog catalog, Faults faults) {
        this.network = network;
        this.catalog = catalog;
        this.faults = faults;
    }

    /** Whom a request from {@code sourceAddress} would be answered as; empty when nothing listens in the VPC or nobody has the address. */
    public Optional<Guest> answeredAs(VpcId vpc, String sourceAddress) {
        return serving.contains(vpc) ? catalog.find(vpc, sourceAddress) : Optional.empty();
    }

    @Override
    public void serve(VpcId vpc) {
        faults.around("serve", () -> {
            if (!network.vpcs().contains(vpc)) {
                throw new NetworkException("no router namespace of " + vpc, null);
            }
            serving.add(vpc);
        });
    }

    @Override
    public void withdraw(VpcId vpc) {
        faults.around("withdraw", () -> {
            serving.remove(vpc);
        });
    }

    @Override
    public Set<VpcId> serving() {
        return faults.around("serving", () -> Set.copyOf(serving));
    }

    @Override
    public void close() {
        serving.clear();
    }
}
