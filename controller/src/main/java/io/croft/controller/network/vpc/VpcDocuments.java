package io.croft.controller.network.vpc;

import io.croft.controller.network.onhost.HostDocumentSource;
import io.croft.controller.network.vpc.VpcAcls.Borders;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What hosts are told of a VPC and its subnets. */
@Component
public class VpcDocuments implements HostDocumentSource {
    private static final Cidr EVERYWHERE = new Cidr("0.0.0.0/0");

    private final VpcTable vpcs;
    private final DnsNames names;
    private final VpcRoutes routes;
    private final VpcAcls acls;

    VpcDocuments(VpcTable vpcs, DnsNames names, VpcRoutes routes, VpcAcls acls) {
        this.vpcs = vpcs;
        this.names = names;
        this.routes = routes;
        this.acls = acls;
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
        var borders = acls.of(named);
        return found.stream()
                .collect(Collectors.toMap(
                        v -> v.id().value(),
                        v -> draft(
                                v,
                                subnets.getOrDefault(v.id(), List.of()),
                                blocks.getOrDefault(v.id(), List.of()).stream()
                                        .map(Block::cidr)
                                        .toList(),
                                Objects.requireNonNull(ways.get(v.id())),
                                Objects.requireNonNull(borders.get(v.id())))));
    }

    /** Of what a host has to know for a subnet. */
    private enum Knowledge {
        NOTHING,
        ROUTES,
        ACLS
    }

    private Draft draft(Vpc vpc, List<Subnet> subnets, List<Cidr> others, Ways ways, Borders borders) {
        var needed = subnets.stream().collect(Collectors.groupingBy(s -> {
            if (!borders.of(s.id()).open()) {
                return Knowledge.ACLS;
            }
            return others.isEmpty() && opens(ways.of(s.id()), ways) ? Knowledge.NOTHING : Knowledge.ROUTES;
        }));
        Function<Knowledge, List<SubnetSpec>> specs = k -> needed.getOrDefault(k, List.of()).stream()
                .map(s -> s.spec(ways.of(s.id()).id(), borders.of(s.id()).id()))
                .toList();
        return (generation, presence) -> new VpcSpec(
                vpc.id(),
                vpc.account(),
                generation,
                presence,
                vpc.cidr(),
                names.domain(),
                specs.apply(Knowledge.NOTHING),
                vpc.named() ? names.publicDomain() : null,
                vpc.dnsSupport(),
                specs.apply(Knowledge.ROUTES),
                others,
                ways.tables(),
                ways.gateway(),
                vpc.isDefault(),
                specs.apply(Knowledge.ACLS),
                borders.acls());
    }

    /** Whether everything leaves by the gateway: all that hosts of before can do for a subnet. */
    private static boolean opens(RouteTableSpec table, Ways ways) {
        return ways.gateway() != null
                && table.routes()
                        .equals(List.of(new Route(EVERYWHERE, ways.gateway().value())));
    }

    @Override
    public VpcId vpcOf(HostDocument document) {
        return ((VpcSpec) document).id();
    }
}
