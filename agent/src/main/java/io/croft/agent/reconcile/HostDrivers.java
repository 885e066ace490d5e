package io.croft.agent.reconcile;

import io.croft.agent.firewall.Firewall;
import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.images.ImageCache;
import io.croft.agent.metadata.MetadataService;
import io.croft.agent.network.HostNetwork;
import io.croft.agent.storage.VolumeStore;
import io.croft.agent.upload.SnapshotSink;
import java.util.List;
import java.util.Optional;

/** All that acts on the host for us. */
public record HostDrivers(
        Hypervisor hypervisor,
        List<VolumeStore> stores,
        ImageCache images,
        HostNetwork network,
        Firewall firewall,
        MetadataService metadata,
        SnapshotSink snapshots) {
    public HostDrivers {
        stores = List.copyOf(stores);
    }

    /** The storage backend of that name. */
    public Optional<VolumeStore> store(String backend) {
        return stores.stream().filter(s -> s.backend().equals(backend)).findFirst();
    }
}
