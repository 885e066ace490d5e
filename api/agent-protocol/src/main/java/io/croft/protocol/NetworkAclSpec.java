package io.croft.protocol;

import io.croft.types.Cidr;
import io.croft.types.NetworkAclId;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network ACL of a VPC: what may cross the border of the subnets that have it, each packet judged by itself.
 *
 * @param isDefault whether it is the one with which its VPC started
 * @param entries the one of the lowest number that matches counts; what none matches does not pass
 */
public record NetworkAclSpec(NetworkAclId id, boolean isDefault, List<Entry> entries) {
    public static final int ALL = -1;

    private static final Cidr EVERYWHERE = new Cidr("0.0.0.0/0");

    public NetworkAclSpec {
        entries = List.copyOf(entries);
    }

    /**
     * One thing that may pass, or may not.
     *
     * @param egress whether it is for what leaves the subnet
     * @param number 1 to 32766, the only one of its direction
     * @param allows whether it may pass
     * @param protocol an IP protocol number, 0 to 255, or -1 for all
     * @param fromPort first destination port (tcp, udp) or the ICMP type; -1 for all; ignored by protocols without either
     * @param toPort last port, or the ICMP code; -1 for all
     * @param cidr where packets are for that leave the subnet, or come from that enter it
     */
    public record Entry(boolean egress, int number, boolean allows, int protocol, int fromPort, int toPort, Cidr cidr) {
        /** Whether it is about every packet of its direction. */
        private boolean ofAll() {
            return protocol == ALL && cidr.equals(EVERYWHERE);
        }
    }

    /** Those for one direction, in the order in which they are asked. */
    public Stream<Entry> entries(boolean egress) {
        return entries.stream().filter(e -> e.egress() == egress).sorted(Comparator.comparingInt(Entry::number));
    }

    /** Whether it lets everything pass both ways: all that hosts of before do. */
    public boolean open() {
        return open(true) && open(false);
    }

    private boolean open(boolean egress) {
        return entries(egress)
                .filter(e -> !e.allows() || e.ofAll())
                .findFirst()
                .filter(Entry::allows)
                .isPresent();
    }
}
