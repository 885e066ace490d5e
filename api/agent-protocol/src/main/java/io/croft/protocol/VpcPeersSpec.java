package io.croft.protocol;

import io.croft.types.AccountId;
import io.croft.types.Generation;
import io.croft.types.NetworkInterfaceId;
import io.croft.types.SecurityGroupId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.stream.Stream;

/**
 * The interfaces of a VPC on other hosts than the one that is told of them. Told only to a host that has an interface of the VPC itself; as long as it is told nothing, the VPC ends at the host.
 *
 * @param id the VPC
 * @param members in the order of their ids; none in a tombstone
 */
public record VpcPeersSpec(VpcId id, AccountId account, Generation generation, Presence presence, List<Member> members)
        implements HostDocument {
    public VpcPeersSpec {
        members = List.copyOf(members);
    }

    /**
     * An interface on another host.
     *
     * @param mac as {@code 02:ab:cd:ef:01:23}
     * @param addresses its private IPv4 addresses, the primary one first
     * @param host the address of its host's underlay
     * @param groups its security groups, which rules here may name
     */
    public record Member(
            NetworkInterfaceId id,
            SubnetId subnet,
            String mac,
            List<String> addresses,
            String host,
            List<SecurityGroupId> groups) {
        public Member {
            addresses = List.copyOf(addresses);
            groups = List.copyOf(groups);
        }
    }

    /** The underlay addresses of the members' hosts, each once. */
    public Stream<String> hosts() {
        return members.stream().map(Member::host).distinct();
    }

    @Override
    public DocumentKey key() {
        return new DocumentKey(DocumentKind.VPC_PEERS, id.value());
    }
}
