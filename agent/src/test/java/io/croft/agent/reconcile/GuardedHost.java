package io.croft.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.faults.Faults;
import io.croft.agent.firewall.Firewall;
import io.croft.agent.firewall.FirewallSpec;
import io.croft.agent.firewall.sim.SimFirewall;
import io.croft.agent.hypervisor.Hypervisor;
import io.croft.agent.hypervisor.HypervisorFacts;
import io.croft.agent.hypervisor.ObservedVm;
import io.croft.agent.hypervisor.VmDisk;
import io.croft.agent.hypervisor.VmNic;
import io.croft.agent.hypervisor.VmSpec;
import io.croft.agent.hypervisor.sim.SimHypervisor;
import io.croft.agent.hypervisor.sim.SimulatedHost;
import io.croft.agent.images.sim.SimImageCache;
import io.croft.agent.metadata.MetadataService;
import io.croft.agent.metadata.sim.SimMetadataService;
import io.croft.agent.network.HostNetwork;
import io.croft.agent.network.Port;
import io.croft.agent.network.sim.SimHostNetwork;
import io.croft.agent.storage.StoredVolume;
import io.croft.agent.storage.VolumeReader;
import io.croft.agent.storage.VolumeStore;
import io.croft.agent.storage.sim.SimVolumeStore;
import io.croft.agent.upload.MemorySink;
import io.croft.protocol.HostFacts;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.IoLimits;
import io.croft.protocol.Underlay;
import io.croft.protocol.VolumeSpec;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.InstanceId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import io.croft.types.VpcId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A simulated host that checks, at each call that reaches it, what must hold on every host: a machine has its taps, chains, metadata and disks
 * before it runs and until it is off.
 */
final class GuardedHost {
    final Faults machineFaults = new Faults();
    final Faults networkFaults = new Faults();
    final Faults firewallFaults = new Faults();
    final Faults storageFaults = new Faults();
    final Faults imageFaults = new Faults();
    final Faults metadataFaults = new Faults();
    private final SimulatedHost world = new SimulatedHost();
    private final SimHypervisor truth = new SimHypervisor(world, new Faults());
    final SimHypervisor machines = new SimHypervisor(world, machineFaults);
    final SimHostNetwork network = new SimHostNetwork(networkFaults);
    final SimFirewall firewall = new SimFirewall(firewallFaults);
    final SimVolumeStore volumes = new SimVolumeStore(1L << 50, storageFaults);
    private static final Path NOTHING = Path.of("/dev/null");

    final MemorySink sink = new MemorySink();
    private final Map<InstanceId, VmSpec> started = new ConcurrentHashMap<>();
    private MetadataService metadata;

    GuardedHost() {
        metadata = metadata();
    }

    /** The drivers as a newly started agent has them. */
    HostDrivers drivers() {
        metadata = metadata();
        return new HostDrivers(
                new Machines(),
                List.of(new Volumes()),
                new SimImageCache(imageFaults),
                _ -> imageFaults.around("require", () -> NOTHING),
                new Network(),
                new Filter(),
                metadata,
                sink);
    }

    /** The host loses its power: disks are left, and what was defined. To be called while no agent runs. */
    void powerCut() {
        machines.loseRunning();
        network.loseAll();
        firewall.loseAll();
        started.clear();
    }

    List<Faults> faults() {
        return List.of(machineFaults, networkFaults, firewallFaults, storageFaults, imageFaults, metadataFaults);
    }

    /** The volumes that the machine holds. */
    Set<VolumeId> volumesOf(InstanceId id) {
        return truth.inspect(id).map(ObservedVm::volumes).orElse(Set.of());
    }

    /** Whether a machine's saved memory knows the volume. */
    boolean saved(VolumeId volume) {
        return truth.list().stream()
                .anyMatch(
                        m -> m.power() == ObservedVm.Power.SAVED && m.volumes().contains(volume));
    }

    /** The limits under which a machine that runs uses the volume, of each that does. */
    List<IoLimits> limitsOf(VolumeId volume) {
        return truth.list().stream()
                .filter(m -> m.runs(volume))
                .map(m -> m.limits(volume))
                .toList();
    }

