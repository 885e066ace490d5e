package io.croft.agent.vpc;

import io.croft.agent.metadata.netns.NamespaceThread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** The network behind the host's uplink {@code up0}: the host is 192.0.2.1 on it, its one machine 192.0.2.2, which answers nothing but its own network. */
final class Lan implements AutoCloseable {
    static final String UPLINK = "up0";

    private static final Path NAMESPACE = Path.of("/run/netns/lan");

    Lan() {
        Guest.host("ip", "netns", "add", "lan");
        Guest.host("ip", "link", "add", UPLINK, "type", "veth", "peer", "name", "eth0", "netns", "lan");
        Guest.host("ip", "address", "add", "192.0.2.1/24", "dev", UPLINK);
        Guest.host("ip", "link", "set", UPLINK, "up");
        run("ip", "address", "add", "192.0.2.2/24", "dev", "eth0");
        run("ip", "link", "set", "lo", "up");
        run("ip", "link", "set", "eth0", "up");
        run("ip", "route", "add", "default", "via", "192.0.2.1");
        Guest.host("ip", "route", "add", "default", "via", "192.0.2.2");
        Guest.host("sysctl", "-q", "-w", "net.ipv4.ip_forward=0");
    }

    /** Runs a program on the LAN's machine. */
    void run(String... argv) {
        output(argv);
    }

    /** The same, with what it says. */
    String output(String... argv) {
        var inside = new String[argv.length + 3];
        inside[0] = "nsenter";
        inside[1] = "--net=" + NAMESPACE;
        inside[2] = "--";
        System.arraycopy(argv, 0, inside, 3, argv.length);
        return Guest.host(inside).stdout();
    }

    /** Does something with the network of the LAN's machine. */
    <T> T call(Callable<T> action) throws IOException {
        return NamespaceThread.call(NAMESPACE, action);
    }

    @Override
    public void close() {
        Guest.host("ip", "link", "delete", UPLINK);
        Guest.host("ip", "netns", "delete", "lan");
        Guest.host("sysctl", "-q", "-w", "net.ipv4.ip_forward=1");
    }
}
