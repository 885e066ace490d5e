package io.croft.controller.network.vpc;

import io.croft.controller.network.onhost.HostDocumentSource;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.VpcSpec;
import io.croft.types.VpcId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What hosts are told of a VPC and its subnets. */
@Component
public class VpcDocuments implements HostDocumentSource {
    private final VpcTable vpcs;
    private final DnsNames names;

    VpcDocuments(VpcTable vpcs, DnsNames names) {
        this.vpcs = vpcs;
        this.names = names;
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
        var subnets = vpcs.subnetsOf(found.stream().map(VpcTable.Vpc::id).toList()).stream()
                .collect(Collectors.groupingBy(VpcTable.Subnet::vpc));
        return found.stream()
                .collect(Collectors.toMap(v -> v.id().value(), v -> draft(v, subnets.getOrDefault(v.id(), List.of()))));
    }

    private Draft draft(VpcTable.Vpc vpc, List<VpcTable.Subnet> subnets) {
        return (generation, presence) -> new VpcSpec(
                vpc.id(),
                vpc.account(),
                generation,
                presence,
                vpc.cidr(),
                names.domain(),
                subnets.stream().map(VpcTable.Subnet::spec).toList(),
                vpc.named() ? names.publicDomain() : null,
                vpc.dnsSupport());
    }

    @Override
    public VpcId vpcOf(HostDocument document) {
        return ((VpcSpec) document).id();
    }
}
