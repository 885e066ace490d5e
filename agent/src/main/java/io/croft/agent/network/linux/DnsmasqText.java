package io.croft.agent.network.linux;

import io.croft.agent.network.LinkName;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.Cidr;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What dnsmasq reads: its settings for a VPC, and a line for each interface. */
final class DnsmasqText {
    private static final String LEASE = "1h";

    private DnsmasqText() {}

    /**
     * The settings. Only known interfaces get a lease; the names {@code ip-10-0-0-5.<domain>} are computed, so they hold for interfaces on other hosts as well.
     *
     * @see <a href="https://thekelleys.org.uk/dnsmasq/docs/dnsmasq-man.html">dnsmasq(8)</a>
     */
    static String settings(VpcSpec vpc, VpcFiles files, Cidr publicPool, List<String> upstream) {
        return """
                pid-file=%1$s
                log-facility=%2$s
                user=nobody
                group=nogroup
                bind-dynamic
                except-interface=%3$s
                no-resolv
                no-hosts
                no-poll
                no-ping
                cache-size=1000
                domain-needed
                dhcp-authoritative
                dhcp-ignore=tag:!known
                dhcp-hostsdir=%4$s
                leasefile-ro
                quiet-dhcp
                domain=%5$s
                local=/%5$s/
                %6$sdhcp-option-force=option:mtu,%7$d
                dhcp-option=option:dns-server,%8$s
                """.formatted(
                                files.path("dnsmasq.pid"),
                                files.path("dnsmasq.log"),
                                WayOut.routerLink(vpc.id()),
                                files.hosts(),
                                vpc.dnsDomain(),
                                lines(vpc.allCidrs().stream()
                                        .map(block -> "synth-domain=" + vpc.dnsDomain() + "," + block + ",ip-")),
                                LinuxNetworkSettings.MTU,
                                vpc.cidr().address(2))
                + lines(names(vpc, files, publicPool))
                + lines(upstream.stream().map(server -> "server=" + server))
                + lines(vpc.allSubnets().stream().flatMap(DnsmasqText::subnet));
    }

    /** Public addresses of this host's instances have their private one behind their names, all others are themselves. Without a resolver only leases are given. */
    private static Stream<String> names(VpcSpec vpc, VpcFiles files, Cidr publicPool) {
        if (Boolean.FALSE.equals(vpc.resolves())) {
            return Stream.of("port=0");
        }
        var domain = vpc.publicDomain();
        return domain == null
                ? Stream.of()
                : Stream.of(
                        "local=/" + domain + "/",
                        "synth-domain=" + domain + "," + publicPool + ",ec2-",
                        "hostsdir=" + files.names());
    }

    /** What says that an interface's public name is its private address; the first name on the line is the address's own. Empty without a public name. */
    static String names(VpcSpec vpc, PortRecord port) {
        return vpc.publicName(port.publicAddress())
                .map(name -> port.address() + " " + vpc.privateName(port.address()) + " " + name + "\n")
                .orElse("");
    }

    /** The line for an interface. */
    static String host(PortRecord port) {
        return port.mac() + "," + port.address() + ",ip-" + port.address().replace('.', '-') + "," + LEASE + "\n";
    }

    private static Stream<String> subnet(SubnetSpec subnet) {
        var tag = LinkName.gateway(subnet.id());
        return Stream.of(
                "dhcp-range=set:" + tag + "," + subnet.cidr().address(0) + ",static," + netmask(subnet.cidr()) + ","
                        + LEASE,
                "dhcp-option=tag:" + tag + ",option:router," + subnet.gateway());
    }

    private static String netmask(Cidr cidr) {
        var bits = 0xffffffffL << (32 - cidr.prefixLength());
        return (bits >> 24 & 255) + "." + (bits >> 16 & 255) + "." + (bits >> 8 & 255) + "." + (bits & 255);
    }

    private static String lines(Stream<String> lines) {
        return lines.map(line -> line + "\n").collect(Collectors.joining());
    }
}
