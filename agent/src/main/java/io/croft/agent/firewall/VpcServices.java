package io.croft.agent.firewall;

import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * What every instance may reach in its VPC whatever its groups say: the resolvers, the DHCP server, the metadata service, the time.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html">Security groups: traffic not filtered</a>
 */
final class VpcServices {
    static final int TCP = 6;
    static final int UDP = 17;

    private VpcServices() {}

    /** A destination that is always open. */
    record Service(String address, int protocol, int port) {
        String matches() {
            var name = protocol == TCP ? "tcp" : "udp";
            return "-d " + address + "/32 -p " + name + " -m " + name + " --dport " + port + " ";
        }
    }

    static List<Service> of(VpcSpec vpc) {
        var resolvers = Stream.concat(
                        Stream.of(vpc.cidr().address(2), "169.254.169.253"),
                        vpc.allSubnets().stream().map(s -> s.cidr().address(2)))
                .distinct()
                .flatMap(a -> Stream.of(new Service(a, UDP, 53), new Service(a, TCP, 53)));
        var dhcp = vpc.allSubnets().stream().map(SubnetSpec::gateway).map(a -> new Service(a, UDP, 67));
        var local = Stream.of(new Service("169.254.169.254", TCP, 80), new Service("169.254.169.123", UDP, 123));
        return Stream.concat(Stream.concat(local, resolvers), dhcp).toList();
    }
}
