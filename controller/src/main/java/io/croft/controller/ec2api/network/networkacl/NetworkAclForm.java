package io.croft.controller.ec2api.network.networkacl;

import io.croft.controller.awsedge.Given;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.network.networkacl.NetworkAclView;
import io.croft.controller.network.networkacl.NewEntry;
import io.croft.protocol.NetworkAclSpec.Entry;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.IcmpTypeCode;
import software.amazon.awssdk.services.ec2.model.NetworkAcl;
import software.amazon.awssdk.services.ec2.model.NetworkAclAssociation;
import software.amazon.awssdk.services.ec2.model.NetworkAclEntry;
import software.amazon.awssdk.services.ec2.model.PortRange;

/** Network ACLs as EC2 writes them. */
final class NetworkAclForm {
    private static final String ALLOW = "allow";
    private static final String DENY = "deny";
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;

    private NetworkAclForm() {}

    static NetworkAcl write(NetworkAclView acl) {
        return NetworkAcl.builder()
                .networkAclId(acl.id().value())
                .vpcId(acl.vpc().value())
                .ownerId(acl.owner().value())
                .isDefault(acl.isDefault())
                .entries(acl.entries().stream().map(NetworkAclForm::write).toList())
                .associations(acl.associations().stream()
                        .map(a -> NetworkAclAssociation.builder()
                                .networkAclAssociationId(a.id().value())
                                .networkAclId(acl.id().value())
                                .subnetId(a.subnet().value())
                                .build())
                        .toList())
                .tags(TagForm.write(acl.tags()))
                .build();
    }

    private static NetworkAclEntry write(Entry entry) {
        var filled = NetworkAclEntry.builder()
                .egress(entry.egress())
                .ruleNumber(entry.number())
                .ruleAction(entry.allows() ? ALLOW : DENY)
                .protocol(Integer.toString(entry.protocol()))
                .cidrBlock(entry.cidr().value());
        return switch (entry.protocol()) {
            case TCP, UDP ->
                filled.portRange(p -> p.from(entry.fromPort()).to(entry.toPort()))
                        .build();
            case ICMP ->
                filled.icmpTypeCode(i -> i.type(entry.fromPort()).code(entry.toPort()))
                        .build();
            default -> filled.build();
        };
    }

    /**
     * An entry as a request writes it.
     *
     * @throws io.croft.controller.context.CloudException MissingParameter, InvalidParameterValue
     */
    static NewEntry entry(
            @Nullable Boolean egress,
            @Nullable Integer number,
            @Nullable String action,
            @Nullable String protocol,
            @Nullable PortRange ports,
            @Nullable IcmpTypeCode icmp,
            @Nullable String cidr) {
        return new NewEntry(
                Given.value(egress, "Egress"),
                Given.value(number, "RuleNumber"),
                allows(Given.value(action, "RuleAction")),
                Given.value(protocol, "Protocol"),
                ports == null
                        ? null
                        : new NewEntry.Ports(
                                Given.value(ports.from(), "PortRange.From"), Given.value(ports.to(), "PortRange.To")),
                icmp == null
                        ? null
                        : new NewEntry.Icmp(
                                Given.value(icmp.type(), "Icmp.Type"), Given.value(icmp.code(), "Icmp.Code")),
                Given.value(cidr, "CidrBlock"));
    }

    private static boolean allows(String action) {
        return switch (action) {
            case ALLOW -> true;
            case DENY -> false;
            default -> throw Given.invalid("RuleAction", action);
        };
    }
}
