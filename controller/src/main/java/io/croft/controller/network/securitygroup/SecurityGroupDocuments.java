package io.croft.controller.network.securitygroup;

import io.croft.controller.network.onhost.HostDocumentSource;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.HostDocument;
import io.croft.protocol.SecurityGroupSpec;
import io.croft.types.SecurityGroupId;
import io.croft.types.VpcId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What hosts are told of a security group and its rules. */
@Component
public class SecurityGroupDocuments implements HostDocumentSource {
    private final SecurityGroupTable groups;

    SecurityGroupDocuments(SecurityGroupTable groups) {
        this.groups = groups;
    }

    public static DocumentKey key(SecurityGroupId id) {
        return new DocumentKey(DocumentKind.SECURITY_GROUP, id.value());
    }

    @Override
    public DocumentKind kind() {
        return DocumentKind.SECURITY_GROUP;
    }

    @Override
    public String used() {
        return "EXISTS (SELECT FROM network_interface_placement p JOIN network_interface_group g ON g.interface = p.interface"
                + " WHERE p.host = d.host AND g.security_group = d.id)";
    }

    @Override
    public Map<String, Draft> load(Collection<String> ids) {
        var found = groups.load(ids);
        var rules = groups
                .rulesOf(found.stream().map(SecurityGroupTable.Group::id).toList())
                .stream()
                .collect(Collectors.groupingBy(SecurityGroupTable.Rule::group));
        return found.stream()
                .collect(Collectors.toMap(g -> g.id().value(), g -> draft(g, rules.getOrDefault(g.id(), List.of()))));
    }

    private static Draft draft(SecurityGroupTable.Group group, List<SecurityGroupTable.Rule> rules) {
        return (generation, presence) -> new SecurityGroupSpec(
                group.id(),
                group.account(),
                group.vpc(),
                generation,
                presence,
                rules.stream().map(SecurityGroupTable.Rule::spec).toList());
    }

    @Override
    public VpcId vpcOf(HostDocument document) {
        return ((SecurityGroupSpec) document).vpc();
    }
}
