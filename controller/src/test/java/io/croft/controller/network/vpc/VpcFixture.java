package io.croft.controller.network.vpc;

import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.NounFixture;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** VPCs and subnets in the tests of all nouns: those of every account. */
public final class VpcFixture implements NounFixture {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        return Map.of(
                "vpc", tenant.ec2.describeVpcs().vpcs().getFirst().vpcId(),
                "subnet", tenant.ec2.describeSubnets().subnets().getFirst().subnetId());
    }

    @Override
    public String actions() {
        return """
                DescribeVpcs                     | VpcId.1={vpc}       | InvalidVpcID.NotFound
                DescribeVpcClassicLink           | VpcId.1={vpc}       | InvalidVpcID.NotFound
                DescribeVpcClassicLinkDnsSupport | VpcIds.1={vpc}      | InvalidVpcID.NotFound
                ModifyVpcAttribute   | VpcId={vpc}&EnableDnsHostnames.Value=false | InvalidVpcID.NotFound
                DescribeVpcAttribute | VpcId={vpc}&Attribute=enableDnsSupport     | InvalidVpcID.NotFound
                DescribeSubnets                  | SubnetId.1={subnet} | InvalidSubnetID.NotFound
                """;
    }

    @Override
    public String refusals() {
        return """
                DescribeVpcs    | VpcId.1=    | InvalidVpcID.NotFound
                DescribeSubnets | SubnetId.1= | InvalidSubnetID.NotFound
                RunInstances | {launch}&SubnetId= | InvalidSubnetID.NotFound
                """;
    }

    @Override
    public String filters() {
        return """
                DescribeVpcs: cidr cidr-block-association.association-id cidr-block-association.cidr-block
                    cidr-block-association.state dhcp-options-id ipv6-cidr-block-association.association-id
                    ipv6-cidr-block-association.ipv6-cidr-block ipv6-cidr-block-association.ipv6-pool
                    ipv6-cidr-block-association.state is-default owner-id state tag-key tag:Name vpc-id
                DescribeSubnets: availability-zone availability-zone-id available-ip-address-count cidr-block
                    customer-owned-ipv4-pool default-for-az enable-dns64 enable-lni-at-device-index
                    ipv6-cidr-block-association.association-id ipv6-cidr-block-association.ipv6-cidr-block
                    ipv6-cidr-block-association.state ipv6-native map-customer-owned-ip-on-launch
                    map-public-ip-on-launch outpost-arn owner-id
                    private-dns-name-options-on-launch.enable-resource-name-dns-a-record
                    private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record
                    private-dns-name-options-on-launch.hostname-type state subnet-arn subnet-id tag-key tag:Name
                    vpc-id
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/vpcs
                GET /v1/vpcs/{id}
                GET /v1/subnets
                GET /v1/subnets/{id}
                """;
    }
}
