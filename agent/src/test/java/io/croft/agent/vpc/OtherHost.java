package io.croft.agent.vpc;

import io.croft.agent.metadata.netns.NamespaceThread;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.SubnetId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * The network of the underlay {@code un0}, on which the host is 192.0.2.1: another host and a machine that is none. A guest of the other host has its card, a VXLAN device, in the same place; what
 * that host's router would do is in its routes and neighbours.
 */
final class OtherHost implements AutoCloseable {
    static final String UNDERLAY = "un0";
    static final String HERE = "192.0.2.1";
    static final String ADDRESS = "192.0.2.2";
    static final String MACHINE = "192.0.2.4";

    private static final Path NAMESPACE = Path.of("/run/netns/far");

    OtherHost() {
        Guest.host("ip", "netns", "add", "far");
        Guest.host("ip", "link", "add", UNDERLAY, "type", "veth", "peer", "name", "eth0", "netns", "far");
        Guest.host("ip", "address", "add", HERE + "/24", "dev", UNDERLAY);
        Guest.host("ip", "link", "set", UNDERLAY, "up");
        run("ip", "address", "add", ADDRESS + "/24", "dev", "eth0");
        run("ip", "address", "add", MACHINE + "/24", "dev", "eth0");
        run("ip", "link", "set", "lo", "up");
        run("ip", "link", "set", "eth0", "up");
        run("sysctl", "-q", "-w", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.conf.default.rp_filter=0");
    }

    /** A guest there, which knows one here. */
    void guest(VpcSpec vpc, InterfaceSpec there, InterfaceSpec here) {
        guest(vpc, there, here, ADDRESS);
    }

    /** The same from another address of the underlay. */
    void guest(VpcSpec vpc, InterfaceSpec there, InterfaceSpec here, String from) {
        card("vx0", subnet(vpc, there.subnet()), there.mac(), from);
        run("ip", "address", "add", there.addresses().getFirst() + "/24", "dev", "vx0");
        var link = "vx0";
        if (!here.subnet().equals(there.subnet())) {
            link = "vx1";
            var subnet = subnet(vpc, here.subnet());
            card(link, subnet, subnet.gatewayMac(), from);
            run(
                    "ip",
                    "route",
                    "add",
                    subnet.cidr().value(),
                    "dev",
                    link,
                    "src",
                    there.addresses().getFirst());
        }
        run("ip", "neigh", "add", here.addresses().getFirst(), "lladdr", here.mac(), "dev", link, "nud", "permanent");
    }

    /** It is gone. */
    void remove() {
        run("ip", "link", "delete", "vx0");
    }

    private void card(String name, SubnetSpec subnet, String mac, String from) {
        run(("ip link add " + name + " address " + mac + " mtu 1450 type vxlan id " + subnet.vni() + " local " + from
                        + " remote " + HERE + " dstport 4789")
                .split(" ", -1));
        run("ip", "link", "set", name, "up");
    }

    private static SubnetSpec subnet(VpcSpec vpc, SubnetId id) {
        return vpc.allSubnets().stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Runs a program there. */
    void run(String... argv) {
        var inside = new String[argv.length + 3];
        inside[0] = "nsenter";
        inside[1] = "--net=" + NAMESPACE;
        inside[2] = "--";
        System.arraycopy(argv, 0, inside, 3, argv.length);
        Guest.host(inside);
    }

    /** Does something with its network. */
    <T> T call(Callable<T> action) throws IOException {
        return NamespaceThread.call(NAMESPACE, action);
    }

    @Override
    public void close() {
        Guest.host("ip", "link", "delete", UNDERLAY);
        Guest.host("ip", "netns", "delete", "far");
    }
}
