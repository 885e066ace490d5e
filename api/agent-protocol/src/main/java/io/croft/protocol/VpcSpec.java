package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.Generation;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A VPC as a host carries it: its router namespace, the bridges of its subnets, DHCP, DNS and the metadata address.
 *
 * @param cidr the VPC's block; its resolver answers at base plus two of each subnet's block too
 * @param dnsDomain the domain of its interfaces' names, such as {@code ec2.internal}
 * @param subnets all of the VPC's subnets, so that routed traffic finds each
 * @param publicDomain the domain of its public addresses' names, such as {@code compute.croft.internal}; null when they have none
 * @param resolves whether its resolver answers; null from a controller that does not say: it does
 */
public record VpcSpec(
        VpcId id,
        AccountId account,
        Generation generation,
        Presence presence,
        Cidr cidr,
        String dnsDomain,
        List<SubnetSpec> subnets,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String publicDomain,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean resolves)
        implements HostDocument {
    public VpcSpec {
        subnets = List.copyOf(subnets);
    }

    /** The name of a public address inside and outside the VPC: {@code ec2-198-18-0-5.compute.croft.internal}; empty when it has none. */
    public Optional<String> publicName(@Nullable String address) {
        return address == null || publicDomain == null
                ? Optional.empty()
                : Optional.of("ec2-" + address.replace('.', '-') + "." + publicDomain);
    }

    /** The name of a private address: {@code ip-172-31-0-5.ec2.internal}. */
    public String privateName(String address) {
        return "ip-" + address.replace('.', '-') + "." + dnsDomain;
    }

    @Override
    public DocumentKey key() {
        return new DocumentKey(DocumentKind.VPC, id.value());
    }
}
