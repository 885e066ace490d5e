package io.croft.controller.ec2api.network.vpc;

import static io.croft.controller.ec2api.Tenant.filter;
import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.CroftController;
import io.croft.controller.ec2api.EdgeWorld;
import io.croft.controller.ec2api.Tenant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/** VPCs from their first request to their last, with all that is in them, as EC2's clients see them. */
@SpringBootTest(classes = CroftController.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(EdgeWorld.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("unchecked") // the SDK's builders take arrays of lambdas
class VpcLifeIT {
    @Autowired
    EdgeWorld.Tenants tenants;

    @Autowired
    JdbcClient jdbc;

    private Tenant tenant;
    private Ec2Client ec2;

    @BeforeAll
    void start() {
        tenant = tenants.create("vpc-life");
        ec2 = tenant.ec2;
    }

    private String code(String request) {
        var body = tenant.send("ec2", request).body();
        var start = body.indexOf("<Code>");
        return start < 0 ? "" : body.substring(start + 6, body.indexOf("</Code>"));
    }

    private RouteTable main(String vpc) {
        return ec2.describeRouteTables(r -> r.filters(filter("vpc-id", vpc), filter("association.main", "true")))
                .routeTables()
                .getFirst();
    }

    private static List<String> routes(RouteTable table) {
        return table.routes().stream()
                .map(r -> r.destinationCidrBlock() + " " + r.gatewayId() + " " + r.stateAsString() + " "
                        + r.originAsString())
                .toList();
    }

    /** Accounts of before keep their way out: what was without a name is a gateway and a route to it. */
    @Test
    void theDefaultVpcLeadsOut() {
        var vpc = ec2.describeVpcs(r -> r.filters(filter("is-default", "true")))
                .vpcs()
                .getFirst()
                .vpcId();
        var gateway = ec2.describeInternetGateways(r -> r.filters(filter("attachment.vpc-id", vpc)))
                .internetGateways()
                .getFirst();
        assertThat(gateway.attachments()).singleElement().satisfies(a -> {
            assertThat(a.vpcId()).isEqualTo(vpc);
            assertThat(a.stateAsString()).isEqualTo("available");
        });
        assertThat(routes(main(vpc)))
                .containsExactly(
                        "172.31.0.0/16 local active CreateRouteTable",
                        "0.0.0.0/0 " + gateway.internetGatewayId() + " active CreateRoute");
        assertThat(ec2.describeNetworkAcls(r -> r.filters(filter("vpc-id", vpc), filter("default", "true")))
                        .networkAcls())
                .singleElement()
                .satisfies(a -> assertThat(a.entries()).hasSize(4));
    }

    @Test
    void aVpcComesWithItsPartsAndGoesWithThem() {
        var vpc = ec2.createVpc(r -> r.cidrBlock("10.9.1.1/16")
                        .tagSpecifications(t ->
                                t.resourceType("vpc").tags(x -> x.key("Name").value("mine"))))
                .vpc();
        var id = vpc.vpcId();
        assertThat(vpc.cidrBlock()).isEqualTo("10.9.0.0/16");
        assertThat(vpc.tags()).hasSize(1);
        assertThat(routes(main(id))).containsExactly("10.9.0.0/16 local active CreateRouteTable");
        assertThat(ec2.describeSecurityGroups(r -> r.filters(filter("vpc-id", id), filter("group-name", "default")))
                        .securityGroups())
                .hasSize(1);
        var subnet = ec2.createSubnet(r -> r.vpcId(id).cidrBlock("10.9.1.0/24")).subnet();
        assertThat(subnet.mapPublicIpOnLaunch()).isFalse();
        assertThat(subnet.defaultForAz()).isFalse();
        assertThat(subnet.availableIpAddressCount()).isEqualTo(251);
        ec2.modifySubnetAttribute(r -> r.subnetId(subnet.subnetId()).mapPublicIpOnLaunch(a -> a.value(true)));
        assertThat(ec2.describeSubnets(r -> r.subnetIds(subnet.subnetId()))
                        .subnets()
                        .getFirst()
                        .mapPublicIpOnLaunch())
                .isTrue();
        assertThat(code("Action=DeleteVpc&VpcId=" + id)).isEqualTo("DependencyViolation");
        ec2.deleteSubnet(r -> r.subnetId(subnet.subnetId()));
        ec2.deleteVpc(r -> r.vpcId(id));
        assertThat(code("Action=DescribeVpcs&VpcId.1=" + id)).isEqualTo("InvalidVpcID.NotFound");
        assertThat(ec2.describeTags(r -> r.filters(filter("resource-id", id))).tags())
                .isEmpty();
        for (var table :
                List.of("security_group", "route_table", "route_table_association", "network_acl", "vpc_cidr")) {
            assertThat(jdbc.sql("SELECT count(*) FROM " + table + " WHERE vpc = :vpc")
                            .param("vpc", id)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void blocksComeAndGo() {
        var id = ec2.createVpc(r -> r.cidrBlock("10.10.0.0/16")).vpc().vpcId();
        var block = ec2.associateVpcCidrBlock(r -> r.vpcId(id).cidrBlock("10.11.0.0/16"))
                .cidrBlockAssociation();
        assertThat(block.cidrBlockState().stateAsString()).isEqualTo("associating");
        assertThat(ec2.describeVpcs(r -> r.filters(filter("cidr-block-association.cidr-block", "10.11.0.0/16")))
                        .vpcs())
                .singleElement()
                .satisfies(v -> assertThat(v.cidrBlockAssociationSet()).hasSize(2));
        var subnet =
                ec2.createSubnet(r -> r.vpcId(id).cidrBlock("10.11.3.0/24")).subnet();
        assertThat(routes(main(id)))
                .containsExactly(
                        "10.10.0.0/16 local active CreateRouteTable", "10.11.0.0/16 local active CreateRouteTable");
        var disassociate = "Action=DisassociateVpcCidrBlock&AssociationId=" + block.associationId();
        assertThat(code(disassociate)).isEqualTo("DependencyViolation");
        assertThat(code("Action=CreateSubnet&VpcId=" + id + "&CidrBlock=10.12.0.0/24"))
                .isEqualTo("InvalidSubnet.Range");
        ec2.deleteSubnet(r -> r.subnetId(subnet.subnetId()));
        assertThat(code(disassociate)).isEmpty();
        assertThat(code(disassociate)).isEqualTo("InvalidVpcCidrBlockAssociationID.NotFound");
        ec2.deleteVpc(r -> r.vpcId(id));
    }

    @Test
    void routesLeadToTheGatewayThatIsThere() {
        var id = ec2.createVpc(r -> r.cidrBlock("10.13.0.0/16")).vpc().vpcId();
        var subnet = ec2.createSubnet(r -> r.vpcId(id).cidrBlock("10.13.1.0/24"))
                .subnet()
                .subnetId();
        var gateway = ec2.createInternetGateway().internetGateway().internetGatewayId();
        var table = ec2.createRouteTable(r -> r.vpcId(id)).routeTable().routeTableId();
        var route = "&RouteTableId=" + table + "&DestinationCidrBlock=0.0.0.0/0&GatewayId=" + gateway;
        assertThat(code("Action=CreateRoute" + route))
                .as("before it is attached")
                .isEqualTo("InvalidParameterValue");
        ec2.attachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(id));
        assertThat(code("Action=AttachInternetGateway&InternetGatewayId=" + gateway + "&VpcId=" + id))
                .isEqualTo("Resource.AlreadyAssociated");
        assertThat(code("Action=CreateRoute" + route)).isEmpty();
        assertThat(code("Action=CreateRoute" + route)).isEqualTo("RouteAlreadyExists");
        assertThat(code("Action=ReplaceRoute" + route)).isEmpty();
        var association = ec2.associateRouteTable(r -> r.routeTableId(table).subnetId(subnet))
                .associationId();
        assertThat(code("Action=AssociateRouteTable&RouteTableId=" + table + "&SubnetId=" + subnet))
                .isEqualTo("Resource.AlreadyAssociated");
        assertThat(code("Action=DeleteRouteTable&RouteTableId=" + table)).isEqualTo("DependencyViolation");
        assertThat(code("Action=DeleteVpc&VpcId=" + id)).isEqualTo("DependencyViolation");
        assertThat(ec2.describeRouteTables(r -> r.filters(filter("association.subnet-id", subnet)))
                        .routeTables())
                .singleElement()
                .satisfies(t -> assertThat(t.routeTableId()).isEqualTo(table));
        ec2.detachInternetGateway(r -> r.internetGatewayId(gateway).vpcId(id));
        assertThat(ec2.describeRouteTables(r -> r.filters(filter("route.state", "blackhole"), filter("vpc-id", id)))
                        .routeTables())
                .singleElement()
                .satisfies(t ->
                        assertThat(routes(t).getLast()).isEqualTo("0.0.0.0/0 " + gateway + " blackhole CreateRoute"));
        ec2.deleteInternetGateway(r -> r.internetGatewayId(gateway));
        var main = main(id);
        var replaced = ec2.replaceRouteTableAssociation(
                        r -> r.associationId(main.associations().getFirst().routeTableAssociationId())
                                .routeTableId(table))
                .newAssociationId();
        assertThat(main(id).routeTableId()).isEqualTo(table);
        assertThat(code("Action=DisassociateRouteTable&AssociationId=" + replaced))
                .as("the main one's")
                .isEqualTo("InvalidParameterValue");
        ec2.disassociateRouteTable(r -> r.associationId(association));
        assertThat(code("Action=DeleteRoute&RouteTableId=" + table + "&DestinationCidrBlock=0.0.0.0/0"))
                .isEmpty();
        assertThat(code("Action=DeleteRouteTable&RouteTableId=" + main.routeTableId()))
                .isEmpty();
        ec2.deleteSubnet(r -> r.subnetId(subnet));
        ec2.deleteVpc(r -> r.vpcId(id));
    }

    /** Instances are launched into any subnet of any VPC; while one is there, neither goes. */
    @Test
    void instancesGoIntoAnySubnet() {
        var image = tenant.image("vpc-life");
        var one = ec2.createVpc(r -> r.cidrBlock("10.14.0.0/16")).vpc().vpcId();
        var other = ec2.createVpc(r -> r.cidrBlock("10.14.0.0/16")).vpc().vpcId();
        for (var vpc : List.of(one, other)) {
            var subnet = ec2.createSubnet(r -> r.vpcId(vpc).cidrBlock("10.14.2.0/28"))
                    .subnet()
                    .subnetId();
            var instance = ec2.runInstances(r -> r.imageId(image)
                            .instanceType("t3.nano")
                            .minCount(1)
                            .maxCount(1)
                            .subnetId(subnet)
                            .privateIpAddress("10.14.2.4"))
                    .instances()
                    .getFirst();
            assertThat(instance.vpcId()).isEqualTo(vpc);
            assertThat(instance.privateIpAddress()).isEqualTo("10.14.2.4");
            assertThat(instance.publicIpAddress()).isNull();
            assertThat(code("Action=DeleteSubnet&SubnetId=" + subnet)).isEqualTo("DependencyViolation");
        }
        var told = jdbc.sql("SELECT body::text FROM host_document WHERE id = :id")
                .param("id", one)
                .query(String.class)
                .list();
        assertThat(told)
                .isNotEmpty()
                .allSatisfy(body ->
                        assertThat(body).contains("\"subnets\": []", "\"otherSubnets\": [{", "\"isDefault\": false"));
    }

    /** What a tenant deletes of what he started with stays deleted until he asks for it. */
    @Test
    void theDefaultVpcGoesAndComesAgain() {
        var own = tenants.create("vpc-default").ec2;
        var vpc = own.describeVpcs().vpcs().getFirst().vpcId();
        own.describeSubnets().subnets().forEach(s -> own.deleteSubnet(r -> r.subnetId(s.subnetId())));
        own.describeInternetGateways().internetGateways().forEach(g -> {
            own.detachInternetGateway(
                    r -> r.internetGatewayId(g.internetGatewayId()).vpcId(vpc));
            own.deleteInternetGateway(r -> r.internetGatewayId(g.internetGatewayId()));
        });
        own.createDefaultSubnet(r -> r.availabilityZone("us-east-1a"));
        own.describeSubnets().subnets().forEach(s -> own.deleteSubnet(r -> r.subnetId(s.subnetId())));
        own.deleteVpc(r -> r.vpcId(vpc));
        assertThat(own.describeVpcs().vpcs()).isEmpty();
        assertThat(own.createDefaultVpc().vpc().isDefault()).isTrue();
        assertThat(own.describeSubnets().subnets()).isNotEmpty().allSatisfy(s -> {
            assertThat(s.defaultForAz()).isTrue();
            assertThat(s.mapPublicIpOnLaunch()).isTrue();
        });
        assertThat(own.describeInternetGateways().internetGateways()).hasSize(1);
    }
}
