package io.croft.controller.network.vpc;

import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.VpcCidrAssociationId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A VPC as its owner sees it; it is available from the moment it exists.
 *
 * @param cidr its first block
 * @param otherCidrs its further blocks
 * @param dnsSupport whether its resolver answers
 * @param dnsHostnames whether its public addresses have names, as long as its resolver answers
 */
public record VpcView(
        VpcId id,
        AccountId owner,
        Cidr cidr,
        List<Block> otherCidrs,
        boolean isDefault,
        boolean dnsSupport,
        boolean dnsHostnames,
        Map<String, String> tags) {
    public VpcView {
        otherCidrs = List.copyOf(otherCidrs);
    }

    /** All its blocks, the first one first: that one's association is named after the VPC. */
    public List<Block> blocks() {
        var first = new VpcCidrAssociationId(id.value().replaceFirst("vpc-", "vpc-cidr-assoc-"));
        return Stream.concat(Stream.of(new Block(first, cidr)), otherCidrs.stream())
                .toList();
    }

    /** A block and what its association with the VPC is called. */
    public record Block(VpcCidrAssociationId association, Cidr cidr) {}

    /** Whether the use of its addresses is measured: nothing measures it. */
    public boolean addressUsageMetrics() {
        return false;
    }
}
