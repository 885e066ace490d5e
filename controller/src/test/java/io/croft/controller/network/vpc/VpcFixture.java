package io.croft.controller.network.vpc;

import io.croft.controller.context.Caller;
import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.AccountOwned;
import io.croft.controller.fixture.NounFixture;
import io.croft.controller.identity.AccountHolding;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** VPCs and subnets in the tests of all nouns: those of every account. */
public final class VpcFixture implements NounFixture, AccountOwned {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        var vpc = tenant.ec2.describeVpcs().vpcs().getFirst();
        return Map.of(
                "vpc", vpc.vpcId(),
                "cidr-block", vpc.cidrBlockAssociationSet().getFirst().associationId(),
                "subnet", tenant.ec2.describeSubnets().subnets().getFirst().subnetId());
    }

    @Override
    public String actions() {
        return """
                CreateVpc CreateDefaultVpc CreateDefaultSubnet
                DeleteVpc             | VpcId={vpc}                            | InvalidVpcID.NotFound
                AssociateVpcCidrBlock | VpcId={vpc}&CidrBlock=10.99.0.0/16     | InvalidVpcID.NotFound
                DisassociateVpcCidrBlock | AssociationId={cidr-block} | InvalidVpcCidrBlockAssociationID.NotFound
                CreateSubnet          | VpcId={vpc}&CidrBlock=172.31.240.0/24  | InvalidVpcID.NotFound
                DeleteSubnet          | SubnetId={subnet}                      | InvalidSubnetID.NotFound
                ModifySubnetAttribute | SubnetId={subnet}&MapPublicIpOnLaunch.Value=true | InvalidSubnetID.NotFound
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
                CreateVpc       | CidrBlock=10.0.0.0/15       | InvalidVpc.Range
                CreateVpc       | CidrBlock=10.0.0.0/29       | InvalidVpc.Range
                CreateVpc       | CidrBlock=127.0.0.0/16      | InvalidVpc.Range
                CreateVpc       | CidrBlock=169.254.1.0/24    | InvalidVpc.Range
                CreateVpc       | CidrBlock=198.18.0.0/25     | InvalidVpc.Range
                CreateVpc       | CidrBlock=10.0.0.0          | InvalidParameterValue
                CreateVpc       | CidrBlock=fd00::/20         | InvalidParameterValue
                CreateVpc       | CidrBlock=                  | InvalidParameterValue
                CreateVpc       |                             | MissingParameter
                CreateVpc       | CidrBlock=10.0.0.0/16&InstanceTenancy=dedicated | UnsupportedOperation
                CreateVpc       | CidrBlock=10.0.0.0/16&AmazonProvidedIpv6CidrBlock=true | UnsupportedOperation
                CreateVpc       | CidrBlock=10.0.0.0/16&Ipv4IpamPoolId=ipam-pool-1 | UnsupportedOperation
                CreateDefaultVpc |                            | DefaultVpcAlreadyExists
                CreateDefaultSubnet | AvailabilityZone=us-east-1a | DefaultSubnetAlreadyExistsInAvailabilityZone
                CreateDefaultSubnet | AvailabilityZone=nowhere    | InvalidParameterValue
                DeleteVpc       | VpcId={vpc}                 | DependencyViolation
                DeleteSubnet    | SubnetId={subnet}           | DependencyViolation
                CreateSubnet    | VpcId={vpc}&CidrBlock=172.31.0.0/24 | InvalidSubnet.Conflict
                CreateSubnet    | VpcId={vpc}&CidrBlock=10.0.0.0/24   | InvalidSubnet.Range
                CreateSubnet    | VpcId={vpc}&CidrBlock=172.31.240.0/29 | InvalidSubnet.Range
                CreateSubnet    | VpcId={vpc}&CidrBlock=172.31.240.0/24&AvailabilityZone=nowhere | InvalidParameterValue
                CreateSubnet    | VpcId={vpc}&Ipv6CidrBlock=fd00::/64 | UnsupportedOperation
                AssociateVpcCidrBlock | VpcId={vpc}&CidrBlock=172.31.0.0/24 | InvalidVpc.Range
                DisassociateVpcCidrBlock | AssociationId={cidr-block} | OperationNotPermitted
                ModifySubnetAttribute | SubnetId={subnet}     | InvalidParameterCombination
                ModifySubnetAttribute | SubnetId={subnet}&EnableDns64.Value=true | UnsupportedOperation
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
                POST /v1/vpcs | {"cidr":"10.0.0.0/16"}
                GET /v1/vpcs/{id}
                PATCH /v1/vpcs/{id} | {}
                DELETE /v1/vpcs/{id}
                POST /v1/vpcs/{id}/cidr-blocks | {"cidr":"10.0.0.0/16"}
                DELETE /v1/vpcs/{vpc}/cidr-blocks/{id}
                GET /v1/subnets
                POST /v1/subnets
                GET /v1/subnets/{id}
                PATCH /v1/subnets/{id} | {}
                DELETE /v1/subnets/{id}
                """;
    }

    @Override
    public AccountHolding give(Caller owner, BeanFactory beans) {
        var vpc = beans.getBean(Vpcs.class).create(owner, "10.7.0.0/16", Map.of("a", "b"));
        beans.getBean(Subnets.class).create(owner, vpc.id(), "10.7.1.0/24", null, Map.of("a", "b"));
        return new AccountHolding("vpc", vpc.id().value(), "10.7.0.0/16");
    }
}
