package io.croft.agent.network.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.agent.exec.Exec;
import io.croft.agent.network.HostNetwork;
import io.croft.agent.network.HostNetworkContractIT;
import io.croft.agent.network.Specs;
import io.croft.protocol.Underlay;
import io.croft.types.Cidr;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
final class LinuxHostNetworkContractIT extends HostNetworkContractIT {
    private static final LinuxNetworkSettings SETTINGS = new LinuxNetworkSettings(
            Path.of("/run/croft"),
            new Cidr("198.18.0.0/24"),
            null,
            List.of("192.0.2.53"),
            new HostUnderlay("un0", null, null));

    private final HostNetwork network = afterRestart();

    @Override
    protected HostNetwork network() {
        return network;
    }

    @Override
    protected HostNetwork afterRestart() {
        return new LinuxHostNetwork(SETTINGS, InstantSource.system());
    }

    @Test
    void aPurgeLeavesNothing() {
        var before = traces();
        network().ensureVpc(VPC);
        network().plug(VPC, Specs.nic(VPC, 0, 5, "198.18.0.5"));
        assertThat(traces()).isNotEqualTo(before);
        purge();
        assertThat(traces()).isEqualTo(before);
        assertThat(network().vpcs()).isEmpty();
    }

    /** The name server remembers what it once read; a VPC that lives on must not gather what has left it. */
    @Test
    void whatLeftAVpcIsForgotten() {
        var gone = Specs.nic(VPC, 0, 5, "198.18.0.5");
        network().ensureVpc(VPC);
        network().plug(VPC, gone);
        network().plug(VPC, Specs.nic(VPC, 0, 6, "198.18.0.6"));
        network().unplug(gone.id());
        network().ensureVpc(VPC);
        assertThat(Exec.run(List.of("find", "/run/croft", "-name", gone.id().value()), Duration.ofSeconds(5))
                        .stdout())
                .isEmpty();
    }

    /** An agent that died in the middle of an unplugging finds the record and does it again; meanwhile the VPC was made anew by it. */
    @Test
    void anUnpluggingThatWasCutOffIsForgottenToo() throws IOException {
        var gone = Specs.nic(VPC, 0, 5, "198.18.0.5");
        network().ensureVpc(VPC);
        network().plug(VPC, gone);
        var files = Path.of("/run/croft/network", VPC.id().value());
        var name = gone.id().value();
        Files.writeString(files.resolve("names").resolve(name), "");
        Files.move(
                files.resolve("hosts").resolve(name), files.resolve("retired").resolve(name));

        var next = afterRestart();
        next.ensureVpc(VPC);
        next.unplug(gone.id());
        next.ensureVpc(VPC);
        assertThat(Exec.run(List.of("find", "/run/croft", "-name", name), Duration.ofSeconds(5))
                        .stdout())
                .isEmpty();
    }

    /** What a process, a link, a namespace, a route or a file of ours would show in. */
    private static String traces() {
        return Stream.of(
                        "ip -o link",
                        "ip netns",
                        "ip -4 route show table all",
                        "ip neigh show proxy",
                        "ls /run/croft",
                        "pgrep -f dnsmasq.conf")
                .map(command -> Exec.run(List.of(command.split(" ", -1)), Duration.ofSeconds(5))
                        .stdout())
                .collect(Collectors.joining("\n"));
    }

    /** The card of the underlay, on which nobody is. */
    @BeforeEach
    void underlay() {
        ip("link add un0 type bridge");
        ip("address add 192.0.2.1/24 dev un0");
        ip("link set un0 up");
    }

    @AfterEach
    void clear() {
        purge();
        ip("link delete un0");
    }

    private static void ip(String arguments) {
        Exec.run(List.of(("ip " + arguments).split(" ", -1)), Duration.ofSeconds(5))
                .orThrow();
    }

    private static void purge() {
        new NetworkPurge(SETTINGS).run();
    }

    @Test
    void tellsOfItsUnderlay() {
        assertThat(network().underlay()).contains(new Underlay("192.0.2.1", "un0", 1500));
        assertThat(network().warnings()).isEmpty();
        ip("link set un0 mtu 1400");
        assertThat(network().warnings()).singleElement().asString().contains("MTU of 1400");
        ip("link set un0 down");
        assertThat(network().underlay()).isEmpty();
        assertThat(network().warnings()).singleElement().asString().contains("The underlay un0 is not there");
    }

    @Test
    void findsItsUnderlayByTheWayToTheController() {
        var found = new Underlay("192.0.2.1", "un0", 1500);
        assertThat(new HostUnderlay("auto", "192.0.2.9", null).find()).contains(found);
        assertThat(new HostUnderlay("auto", "192.0.2.1", null).find())
                .as("on this host itself")
                .contains(found);
        assertThat(new HostUnderlay("auto", "127.0.0.1", "un0").find())
                .as("by the uplink")
                .contains(found);
        assertThat(new HostUnderlay("192.0.2.1", null, null).find()).contains(found);
        assertThat(new HostUnderlay("auto", "127.0.0.1", null).find()).isEmpty();
        assertThat(new HostUnderlay("none", "192.0.2.9", "un0").find()).isEmpty();
        var lasting = new HostUnderlay("auto", "192.0.2.9", null);
        assertThat(lasting.find()).contains(found);
        ip("route delete 192.0.2.0/24 dev un0");
        assertThat(lasting.find()).as("with no way to it any more").contains(found);
    }

    @Test
    void isNoneWhereItsPortServesAnother() throws IOException {
        try (var other = new DatagramSocket(4789)) {
            assertThat(other.getLocalPort()).isEqualTo(4789);
            assertThat(network().underlay()).isEmpty();
            assertThat(network().warnings()).singleElement().asString().contains("udp/4789 already serves another");
        }
        network().ensureVpc(VPC);
        network().ensurePeers(VPC, Specs.peers(VPC, "192.0.2.2", Specs.nic(VPC, 1, 9, null)));
        assertThat(network().underlay()).as("with the port for itself").isPresent();
    }
}
