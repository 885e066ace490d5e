package io.croft.agent;

import io.croft.agent.clock.HostClock;
import io.croft.agent.firewall.Firewall;
import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.images.BlobSource;
import io.croft.agent.images.ImageCache;
import io.croft.agent.images.SnapshotCache;
import io.croft.agent.images.SnapshotSource;
import io.croft.agent.inventory.Machine;
import io.croft.agent.metadata.MetadataCatalog;
import io.croft.agent.metadata.MetadataService;
import io.croft.agent.network.HostNetwork;
import io.croft.agent.storage.VolumeStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What an agent acts through. Each is asked for once by each agent that starts; what they return may outlive it, the metadata service excepted. */
public interface Drivers {
    Hypervisor hypervisor();

    /** What the kernel says of the host. */
    Machine machine() throws IOException;

    List<VolumeStore> volumes();

    /** @param blobs where images come from */
    ImageCache images(BlobSource blobs);

    /**
     * The snapshots that volumes are made of.
     *
     * @param source where they come from
     * @param state the agent's own directory
     */
    SnapshotCache origins(SnapshotSource source, Path state);

    HostNetwork network();

    Firewall firewall();

    /** How far the host's clock can be trusted. */
    HostClock hostClock();

    /**
     * Closed by the agent.
     *
     * @param catalog what it answers from
     */
    MetadataService metadata(MetadataCatalog catalog);
}
