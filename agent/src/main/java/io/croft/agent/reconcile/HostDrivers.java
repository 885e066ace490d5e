package io.croft.agent.reconcile;

import io.croft.agent.firewall.Firewall;
import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.images.ImageCache;
import io.croft.agent.images.SnapshotCache;
import io.croft.agent.metadata.MetadataService;
import io.croft.agent.network.HostNetwork;
import io.croft.agent.storage.VolumeStore;
import io.croft.agent.upload.SnapshotSink;
import io.croft.protocol.VolumeSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** All that acts on the host for us. */
public record HostDrivers(
        Hypervisor hypervisor,
        List<VolumeStore> stores,
        ImageCache images,
        SnapshotCache origins,
        HostNetwork network,
        Firewall firewall,
        MetadataService metadata,
        SnapshotSink snapshots) {
    public HostDrivers {
        stores = List.copyOf(stores);
    }

    /** Gets the file that a volume starts as a copy of. */
    public Supplier<Path> origin(VolumeSpec volume) {
        return () -> volume.snapshot() == null
                ? images.require(Objects.requireNonNull(volume.image()))
                : origins.require(volume.snapshot());
    }

    /** The storage backend of that name. */
    public Optional<VolumeStore> store(String backend) {
        return stores.stream().filter(s -> s.backend().equals(backend)).findFirst();
    }
}
