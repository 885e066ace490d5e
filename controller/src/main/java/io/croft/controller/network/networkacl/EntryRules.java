package io.croft.controller.network.networkacl;

import io.croft.controller.context.CloudException;
import io.croft.controller.network.networkacl.NewEntry.Icmp;
import io.croft.controller.network.networkacl.NewEntry.Ports;
import io.croft.controller.network.securitygroup.ProtocolName;
import io.croft.controller.network.vpc.CidrText;
import io.croft.protocol.NetworkAclSpec;
import io.croft.protocol.NetworkAclSpec.Entry;
import io.croft.types.Cidr;
import io.croft.types.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What entries of network ACLs can be; pure.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html">CreateNetworkAclEntry</a>
 */
final class EntryRules {
    /** The number of the entry that closes a direction: what none before it matches does not pass. */
    static final int CLOSING = 32767;

    private static final int ALL = NetworkAclSpec.ALL;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP_V6 = 58;
    private static final int LAST_PORT = 65535;
    private static final int LAST_TYPE = 255;
    private static final Cidr EVERYWHERE = new Cidr("0.0.0.0/0");

    private EntryRules() {}

    /** What a default ACL starts with. */
    static Entry everything(boolean egress) {
        return new Entry(egress, 100, true, ALL, ALL, ALL, EVERYWHERE);
    }

    /** The last one of each direction, which nobody can change. */
    static Entry closing(boolean egress) {
        return new Entry(egress, CLOSING, false, ALL, ALL, ALL, EVERYWHERE);
    }

    /**
     * What a request means.
     *
     * @throws CloudException InvalidParameterValue; MissingParameter without ports for TCP or UDP, or without a type for ICMP
     */
    static Entry read(NewEntry wanted) {
        if (wanted.number() < 1 || wanted.number() >= CLOSING) {
            throw invalid("ruleNumber", wanted.number(), "It must be between 1 and " + (CLOSING - 1) + ".");
        }
        var protocol = ProtocolName.number(wanted.protocol())
                .orElseThrow(() -> invalid("protocol", wanted.protocol(), "It is no protocol."));
        if (protocol == ICMP_V6) {
            throw invalid("protocol", wanted.protocol(), "It is for blocks of IPv6, and there are none.");
        }
        var cidr = CidrText.read(wanted.cidr());
        return switch (protocol) {
            case TCP, UDP -> entry(wanted, protocol, ports(wanted.ports()), cidr);
            case ICMP -> entry(wanted, protocol, types(wanted.icmp()), cidr);
            default -> entry(wanted, protocol, new Ports(ALL, ALL), cidr);
        };
    }

    private static Entry entry(NewEntry wanted, int protocol, Ports ports, Cidr cidr) {
        return new Entry(wanted.egress(), wanted.number(), wanted.allows(), protocol, ports.from(), ports.to(), cidr);
    }

    private static Ports ports(@Nullable Ports ports) {
        if (ports == null) {
            throw missing("portRange");
        }
        if (ports.from() < 0 || ports.to() > LAST_PORT || ports.from() > ports.to()) {
            throw invalid(
                    "portRange",
                    ports.from() + "-" + ports.to(),
                    "Ports are between 0 and 65535, the lower one first.");
        }
        return ports;
    }

    private static Ports types(@Nullable Icmp icmp) {
        if (icmp == null) {
            throw missing("icmpTypeCode");
        }
        if (beyond(icmp.type()) || beyond(icmp.code()) || (icmp.type() == ALL && icmp.code() != ALL)) {
            throw invalid(
                    "icmpTypeCode",
                    icmp.type() + "/" + icmp.code(),
                    "Both are between 0 and 255, or -1 for all; all types have all codes.");
        }
        return new Ports(icmp.type(), icmp.code());
    }

    private static boolean beyond(int number) {
        return number < ALL || number > LAST_TYPE;
    }

    private static CloudException missing(String parameter) {
        return new CloudException(
                ErrorCode.MISSING_PARAMETER, "The request must contain the parameter " + parameter + ".");
    }

    private static CloudException invalid(String parameter, Object value, String why) {
        return new CloudException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "Value (" + value + ") for parameter " + parameter + " is invalid. " + why);
    }
}
