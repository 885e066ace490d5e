package io.croft.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.croft.types.AccountId;
import io.croft.types.Cidr;
import io.croft.types.Generation;
import io.croft.types.InternetGatewayId;
import io.croft.types.NetworkAclId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A VPC as a host carries it: its router namespace, the bridges of its subnets, DHCP, DNS and the metadata address.
 *
 * @param cidr the VPC's block; its resolver answers at base plus two of each subnet's block too
 * @param dnsDomain the domain of its interfaces' names, such as {@code ec2.internal}
 * @param subnets those of the VPC's subnets from which everything leaves by the internet gateway, as it does on hosts of before route tables
 * @param publicDomain the domain of its public addresses' names, such as {@code compute.croft.internal}; null when they have none
 * @param resolves whether its resolver answers; null from a controller that does not say: it does
 * @param otherSubnets those of its subnets from which packets leave in another way or not at all: a host that knows nothing of route tables has no network for them; null for none
 * @param otherCidrs its further blocks; null for none
 * @param routeTables its route tables; null from a controller that knows of none
 * @param internetGateway the gateway that is attached to it; null for none
 * @param isDefault whether launches that name no subnet go there; null from a controller that does not say
 * @param guardedSubnets those of its subnets whose border not everything crosses, by whatever way: a host that knows nothing of network ACLs has no network for them; null for none
 * @param networkAcls its network ACLs; null from a controller that knows of none
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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean resolves,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<SubnetSpec> otherSubnets,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Cidr> otherCidrs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<RouteTableSpec> routeTables,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable InternetGatewayId internetGateway,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean isDefault,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<SubnetSpec> guardedSubnets,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<NetworkAclSpec> networkAcls)
        implements HostDocument {
    private static final Cidr EVERYWHERE = new Cidr("0.0.0.0/0");
    /** The ACL that nobody tells of. */
    private static final NetworkAclId SHUT = new NetworkAclId("acl-00000000");

    public VpcSpec {
        subnets = List.copyOf(subnets);
        otherSubnets = otherSubnets == null ? null : List.copyOf(otherSubnets);
        otherCidrs = otherCidrs == null ? null : List.copyOf(otherCidrs);
        routeTables = routeTables == null ? null : List.copyOf(routeTables);
        guardedSubnets = guardedSubnets == null ? null : List.copyOf(guardedSubnets);
        networkAcls = networkAcls == null ? null : List.copyOf(networkAcls);
    }

    /** One of before network ACLs. */
    public VpcSpec(
            VpcId id,
            AccountId account,
            Generation generation,
            Presence presence,
            Cidr cidr,
            String dnsDomain,
            List<SubnetSpec> subnets,
            @Nullable String publicDomain,
            @Nullable Boolean resolves,
            @Nullable List<SubnetSpec> otherSubnets,
            @Nullable List<Cidr> otherCidrs,
            @Nullable List<RouteTableSpec> routeTables,
            @Nullable InternetGatewayId internetGateway,
            @Nullable Boolean isDefault) {
        this(
                id,
                account,
                generation,
                presence,
                cidr,
                dnsDomain,
                subnets,
                publicDomain,
                resolves,
                otherSubnets,
                otherCidrs,
                routeTables,
                internetGateway,
                isDefault,
                null,
                null);
    }

    /** One of before route tables. */
    public VpcSpec(
            VpcId id,
            AccountId account,
            Generation generation,
            Presence presence,
            Cidr cidr,
            String dnsDomain,
            List<SubnetSpec> subnets,
            @Nullable String publicDomain,
            @Nullable Boolean resolves) {
        this(
                id,
                account,
                generation,
                presence,
                cidr,
                dnsDomain,
                subnets,
                publicDomain,
                resolves,
                null,
                null,
                null,
                null,
                null);
    }

    /** All of its subnets, so that routed traffic finds each. */
    public List<SubnetSpec> allSubnets() {
        return Stream.of(subnets, otherSubnets, guardedSubnets)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .toList();
    }

    /** All of its blocks, the first one first. */
    public List<Cidr> allCidrs() {
        return otherCidrs == null
                ? List.of(cidr)
                : Stream.concat(Stream.of(cidr), otherCidrs.stream()).toList();
    }

    /** The ACL that a subnet's border has, unless it lets everything pass; one that is not told of lets nothing pass, and neither does the border of a guarded subnet that names none. */
    public Optional<NetworkAclSpec> guard(SubnetSpec subnet) {
        return Optional.ofNullable(subnet.networkAcl())
                .or(() -> Optional.of(SHUT).filter(_ -> guarded(subnet)))
                .map(id -> Stream.ofNullable(networkAcls)
                        .flatMap(List::stream)
                        .filter(a -> a.id().equals(id))
                        .findFirst()
                        .orElseGet(() -> new NetworkAclSpec(id, false, List.of())))
                .filter(a -> !a.open());
    }

    private boolean guarded(SubnetSpec subnet) {
        return guardedSubnets != null && guardedSubnets.contains(subnet);
    }

    /** What a subnet's packets may leave the VPC for: each destination with whether it is open; the longest prefix counts, and what none names goes nowhere. */
    public Map<Cidr, Boolean> ways(SubnetSpec subnet) {
        var table = subnet.routeTable();
        if (routeTables == null || table == null) {
            return Map.of(EVERYWHERE, true);
        }
        var ways = new LinkedHashMap<Cidr, Boolean>();
        routeTables.stream()
                .filter(t -> t.id().equals(table))
                .flatMap(t -> t.routes().stream())
                .forEach(r -> ways.put(
                        r.destination(),
                        internetGateway != null && internetGateway.value().equals(r.target())));
        return ways;
    }

    /** Whether anything at all leaves the VPC from the subnet; one that the VPC has not got leaves nothing. */
    public boolean leaves(SubnetId id) {
        return allSubnets().stream().filter(s -> s.id().equals(id)).anyMatch(s -> ways(s).containsValue(true));
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
