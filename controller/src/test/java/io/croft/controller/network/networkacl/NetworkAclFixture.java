package io.croft.controller.network.networkacl;

import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.NounFixture;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Network ACLs in the tests of all nouns. */
public final class NetworkAclFixture implements NounFixture {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        var own = tenant.ec2.describeNetworkAcls().networkAcls().getFirst();
        var acl = tenant.ec2.createNetworkAcl(r -> r.vpcId(own.vpcId())).networkAcl();
        return Map.of(
                "network-acl",
                acl.networkAclId(),
                "default-acl",
                own.networkAclId(),
                "acl-association",
                own.associations().getFirst().networkAclAssociationId());
    }

    @Override
    public String actions() {
        return """
                CreateNetworkAcl    | VpcId={vpc}                                       | InvalidVpcID.NotFound
                DeleteNetworkAcl    | NetworkAclId={network-acl}                        | InvalidNetworkAclID.NotFound
                DescribeNetworkAcls | NetworkAclId.1={network-acl}                      | InvalidNetworkAclID.NotFound
                CreateNetworkAclEntry ReplaceNetworkAclEntry \
                    | NetworkAclId={network-acl}&RuleNumber=100&Egress=true&RuleAction=deny&Protocol=-1&CidrBlock=0.0.0.0/0 | InvalidNetworkAclID.NotFound
                DeleteNetworkAclEntry | NetworkAclId={network-acl}&RuleNumber=100&Egress=true | InvalidNetworkAclID.NotFound
                ReplaceNetworkAclAssociation \
                    | AssociationId={acl-association}&NetworkAclId={network-acl}        | InvalidAssociationID.NotFound
                """;
    }

    @Override
    public String refusals() {
        return """
                DeleteNetworkAcl      | NetworkAclId={default-acl}                                    | InvalidParameterValue
                CreateNetworkAclEntry | {to}&RuleNumber=0&Protocol=-1&CidrBlock=0.0.0.0/0             | InvalidParameterValue
                CreateNetworkAclEntry | {to}&RuleNumber=32767&Protocol=-1&CidrBlock=0.0.0.0/0         | InvalidParameterValue
                CreateNetworkAclEntry | {to}&RuleNumber=1&Protocol=x&CidrBlock=0.0.0.0/0              | InvalidParameterValue
                CreateNetworkAclEntry | {to}&RuleNumber=1&Protocol=256&CidrBlock=0.0.0.0/0            | InvalidParameterValue
                CreateNetworkAclEntry | {to}&RuleNumber=1&Protocol=6&CidrBlock=0.0.0.0/0              | MissingParameter
                CreateNetworkAclEntry | {to}&RuleNumber=1&Protocol=1&CidrBlock=0.0.0.0/0              | MissingParameter
                CreateNetworkAclEntry | {to}&RuleNumber=1&Protocol=6&CidrBlock=0.0.0.0/0&PortRange.From=2&PortRange.To=1 | InvalidParameterValue
                CreateNetworkAclEntry | {to}&RuleNumber=1&Protocol=1&CidrBlock=0.0.0.0/0&Icmp.Type=-1&Icmp.Code=0 | InvalidParameterValue
                CreateNetworkAclEntry | {to}&RuleNumber=1&Protocol=-1&CidrBlock=x                     | InvalidParameterValue
                CreateNetworkAclEntry | {to}&RuleNumber=1&Protocol=-1                                 | MissingParameter
                CreateNetworkAclEntry | {to}&RuleNumber=1&Protocol=-1&Ipv6CidrBlock=::/0              | UnsupportedOperation
                ReplaceNetworkAclEntry | {to}&RuleNumber=7&Protocol=-1&CidrBlock=0.0.0.0/0            | InvalidNetworkAclEntry.NotFound
                DeleteNetworkAclEntry | NetworkAclId={network-acl}&Egress=true&RuleNumber=7           | InvalidNetworkAclEntry.NotFound
                DeleteNetworkAclEntry | NetworkAclId={network-acl}&Egress=true&RuleNumber=32767       | InvalidParameterValue
                ReplaceNetworkAclAssociation | AssociationId=x&NetworkAclId={network-acl}             | InvalidAssociationID.NotFound
                """.replace("{to}", "NetworkAclId={network-acl}&Egress=true&RuleAction=allow");
    }

    @Override
    public String filters() {
        return """
                DescribeNetworkAcls: association.association-id association.network-acl-id association.subnet-id
                    default entry.cidr entry.icmp.code entry.icmp.type entry.ipv6-cidr entry.port-range.from
                    entry.port-range.to entry.protocol entry.rule-action entry.egress entry.rule-number
                    network-acl-id owner-id tag-key tag:Name vpc-id
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/network-acls
                POST /v1/network-acls
                GET /v1/network-acls/{id}
                DELETE /v1/network-acls/{id}
                POST /v1/network-acls/{id}/entries \
                    | {"direction":"egress","number":7,"action":"deny","protocol":"all","cidr":"0.0.0.0/0"}
                PUT /v1/network-acls/{id}/entries \
                    | {"direction":"egress","number":7,"action":"deny","protocol":"all","cidr":"0.0.0.0/0"}
                DELETE /v1/network-acls/{id}/entries
                POST /v1/network-acls/{id}/associations | {"subnetId":"subnet-0123456789abcdef0"}
                """;
    }
}
