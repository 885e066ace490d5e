package io.croft.controller.restapi.network.networkacl;

import io.croft.controller.context.CloudException;
import io.croft.controller.network.networkacl.NewEntry;
import io.croft.controller.network.networkacl.NewEntry.Icmp;
import io.croft.controller.network.networkacl.NewEntry.Ports;
import io.croft.controller.network.securitygroup.ProtocolName;
import io.croft.controller.restapi.kit.Values;
import io.croft.protocol.NetworkAclSpec;
import io.croft.protocol.NetworkAclSpec.Entry;
import io.croft.rest.tenant.network.networkacl.NetworkAclEntry;
import io.croft.types.ErrorCode;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An entry of a network ACL as REST has it. */
final class NetworkAclEntryForm {
    private static final String ALL = "all";
    private static final int LAST_PORT = 65535;
    private static final Boolean[] BOTH = {true, false};

    /** The protocols whose entries say more: ICMP, TCP and UDP. */
    private static final Set<Integer> NARROWED = Set.of(1, 6, 17);

    private NetworkAclEntryForm() {}

    static NetworkAclEntry write(Entry entry) {
        return new NetworkAclEntry(
                direction(entry.egress()),
                entry.number(),
                action(entry.allows()),
                entry.protocol() == NetworkAclSpec.ALL ? ALL : ProtocolName.of(entry.protocol()),
                bound(entry.fromPort()),
                bound(entry.toPort()),
                entry.cidr().value());
    }

    private static @Nullable Integer bound(int port) {
        return port == NetworkAclSpec.ALL ? null : port;
    }

    private static String direction(boolean egress) {
        return egress ? "egress" : "ingress";
    }

    private static String action(boolean allows) {
        return allows ? "allow" : "deny";
    }

    /**
     * Whether a direction is the one for what leaves.
     *
     * @throws CloudException InvalidParameterValue
     */
    static boolean egress(String direction) {
        return Values.named("direction", BOTH, NetworkAclEntryForm::direction, direction);
    }

    /**
     * What is to be.
     *
     * @throws CloudException InvalidParameterValue
     */
    static NewEntry read(NetworkAclEntry entry) {
        var protocol = entry.protocol().equals(ALL) ? String.valueOf(NetworkAclSpec.ALL) : entry.protocol();
        var from = entry.fromPort();
        var to = entry.toPort();
        if ((from != null || to != null)
                && ProtocolName.number(protocol)
                        .filter(n -> !NARROWED.contains(n))
                        .isPresent()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The protocol '" + entry.protocol() + "' has neither ports nor types.");
        }
        var ports = from == null && to == null ? new Ports(0, LAST_PORT) : ports(from, to);
        var icmp = new Icmp(
                Objects.requireNonNullElse(from, NetworkAclSpec.ALL),
                Objects.requireNonNullElse(to, NetworkAclSpec.ALL));
        return new NewEntry(
                egress(entry.direction()),
                entry.number(),
                Values.named("action", BOTH, NetworkAclEntryForm::action, entry.action()),
                protocol,
                ports,
                icmp,
                entry.cidr());
    }

    private static Ports ports(@Nullable Integer from, @Nullable Integer to) {
        var first = Objects.requireNonNullElse(from, 0);
        return new Ports(first, Objects.requireNonNullElse(to, first));
    }
}
