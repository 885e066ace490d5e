package io.croft.protocol;

import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.Generation;
import io.croft.types.VpcId;
import java.util.List;

/**
 * A VPC as a host carries it: its router namespace, the bridges of its subnets, DHCP, DNS and the metadata address.
 *
 * @param cidr the VPC's block; its resolver answers at base plus two of each subnet's block too
 * @param dnsDomain the domain of its interfaces' names, such as {@code ec2.internal}
 * @param subnets all of the VPC's subnets, so that routed traffic finds each
 */
public record VpcSpec(
        VpcId id,
        AccountId account,
        Generation generation,
        Presence presence,
        Cidr cidr,
        String dnsDomain,
        List<SubnetSpec> subnets)
        implements HostDocument {
    public VpcSpec {
        subnets = List.copyOf(subnets);
    }

    @Override
    public DocumentKey key() {
        return new DocumentKey(DocumentKind.VPC, id.value());
    }
}