    boolean alive(InstanceId id) {
        return truth.inspect(id).filter(ObservedVm::alive).isPresent();
    }

    private MetadataService metadata() {
        return new SimMetadataService(network, (_, _) -> Optional.empty(), metadataFaults);
    }

    private Set<String> filtered() {
        return firewall.inForce().ports().stream().map(p -> p.port().tap()).collect(Collectors.toSet());
    }

    /** The taps of the machines that run. */
    private Set<VmNic> nicsInUse() {
        return started.values().stream()
                .filter(s -> alive(s.id()))
                .flatMap(s -> s.nics().stream())
                .collect(Collectors.toSet());
    }

    private final class Machines implements Hypervisor {
        @Override
        public HypervisorFacts facts() {
            return machines.facts();
        }

        @Override
        public List<ObservedVm> list() {
            return machines.list();
        }

        @Override
        public Optional<ObservedVm> inspect(InstanceId id) {
            return machines.inspect(id);
        }

        @Override
        public void start(VmSpec spec) {
            for (var nic : spec.nics()) {
                assertThat(filtered())
                        .as("chains of %s before it starts", spec.id())
                        .contains(nic.tap());
                assertThat(network.plugged(nic.id()))
                        .as("tap of %s before it starts", spec.id())
                        .isPresent();
                assertThat(metadata.serving())
                        .as("metadata of %s before it starts", spec.id())
                        .contains(network.plugged(nic.id()).orElseThrow().vpc());
            }
            spec.disks().forEach(disk -> isThereAndFree(spec.id(), disk));
            started.put(spec.id(), spec);
            machines.start(spec);
        }

        private void isThereAndFree(InstanceId id, VmDisk disk) {
            assertThat(volumes.find(disk.volume())).as("disk of %s", id).isPresent();
            assertThat(truth.list())
                    .as("machines beside %s", id)
                    .noneMatch(m -> !m.id().equals(id) && m.volumes().contains(disk.volume()));
        }

        @Override
        public void attach(InstanceId id, VmDisk disk) {
            isThereAndFree(id, disk);
            machines.attach(id, disk);
        }

        @Override
        public void detach(InstanceId id, VolumeId volume) {
            machines.detach(id, volume);
        }

        @Override
        public void grow(InstanceId id, VolumeId volume, long bytes) {
            assertThat(volumes.find(volume))
                    .as("disk of %s when it grows", id)
                    .map(StoredVolume::sizeBytes)
                    .contains(bytes);
            machines.grow(id, volume, bytes);
        }

        @Override
        public void limit(InstanceId id, VolumeId volume, IoLimits limits) {
            machines.limit(id, volume, limits);
        }

        @Override
        public Set<VolumeId> snapshot(InstanceId id, Map<VolumeId, SnapshotId> names) {
            return machines.snapshot(id, names);
        }

        @Override
        public boolean dropSnapshot(InstanceId id, VolumeId volume, SnapshotId name) {
            return machines.dropSnapshot(id, volume, name);
        }

        @Override
        public void requestShutdown(InstanceId id) {
            machines.requestShutdown(id);
        }

        @Override
        public void powerOff(InstanceId id) {
            machines.powerOff(id);
        }

        @Override
        public void hibernate(InstanceId id) {
            machines.hibernate(id);
        }

        @Override
        public void reset(InstanceId id) {
            machines.reset(id);
        }

        @Override
        public void resume(InstanceId id) {
            machines.resume(id);
        }

        @Override
        public void abandonStart(InstanceId id) {
            machines.abandonStart(id);
        }

        @Override
        public void letPanicGoOn(InstanceId id) {
            machines.letPanicGoOn(id);
        }

        @Override
        public boolean setClock(InstanceId id) {
            return machines.setClock(id);
        }

        @Override
        public void remove(InstanceId id) {
            machines.remove(id);
        }

        @Override
        public byte[] consoleTail(InstanceId id, int limit) {
            return machines.consoleTail(id, limit);
        }

        @Override
        public byte[] screenshot(InstanceId id, boolean wake) {
            return machines.screenshot(id, wake);
        }

        @Override
        public void onChange(Consumer<InstanceId> listener) {
            machines.onChange(listener);
        }

        @Override
        public void close() {
            machines.close();
        }
    }

