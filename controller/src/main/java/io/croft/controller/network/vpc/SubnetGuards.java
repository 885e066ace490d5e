package io.croft.controller.network.vpc;

import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostView;
import io.croft.controller.network.onhost.NetworkDocuments;
import io.croft.protocol.HostFacts;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.croft.types.VpcId;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sees to it that VPCs with a subnet whose border not everything crosses are only on hosts whose agents keep it. One that knows nothing of network ACLs would have no network for that subnet, and its
 * tenant would not learn why.
 */
@Component
public class SubnetGuards {
    private static final Logger log = LoggerFactory.getLogger(SubnetGuards.class);

    private final VpcTable vpcs;
    private final VpcAcls acls;
    private final NetworkDocuments told;
    private final Fleet fleet;

    SubnetGuards(VpcTable vpcs, VpcAcls acls, NetworkDocuments told, Fleet fleet) {
        this.vpcs = vpcs;
        this.acls = acls;
        this.told = told;
        this.fleet = fleet;
    }

    /** What agents have to be able to do, of what {@link HostFacts} names, on whose hosts the VPC is to be. */
    public Set<String> abilities(VpcId vpc) {
        return guarded(vpc) ? Set.of(HostFacts.GUARDS_SUBNETS) : Set.of();
    }

    private boolean guarded(VpcId vpc) {
        var borders = acls.of(List.of(vpc)).get(vpc);
        return borders != null
                && !borders.acls().stream().allMatch(a -> a.open())
                && vpcs.subnetsOf(List.of(vpc)).stream()
                        .anyMatch(s -> !borders.of(s.id()).open());
    }

    /**
     * Requires that all hosts on which the VPC is can keep the borders of its subnets as they are now.
     *
     * @param vpc locked for a change
     * @throws CloudException UnsupportedOperation
     */
    public void require(VpcId vpc) {
        require(vpc, told.hosts(VpcDocuments.key(vpc)));
    }

    /**
     * The same of hosts on which it is to be.
     *
     * @param vpc held as it is
     * @throws CloudException UnsupportedOperation
     */
    public void require(VpcId vpc, Collection<HostId> hosts) {
        if (!hosts.isEmpty() && guarded(vpc)) {
            fleet.snapshot().hosts().stream()
                    .filter(h -> hosts.contains(h.id()) && !keeps(h))
                    .findFirst()
                    .ifPresent(h -> refuse(vpc, h));
        }
    }

    private static boolean keeps(HostView host) {
        return host.facts() != null && host.facts().can(HostFacts.GUARDS_SUBNETS);
    }

    private static void refuse(VpcId vpc, HostView host) {
        log.atWarn()
                .addKeyValue("vpc", vpc)
                .addKeyValue("host", host.id())
                .log("a network ACL was refused, since the host's agent is too old to keep it");
        throw new CloudException(
                ErrorCode.UNSUPPORTED_OPERATION,
                "The agent of a host with instances of the VPC '" + vpc + "' is too old to keep network ACLs.");
    }
}
