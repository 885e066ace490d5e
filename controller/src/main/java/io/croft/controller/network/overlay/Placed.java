package io.croft.controller.network.overlay;

import io.croft.protocol.VpcPeersSpec.Member;
import io.croft.types.AccountId;
import io.croft.types.HostId;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;

/** An interface on a host, also one that is being released: it is there until its host has proved that it is not. */
record Placed(
        NetworkInterfaceId id,
        AccountId account,
        VpcId vpc,
        SubnetId subnet,
        String mac,
        String address,
        HostId host,
        List<SecurityGroupId> groups) {
    Placed {
        groups = List.copyOf(groups);
    }

    /** As other hosts are told of it. */
    Member behind(String underlay) {
        return new Member(id, subnet, mac, List.of(address), underlay, groups);
    }
}
