package io.croft.controller.network.networkacl;

import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.NounFixture;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Network ACLs in the tests of all nouns: that of the default VPC. */
public final class NetworkAclFixture implements NounFixture {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        return Map.of(
                "network-acl",
                tenant.ec2.describeNetworkAcls().networkAcls().getFirst().networkAclId());
    }

    @Override
    public String actions() {
        return """
                DescribeNetworkAcls | NetworkAclId.1={network-acl} | InvalidNetworkAclID.NotFound
                """;
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
                GET /v1/network-acls/{id}
                """;
    }
}
