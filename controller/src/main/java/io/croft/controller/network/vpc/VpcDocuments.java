package io.croft.controller.network.vpc;

import io.croft.controller.network.onhost.HostDocumentSource;
import io.croft.controller.network.vpc.VpcRoutes.Ways;
import io.croft.controller.network.vpc.VpcTable.Block;
import io.croft.controller.network.vpc.VpcTable.Subnet;
import io.croft.controller.network.vpc.VpcTable.Vpc;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.RouteTableSpec;
import io.croft.protocol.RouteTableSpec.Route;
import io.croft.protocol.SubnetSpec;
import io.croft.protocol.VpcSpec;
import io.croft.types.Cidr;
import io.croft.types.VpcId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What hosts are told of a VPC and its subnets. */
@Component
public class VpcDocuments implements HostDocumentSource {
    private static final Cidr EVERYWHERE = new Cidr("0.0.0.0/0");

    private final VpcTable vpcs;
    private final DnsNames names;
    private final VpcRoutes routes;

    VpcDocuments(VpcTable vpcs, DnsNames names, VpcRoutes routes) {
        this.vpcs = vpcs;
        this.names = names;
        this.routes = routes;
    }

    public static DocumentKey key(VpcId id) {
        return new DocumentKey(DocumentKind.VPC, id.value());
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.VPC;
    }

    @Override
    public String used() {
        return "EXISTS (SELECT FROM network_interface_placement p JOIN network_interface i ON i.id = p.interface"
                + " WHERE p.host = d.host AND i.vpc = d.vpc)";
    }

    @Override
    public Map<String, Draft> load(Collection<String> ids) {
        var found = vpcs.load(ids);
        var named = found.stream().map(Vpc::id).toList();
        var subnets = vpcs.subnetsOf(named).stream().collect(Collectors.groupingBy(Subnet::vpc));
        var blocks = vpcs.blocksOf(named).stream().collect(Collectors.groupingBy(Block::vpc));
        var ways = routes.of(named);
        return found.stream()
                .collect(Collectors.toMap(
                        v -> v.id().value(),
                        v -> draft(
                                v,
                                subnets.getOrDefault(v.id(), List.of()),
                                blocks.getOrDefault(v.id(), List.of()).stream()
                                        .map(Block::cidr)
                                        .toList(),
                                Objects.requireNonNull(ways.get(v.id())))));
    }

    private Draft draft(Vpc vpc, List<Subnet> subnets, List<Cidr> others, Ways ways) {
        var open = subnets.stream()
                .collect(Collectors.partitioningBy(s -> others.isEmpty() && opens(ways.of(s.id()), ways)));
        return (generation, presence) -> new VpcSpec(
                vpc.id(),
                vpc.account(),
                generation,
                presence,
                vpc.cidr(),
                names.domain(),
                specs(open.getOrDefault(true, List.of()), ways),
                vpc.named() ? names.publicDomain() : null,
                vpc.dnsSupport(),
                specs(open.getOrDefault(false, List.of()), ways),
                others,
                ways.tables(),
                ways.gateway(),
                vpc.isDefault());
    }

    /** Whether everything leaves by the gateway: all that hosts of before can do for a subnet. */
    private static boolean opens(RouteTableSpec table, Ways ways) {
        return ways.gateway() != null
                && table.routes()
                        .equals(List.of(new Route(EVERYWHERE, ways.gateway().value())));
    }

    private static List<SubnetSpec> specs(List<Subnet> subnets, Ways ways) {
        return subnets.stream().map(s -> s.spec(ways.of(s.id()).id())).toList();
    }

    @Override
    public VpcId vpcOf(HostDocument document) {
        return ((VpcSpec) document).id();
    }
}
