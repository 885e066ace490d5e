package io.croft.agent;

import io.croft.agent.clock.ClockState;
import io.croft.agent.clock.HostClock;
import io.croft.agent.faults.Faults;
import io.croft.agent.firewall.sim.SimFirewall;
import io.croft.agent.hypervisor.sim.SimHypervisor;
import io.croft.agent.hypervisor.sim.SimulatedHost;
import io.croft.agent.images.BlobSource;
import io.croft.agent.images.CacheFolder;
import io.croft.agent.images.FileSnapshotCache;
import io.croft.agent.images.ImageCache;
import io.croft.agent.images.SnapshotCache;
import io.croft.agent.images.SnapshotSource;
import io.croft.agent.images.sim.FaultySnapshotSource;
import io.croft.agent.images.sim.SimImageCache;
import io.croft.agent.inventory.Machine;
import io.croft.agent.metadata.MetadataCatalog;
import io.croft.agent.metadata.MetadataService;
import io.croft.agent.metadata.sim.SimMetadataService;
import io.croft.agent.network.sim.SimHostNetwork;
import io.croft.agent.storage.VolumeStore;
import io.croft.agent.storage.sim.SimVolumeStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A host in memory, with the faults of each driver to switch on. One object is one host: an agent that is started on it again finds what the
 * last one left.
 */
public final class SimDrivers implements Drivers {
    private static final long CAPACITY_BYTES = 1L << 40;

    private final Faults machineFaults = new Faults();
    private final Faults volumeFaults = new Faults();
    private final Faults imageFaults = new Faults();
    private final Faults networkFaults = new Faults();
    private final Faults firewallFaults = new Faults();
    private final Faults metadataFaults = new Faults();
    private final SimHypervisor hypervisor = new SimHypervisor(new SimulatedHost(), machineFaults);
    private final SimVolumeStore volumes = new SimVolumeStore(CAPACITY_BYTES, volumeFaults);
    private final SimHostNetwork network = new SimHostNetwork(networkFaults);
    private final SimFirewall firewall = new SimFirewall(firewallFaults);
    private final AtomicInteger boots = new AtomicInteger();

    @Override
    public SimHypervisor hypervisor() {
        return hypervisor;
    }

    @Override
    public Machine machine() throws IOException {
        var real = Machine.read();
        return new Machine(real.cpus(), real.memoryBytes(), real.bootId() + "-" + boots);
    }

    /** The host loses its power and is started anew: disks are left, and what was defined; call it while no agent runs. */
    public void powerCut() {
        boots.incrementAndGet();
        hypervisor.loseRunning();
        network.loseAll();
        firewall.loseAll();
    }

    /** The one store of {@link #volumes()}. */
    public SimVolumeStore volumeStore() {
        return volumes;
    }

    @Override
    public List<VolumeStore> volumes() {
        return List.of(volumes);
    }

    @Override
    public ImageCache images(BlobSource blobs) {
        return new SimImageCache(imageFaults);
    }

    /** Real files: what volumes hold comes through them. */
    @Override
    public SnapshotCache origins(SnapshotSource source, Path state) {
        return new FileSnapshotCache(
                new CacheFolder(state.resolve("images"), 0, InstantSource.system()),
                new FaultySnapshotSource(source, imageFaults));
    }

    @Override
    public SimHostNetwork network() {
        return network;
    }

    @Override
    public SimFirewall firewall() {
        return firewall;
    }

    @Override
    public HostClock hostClock() {
        return () -> new ClockState(true, ClockState.Leap.NONE, Duration.ZERO);
    }

    @Override
    public MetadataService metadata(MetadataCatalog catalog) {
        return new SimMetadataService(network, catalog, metadataFaults);
    }

    public Faults machineFaults() {
        return machineFaults;
    }

    public Faults volumeFaults() {
        return volumeFaults;
    }

    public Faults imageFaults() {
        return imageFaults;
    }

    public Faults networkFaults() {
        return networkFaults;
    }

    public Faults firewallFaults() {
        return firewallFaults;
    }

    public Faults metadataFaults() {
        return metadataFaults;
    }
}
