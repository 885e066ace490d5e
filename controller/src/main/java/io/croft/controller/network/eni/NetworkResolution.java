package io.croft.controller.network.eni;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Listing;
import io.croft.controller.network.securitygroup.SecurityGroupTable;
import io.croft.controller.network.securitygroup.SecurityGroupTable.Group;
import io.croft.controller.network.securitygroup.SecurityGroupTable.Lock;
import io.croft.controller.network.vpc.SubnetGuards;
import io.croft.controller.network.vpc.VpcTable;
import io.croft.controller.network.vpc.VpcTable.Subnet;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.ResourceType;
import io.croft.types.SecurityGroupId;
import io.croft.types.VpcId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Finds the subnets and the groups that a launch means. */
@Component
class NetworkResolution {
    private final VpcTable vpcs;
    private final SecurityGroupTable groups;
    private final SubnetGuards guards;

    NetworkResolution(VpcTable vpcs, SecurityGroupTable groups, SubnetGuards guards) {
        this.vpcs = vpcs;
        this.groups = groups;
        this.guards = guards;
    }

    LaunchNetwork resolve(AccountId account, NetworkRequest request) {
        var subnets = subnets(account, request);
        var vpc = subnets.getFirst().vpc();
        var members = groups(account, vpc, request).stream().map(Group::named).toList();
        return new LaunchNetwork(
                vpc, subnets.stream().map(NetworkResolution::choice).toList(), members, guards.abilities(vpc));
    }

    private static LaunchNetwork.Choice choice(Subnet subnet) {
        return new LaunchNetwork.Choice(subnet.id(), subnet.cidr(), subnet.zone(), subnet.mapPublicAddress());
    }

    private List<Subnet> subnets(AccountId account, NetworkRequest request) {
        return request.subnet() == null ? defaults(account, request) : List.of(named(account, request));
    }

    private Subnet named(AccountId account, NetworkRequest request) {
        var id = Objects.requireNonNull(request.subnet());
        var subnet = vpcs.holdSubnets(account, List.of(id)).stream()
                .findFirst()
                .orElseThrow(() -> CloudException.missing(ResourceType.SUBNET, List.of(id.value())));
        if (request.zone() != null && !request.zone().equals(subnet.zone())) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "The availability zone '" + request.zone() + "' is not the one of the subnet '" + id + "'");
        }
        return subnet;
    }

    private List<Subnet> defaults(AccountId account, NetworkRequest request) {
        var subnets = vpcs.defaultSubnets(account);
        if (subnets.isEmpty() && vpcs.defaultOf(account).isEmpty()) {
            throw new CloudException(ErrorCode.NO_DEFAULT_VPC, "No default VPC for this user: name a subnet");
        }
        var fitting = subnets.stream()
                .filter(s -> request.zone() == null || s.zone().equals(request.zone()))
                .toList();
        if (fitting.isEmpty()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "Invalid availability zone: [" + request.zone() + "]");
        }
        return fitting;
    }

    /** The groups in the order in which the request names them. */
    private List<Group> groups(AccountId account, VpcId vpc, NetworkRequest request) {
        if (!request.groupNames().isEmpty() && request.subnet() != null) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "The parameter groupName cannot be used with the parameter subnet");
        }
        if (request.groupIds().isEmpty()) {
            var names = request.groupNames().isEmpty()
                    ? List.of(SecurityGroupTable.DEFAULT_NAME)
                    : request.groupNames().stream().distinct().toList();
            var found = groups.findNamed(account, vpc, names, Lock.MEMBER);
            return inOrder(names, found, Group::name);
        }
        if (!request.groupNames().isEmpty()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "The parameters groupId and groupName may not be used together");
        }
        return groups(account, vpc, request.groupIds());
    }

    /** A VPC's groups with these ids, in their order, locked against changes of their rules until the transaction ends. */
    List<Group> groups(AccountId account, VpcId vpc, List<SecurityGroupId> ids) {
        var found = groups.find(account, ids, Lock.MEMBER);
        checkVpc(vpc, found);
        return inOrder(ids.stream().map(SecurityGroupId::value).distinct().toList(), found, g -> g.id().value());
    }

    private static void checkVpc(VpcId vpc, List<Group> found) {
        var foreign = found.stream().filter(g -> !g.vpc().equals(vpc)).findFirst();
        if (foreign.isPresent()) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER,
                    "Security group " + foreign.get().id() + " and the subnet belong to different networks.");
        }
    }

    private static List<Group> inOrder(List<String> wanted, List<Group> found, Function<Group, String> name) {
        var byName = found.stream().collect(Collectors.toMap(name, g -> g));
        var ordered = new ArrayList<Group>();
        for (var each : wanted) {
            var group = byName.get(each);
            if (group == null) {
                throw CloudException.missing(
                        ErrorCode.SECURITY_GROUP_NOT_FOUND,
                        Listing.sentence("security group", List.of(each)),
                        List.of(each));
            }
            ordered.add(group);
        }
        if (ordered.size() > NetworkInterfaces.MOST_GROUPS) {
            throw new CloudException(
                    ErrorCode.SECURITY_GROUPS_PER_INTERFACE_LIMIT,
                    "An interface has at most " + NetworkInterfaces.MOST_GROUPS + " security groups");
        }
        return ordered;
    }
}