    private final class Network implements HostNetwork {
        @Override
        public List<VpcId> vpcs() {
            return network.vpcs();
        }

        @Override
        public List<NetworkInterfaceId> ports() {
            return network.ports();
        }

        @Override
        public Map<NetworkInterfaceId, Boolean> answering() {
            return network.answering();
        }

        @Override
        public void ensureVpc(VpcSpec spec) {
            network.ensureVpc(spec);
        }

        @Override
        public void removeVpc(VpcId id) {
            assertThat(network.reached())
                    .as("ways to other hosts when %s goes", id)
                    .noneMatch(p -> p.id().equals(id));
            network.removeVpc(id);
        }

        @Override
        public Optional<Underlay> underlay() {
            return network.underlay();
        }

        @Override
        public List<String> warnings() {
            return network.warnings();
        }

        @Override
        public List<VpcId> overlays() {
            return network.overlays();
        }

        @Override
        public void ensurePeers(VpcSpec vpc, VpcPeersSpec peers) {
            assertThat(firewall.inForce().peers())
                    .as("the hosts of %s before they are let in", peers.id())
                    .anyMatch(p -> p.id().equals(peers.id()));
            network.ensurePeers(vpc, peers);
        }

        @Override
        public void removePeers(VpcId id) {
            network.removePeers(id);
        }

        @Override
        public Port port(InterfaceSpec spec) {
            return network.port(spec);
        }

        @Override
        public Port plug(VpcSpec vpc, InterfaceSpec spec) {
            assertThat(filtered())
                    .as("chains of %s before it is plugged", spec.id())
                    .contains(port(spec).tap());
            return network.plug(vpc, spec);
        }

        @Override
        public void unplug(NetworkInterfaceId id) {
            assertThat(nicsInUse()).as("machines on %s when it goes", id).noneMatch(n -> n.id().equals(id));
            network.unplug(id);
        }
    }

    private final class Filter implements Firewall {
        @Override
        public boolean apply(FirewallSpec wanted) {
            var taps = wanted.ports().stream().map(p -> p.port().tap()).collect(Collectors.toSet());
            assertThat(taps)
                    .as("chains that stay")
                    .containsAll(nicsInUse().stream().map(VmNic::tap).toList());
            return firewall.apply(wanted);
        }

        @Override
        public Set<String> ports() {
            return firewall.ports();
        }

        @Override
        public Set<String> problems() {
            return firewall.problems();
        }
    }

    private final class Volumes implements VolumeStore {
        @Override
        public String backend() {
            return "sim";
        }

        @Override
        public HostFacts.StoragePool capacity() {
            return volumes.capacity();
        }

        @Override
        public Map<VolumeId, StoredVolume> list() {
            return volumes.list();
        }

        @Override
        public Optional<StoredVolume> find(VolumeId id) {
            return volumes.find(id);
        }

        @Override
        public StoredVolume ensure(VolumeSpec spec, Supplier<Path> image) {
            if (volumes.find(spec.id())
                    .filter(v -> v.sizeBytes() < spec.sizeBytes())
                    .isPresent()) {
                assertThat(truth.list())
                        .as("machines on %s, saved, when it grows", spec.id())
                        .noneMatch(m -> m.power() == ObservedVm.Power.SAVED
                                && m.volumes().contains(spec.id()));
            }
            return volumes.ensure(spec, image);
        }

        @Override
        public void remove(VolumeId id) {
            assertThat(truth.list())
                    .as("machines on %s when it goes", id)
                    .noneMatch(m -> m.volumes().contains(id));
            volumes.remove(id);
        }

        @Override
        public boolean snapshotsOpen() {
            return volumes.snapshotsOpen();
        }

        @Override
        public Map<VolumeId, Set<SnapshotId>> snapshots() {
            return volumes.snapshots();
        }

        @Override
        public void snapshot(Map<VolumeId, SnapshotId> names) {
            volumes.snapshot(names);
        }

        @Override
        public VolumeReader open(VolumeId volume, SnapshotId name) {
            return volumes.open(volume, name);
        }

        @Override
        public void drop(VolumeId volume, SnapshotId name) {
            volumes.drop(volume, name);
        }
    }
}
