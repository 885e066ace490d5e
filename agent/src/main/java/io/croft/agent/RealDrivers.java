package io.croft.agent;

import io.croft.agent.clock.HostClock;
import io.croft.agent.clock.KernelClock;
import io.croft.agent.firewall.Firewall;
import io.croft.agent.firewall.iptables.FirewallPurge;
import io.croft.agent.firewall.iptables.IptablesFirewall;
import io.croft.agent.firewall.iptables.IptablesSettings;
import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.hypervisor.libvirt.LibvirtHypervisor;
import io.croft.agent.hypervisor.libvirt.LibvirtSettings;
import io.croft.agent.images.BlobSource;
import io.croft.agent.images.CacheFolder;
import io.croft.agent.images.FileImageCache;
import io.croft.agent.images.FileSnapshotCache;
import io.croft.agent.images.ImageCache;
import io.croft.agent.images.SnapshotCache;
import io.croft.agent.images.SnapshotSource;
import io.croft.agent.inventory.Machine;
import io.croft.agent.kernel.Sysctls;
import io.croft.agent.metadata.MetadataCatalog;
import io.croft.agent.metadata.MetadataService;
import io.croft.agent.metadata.http.HttpMetadataDoor;
import io.croft.agent.metadata.netns.RouterDoors;
import io.croft.agent.metadata.ntp.NtpDoor;
import io.croft.agent.network.HostNetwork;
import io.croft.agent.network.linux.HostUnderlay;
import io.croft.agent.network.linux.LinuxHostNetwork;
import io.croft.agent.network.linux.LinuxNetworkSettings;
import io.croft.agent.network.linux.NetworkPurge;
import io.croft.agent.network.linux.RouterNamespace;
import io.croft.agent.storage.VolumeStore;
import io.croft.agent.storage.file.FileVolumeStore;
import io.croft.agent.storage.lvm.LvmVolumeStore;
import io.croft.protocol.Underlay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** libvirt, the kernel's network and filters, files under the state directory, and the operator's volume group where one is named. */
final class RealDrivers implements Drivers {
    private final AgentSettings settings;
    private final LvmSettings lvm;
    private final InstantSource clock;
    private final CacheFolder cache;

    RealDrivers(AgentSettings settings, LvmSettings lvm, InstantSource clock) {
        this.settings = settings;
        this.lvm = lvm;
        this.clock = clock;
        this.cache = new CacheFolder(settings.stateDir().resolve("images"), settings.diskReserveBytes(), clock);
    }

    @Override
    public Hypervisor hypervisor() {
        return new LibvirtHypervisor(
                new LibvirtSettings(
                        settings.libvirtUri(),
                        settings.accelerator(),
                        settings.emulate(),
                        settings.libvirtRestart(),
                        settings.stateDir().resolve("consoles")),
                clock);
    }

    @Override
    public Machine machine() throws IOException {
        return Machine.read();
    }

    @Override
    public List<VolumeStore> volumes() {
        var file = new FileVolumeStore(settings.stateDir().resolve("disks"), settings.diskReserveBytes());
        var group = lvm.volumeGroup();
        return group == null
                ? List.of(file)
                : List.of(file, new LvmVolumeStore(group, lvm.pool(), lvm.fullPercent(), clock));
    }

    @Override
    public ImageCache images(BlobSource blobs) {
        return new FileImageCache(cache, blobs);
    }

    @Override
    public SnapshotCache origins(SnapshotSource source, Path state) {
        return new FileSnapshotCache(cache, source);
    }

    @Override
    public HostNetwork network() {
        return new LinuxHostNetwork(network(settings), clock);
    }

    @Override
    public Firewall firewall() {
        var network = network(settings);
        return new IptablesFirewall(
                new IptablesSettings(
                        settings.publicPool(),
                        LinuxNetworkSettings.WAYS_OUT,
                        settings.uplink(),
                        network.resolvers(),
                        () -> network.underlay().find().map(Underlay::link)),
                sysctls(),
                clock);
    }

    @Override
    public MetadataService metadata(MetadataCatalog catalog) {
        return new RouterDoors(
                vpc -> new RouterNamespace(vpc).path(),
                List.of(
                        new HttpMetadataDoor(catalog, settings.metadataKey(), clock),
                        new NtpDoor(catalog, hostClock(), clock)));
    }

    @Override
    public HostClock hostClock() {
        return new KernelClock();
    }

    /** Takes everything of ours off the host's network and filters. No machine and no agent may run. */
    void purge() {
        new NetworkPurge(network(settings)).run();
        new FirewallPurge(sysctls()).run();
    }

    private Sysctls sysctls() {
        return new Sysctls(settings.stateDir().resolve("sysctl"));
    }

    private static LinuxNetworkSettings network(AgentSettings settings) {
        return new LinuxNetworkSettings(
                settings.runDir(),
                settings.publicPool(),
                settings.uplink(),
                settings.upstreamDns(),
                new HostUnderlay(settings.underlay(), settings.controller().getHost(), settings.uplink()));
    }
}
