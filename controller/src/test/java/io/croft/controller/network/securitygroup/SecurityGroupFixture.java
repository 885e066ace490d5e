package io.croft.controller.network.securitygroup;

import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.NounFixture;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Security groups and their rules in the tests of all nouns. */
public final class SecurityGroupFixture implements NounFixture {
    /** How a rule says something else, but for whom it lets through. */
    private static final String CHANGE = "GroupId={security-group}&SecurityGroupRule.1.SecurityGroupRuleId={rule}"
            + "&SecurityGroupRule.1.SecurityGroupRule.IpProtocol=tcp"
            + "&SecurityGroupRule.1.SecurityGroupRule.FromPort=22&SecurityGroupRule.1.SecurityGroupRule.ToPort=22";

    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        var group = tenant.ec2
                .createSecurityGroup(r -> r.groupName("Owned").description("owned"))
                .groupId();
        var rule = tenant.ec2
                .authorizeSecurityGroupIngress(r -> r.groupId(group)
                        .ipProtocol("tcp")
                        .fromPort(22)
                        .toPort(22)
                        .cidrIp("10.0.0.0/8"))
                .securityGroupRules()
                .getFirst();
        return Map.of("security-group", group, "rule", rule.securityGroupRuleId());
    }

    @Override
    public String actions() {
        return """
                CreateSecurityGroup    | GroupName=x&GroupDescription=x&VpcId={vpc} | InvalidVpcID.NotFound
                DeleteSecurityGroup    | GroupId={security-group}   | InvalidGroup.NotFound
                DescribeSecurityGroups | GroupId.1={security-group} | InvalidGroup.NotFound
                AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress UpdateSecurityGroupRuleDescriptionsIngress \
                    | GroupId={security-group}&IpPermissions.1.IpProtocol=-1&IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0/0 \
                    | InvalidGroup.NotFound
                AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress UpdateSecurityGroupRuleDescriptionsEgress \
                    | GroupId={security-group}&IpPermissions.1.IpProtocol=-1&IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0/0 \
                    | InvalidGroup.NotFound
                DescribeSecurityGroupRules | SecurityGroupRuleId.1={rule} | InvalidSecurityGroupRuleId.NotFound
                ModifySecurityGroupRules \
                    | GroupId={security-group}&SecurityGroupRule.1.SecurityGroupRuleId={rule}\
                &SecurityGroupRule.1.SecurityGroupRule.IpProtocol=-1&SecurityGroupRule.1.SecurityGroupRule.CidrIpv4=0.0.0.0/0 \
                    | InvalidGroup.NotFound
                """;
    }

    @Override
    public String refusals() {
        return """
                DescribeSecurityGroups | GroupId.1=   | InvalidGroupId.Malformed
                DescribeSecurityGroups | GroupName.1= | InvalidGroup.NotFound
                RunInstances | {launch}&SecurityGroupId.1= | InvalidGroupId.Malformed
                RunInstances | {launch}&SecurityGroup.1=   | InvalidGroup.NotFound
                CreateSecurityGroup | GroupName=&GroupDescription=x            | InvalidParameterValue
                CreateSecurityGroup | GroupName=x&GroupDescription=            | MissingParameter
                CreateSecurityGroup | GroupName=%20owned%20&GroupDescription=x | InvalidGroup.Duplicate
                AuthorizeSecurityGroupIngress \
                    | GroupId={security-group}&IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8 | InvalidParameterValue
                AuthorizeSecurityGroupIngress | GroupId={security-group}&CidrIp=10.0.0.0/8  | InvalidParameterValue
                AuthorizeSecurityGroupIngress | GroupId={security-group}&IpPermissions.1.IpProtocol=-1 | MissingParameter
                ModifySecurityGroupRules | {change}&SecurityGroupRule.1.SecurityGroupRule.CidrIpv6=::/0 | InvalidParameterValue
                ModifySecurityGroupRules \
                    | {change}&SecurityGroupRule.1.SecurityGroupRule.ReferencedGroupId={security-group} | InvalidParameterValue
                ModifySecurityGroupRules   | {change}                                       | MissingParameter
                DescribeSecurityGroupRules | Filter.1.Name=group-id&Filter.1.Value.1=nonsense | InvalidGroupId.Malformed
                DescribeSecurityGroupRules | Filter.1.Name=group-id&Filter.1.Value.1=       | InvalidGroupId.Malformed
                """.replace("{change}", CHANGE);
    }

    @Override
    public String filters() {
        return """
                DescribeSecurityGroups: description egress.ip-permission.cidr egress.ip-permission.from-port
                    egress.ip-permission.group-id egress.ip-permission.group-name egress.ip-permission.ipv6-cidr
                    egress.ip-permission.prefix-list-id egress.ip-permission.protocol egress.ip-permission.to-port
                    egress.ip-permission.user-id group-id group-name ip-permission.cidr ip-permission.from-port
                    ip-permission.group-id ip-permission.group-name ip-permission.ipv6-cidr
                    ip-permission.prefix-list-id ip-permission.protocol ip-permission.to-port ip-permission.user-id
                    owner-id tag-key tag:Name vpc-id
                DescribeSecurityGroupRules: group-id security-group-rule-id tag:Name
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/security-groups
                POST /v1/security-groups
                GET /v1/security-groups/{id}
                DELETE /v1/security-groups/{id}
                GET /v1/security-groups/{group}/rules
                POST /v1/security-groups/{group}/rules | {"direction":"ingress","protocol":"all","cidr":"10.0.0.0/8"}
                GET /v1/security-groups/{group}/rules/{id}
                PUT /v1/security-groups/{group}/rules/{id} | {"protocol":"all","cidr":"10.0.0.0/8"}
                DELETE /v1/security-groups/{group}/rules/{id}
                """;
    }
}
