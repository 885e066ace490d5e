package io.croft.agent.vpc;

import io.croft.agent.clock.ClockState;
import io.croft.agent.firewall.Firewall;
import io.croft.agent.firewall.FirewallPort;
import io.croft.agent.firewall.FirewallSpec;
import io.croft.agent.firewall.iptables.FirewallPurge;
import io.croft.agent.firewall.iptables.IptablesFirewall;
import io.croft.agent.firewall.iptables.IptablesSettings;
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
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.protocol.Underlay;
import io.croft.protocol.VpcPeersSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.Cidr;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SecurityGroupId;
import io.croft.types.VpcId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A host with the real drivers and guests on it. */
final class VpcHost implements AutoCloseable {
    private static final Path STATE = Path.of("/run/croft-test-state");
    static final LinuxNetworkSettings SETTINGS =
            new LinuxNetworkSettings(Path.of("/run/croft"), new Cidr("198.18.0.0/24"), null, List.of("192.0.2.53"));

    private final Map<NetworkInterfaceId, FirewallPort> ports = new LinkedHashMap<>();
    private final Map<SecurityGroupId, SecurityGroupSpec> groups = new LinkedHashMap<>();
    private final Map<VpcId, VpcPeersSpec> peers = new LinkedHashMap<>();
    private final List<Guest> guests = new ArrayList<>();
    private final Map<String, MetadataCatalog.Guest> catalog = new ConcurrentHashMap<>();
    final Sysctls sysctls = new Sysctls(STATE.resolve("sysctl"));
    private final LinuxNetworkSettings settings;
    HostNetwork network;
    Firewall firewall;
    private final Path metadataKey = unusedFile();
    MetadataService metadata;
    private volatile ClockState hostClock = new ClockState(true, ClockState.Leap.NONE, Duration.ofMillis(500));

    /** A host whose public addresses are reachable from it alone. */
    VpcHost() {
        this(SETTINGS);
    }

    VpcHost(LinuxNetworkSettings settings) {
        this.settings = settings;
        this.network = newNetwork();
        this.firewall = newFirewall();
        this.metadata = newMetadata();
    }

    /** One that answers for its public addresses on a card. */
    static VpcHost behind(String uplink, String publicPool) {
        return new VpcHost(
                new LinuxNetworkSettings(SETTINGS.runDir(), new Cidr(publicPool), uplink, SETTINGS.upstreamDns()));
    }

    /** One that reaches other hosts by a card. */
    static VpcHost over(String underlay) {
        return new VpcHost(new LinuxNetworkSettings(
                SETTINGS.runDir(),
                SETTINGS.publicPool(),
                null,
                SETTINGS.upstreamDns(),
                new HostUnderlay(underlay, null, null)));
    }

    private static Path unusedFile() {
        try {
            var file = Files.createTempFile("croft-metadata", ".key");
            Files.delete(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HostNetwork newNetwork() {
        return new LinuxHostNetwork(settings, InstantSource.system());
    }

    private Firewall newFirewall() {
        return new IptablesFirewall(
                new IptablesSettings(
                        settings.publicPool(),
                        LinuxNetworkSettings.WAYS_OUT,
                        settings.uplink(),
                        settings.upstreamDns(),
                        () -> settings.underlay().find().map(Underlay::link)),
                sysctls,
                InstantSource.system());
    }

    private MetadataService newMetadata() {
        MetadataCatalog known = (vpc, address) -> Optional.ofNullable(catalog.get(vpc + "/" + address));
        return new RouterDoors(
                vpc -> new RouterNamespace(vpc).path(),
                List.of(
                        new HttpMetadataDoor(known, metadataKey, InstantSource.system()),
                        new NtpDoor(known, () -> hostClock, InstantSource.system())));
    }

    /** What the host knows of its clock. */
    void clock(ClockState state) {
        hostClock = state;
    }

    /** What the metadata service answers a guest. */
    void metadata(MetadataCatalog.Guest guest) {
        var nic = guest.interfaces().getFirst();
        catalog.put(nic.vpc() + "/" + nic.addresses().getFirst(), guest);
    }

    /** The agent is gone and another one comes. */
    void restartAgent() {
        metadata.close();
        metadata = newMetadata();
        network = newNetwork();
        firewall = newFirewall();
    }

    FirewallSpec wanted() {
        return new FirewallSpec(List.copyOf(groups.values()), List.copyOf(ports.values()), List.copyOf(peers.values()));
    }

    /** Joins interfaces on other hosts: the rules first, then the ways. */
    void reach(VpcSpec vpc, VpcPeersSpec there) {
        peers.put(vpc.id(), there);
        firewall.apply(wanted());
        network.ensurePeers(vpc, there);
    }

    boolean group(SecurityGroupSpec group) {
        groups.put(group.id(), group);
        return firewall.apply(wanted());
    }

    /** In the order that the agent keeps: the rules first, then the tap, then the machine. */
    Guest boot(VpcSpec vpc, InterfaceSpec nic) throws IOException {
        network.ensureVpc(vpc);
        metadata.serve(vpc.id());
        ports.put(nic.id(), new FirewallPort(nic, network.port(nic), vpc));
        firewall.apply(wanted());
        var guest = new Guest(nic, network.plug(vpc, nic).tap());
        guests.add(guest);
        var gateway = vpc.allSubnets().stream()
                .filter(s -> s.id().equals(nic.subnet()))
                .findFirst()
                .orElseThrow()
                .gateway();
        return guest.configure(nic.addresses().getFirst(), gateway);
    }

    void remove(Guest guest) {
        guests.remove(guest);
        guest.close();
        network.unplug(guest.nic().id());
        ports.remove(guest.nic().id());
        firewall.apply(wanted());
    }

    @Override
    public void close() {
        metadata.close();
        guests.forEach(Guest::close);
        guests.clear();
        new NetworkPurge(settings).run();
        new FirewallPurge(sysctls).run();
        try {
            Files.deleteIfExists(metadataKey);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
