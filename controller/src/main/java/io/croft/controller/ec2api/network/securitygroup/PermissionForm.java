package io.croft.controller.ec2api.network.securitygroup;

import io.croft.controller.network.securitygroup.Permission;
import io.croft.controller.network.securitygroup.Permission.Peer;
import io.croft.controller.network.securitygroup.ProtocolName;
import io.croft.controller.network.securitygroup.SecurityGroupRuleView;
import io.croft.types.AccountId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;

/** Rules as DescribeSecurityGroups writes them: all peers of the same protocol and ports in one IpPermission. */
final class PermissionForm {
    private PermissionForm() {}

    /** In the order in which protocols and ports first appear. */
    static List<IpPermission> write(List<SecurityGroupRuleView> rules) {
        return rules.stream()
                .collect(Collectors.groupingBy(
                        r -> List.of(
                                r.permission().protocol(),
                                r.permission().fromPort(),
                                r.permission().toPort()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values()
                .stream()
                .map(PermissionForm::one)
                .toList();
    }

    private static IpPermission one(List<SecurityGroupRuleView> rules) {
        var first = rules.getFirst().permission();
        var all = first.protocol() == Permission.ALL;
        var ranges = new ArrayList<IpRange>();
        var ipv6Ranges = new ArrayList<Ipv6Range>();
        var groups = new ArrayList<UserIdGroupPair>();
        for (var rule : rules) {
            var permission = rule.permission();
            switch (permission.peer()) {
                case Peer.Block(var cidr) when cidr.ipv4() -> ranges.add(range(cidr.value(), permission));
                case Peer.Block(var cidr) -> ipv6Ranges.add(ipv6Range(cidr.value(), permission));
                case Peer.Group(var group) -> groups.add(pair(group.value(), rule.owner(), permission));
            }
        }
        return IpPermission.builder()
                .ipProtocol(ProtocolName.of(first.protocol()))
                .fromPort(all ? null : first.fromPort())
                .toPort(all ? null : first.toPort())
                .ipRanges(ranges)
                .ipv6Ranges(ipv6Ranges)
                .userIdGroupPairs(groups)
                .prefixListIds(List.of())
                .build();
    }

    private static IpRange range(String cidr, Permission permission) {
        return IpRange.builder()
                .cidrIp(cidr)
                .description(permission.description())
                .build();
    }

    private static Ipv6Range ipv6Range(String cidr, Permission permission) {
        return Ipv6Range.builder()
                .cidrIpv6(cidr)
                .description(permission.description())
                .build();
    }

    private static UserIdGroupPair pair(String group, AccountId owner, Permission permission) {
        return UserIdGroupPair.builder()
                .groupId(group)
                .userId(owner.value())
                .description(permission.description())
                .build();
    }
}
