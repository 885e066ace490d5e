package io.croft.controller.network.eni;

import io.croft.controller.network.securitygroup.GroupName;
import io.croft.types.Cidr;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Set;

/**
 * Where a launch can have its primary interfaces.
 *
 * @param subnets those that fit the request, at most one a zone
 * @param groups what the interfaces will be members of
 * @param abilities what the agents of their hosts have to be able to do, of what {@link io.croft.protocol.HostFacts} names
 */
public record LaunchNetwork(VpcId vpc, List<Choice> subnets, List<GroupName> groups, Set<String> abilities) {
    public LaunchNetwork {
        abilities = Set.copyOf(abilities);
        subnets = List.copyOf(subnets);
        groups = List.copyOf(groups);
    }

    /** A subnet to choose. */
    public record Choice(SubnetId subnet, Cidr cidr, String zone, boolean mapPublicAddress) {}
}
