package io.croft.controller.network.routetable;

import io.croft.controller.ec2api.Tenant;
import io.croft.controller.fixture.NounFixture;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;

/** Route tables in the tests of all nouns. */
public final class RouteTableFixture implements NounFixture {
    @Override
    public Map<String, String> make(Tenant tenant, BeanFactory beans) {
        var main = tenant.ec2.describeRouteTables().routeTables().getFirst();
        var table = tenant.ec2.createRouteTable(r -> r.vpcId(main.vpcId())).routeTable();
        return Map.of(
                "route-table",
                table.routeTableId(),
                "association",
                main.associations().getFirst().routeTableAssociationId(),
                "gateway",
                main.routes().getLast().gatewayId());
    }

    @Override
    public String actions() {
        return """
                CreateRouteTable       | VpcId={vpc}                            | InvalidVpcID.NotFound
                DeleteRouteTable       | RouteTableId={route-table}             | InvalidRouteTableID.NotFound
                DescribeRouteTables    | RouteTableId.1={route-table}           | InvalidRouteTableID.NotFound
                CreateRoute ReplaceRoute \
                    | RouteTableId={route-table}&DestinationCidrBlock=0.0.0.0/0&GatewayId={gateway} | InvalidRouteTableID.NotFound
                DeleteRoute | RouteTableId={route-table}&DestinationCidrBlock=0.0.0.0/0 | InvalidRouteTableID.NotFound
                AssociateRouteTable    | RouteTableId={route-table}&SubnetId={subnet} | InvalidRouteTableID.NotFound
                DisassociateRouteTable | AssociationId={association}            | InvalidAssociationID.NotFound
                ReplaceRouteTableAssociation \
                    | AssociationId={association}&RouteTableId={route-table}    | InvalidAssociationID.NotFound
                """;
    }

    @Override
    public String refusals() {
        return """
                CreateRoute | {to}&DestinationCidrBlock=172.31.0.0/16&GatewayId={gateway} | InvalidParameterValue
                CreateRoute | {to}&DestinationCidrBlock=172.31.7.0/24&GatewayId={gateway} | InvalidParameterValue
                CreateRoute | {to}&DestinationCidrBlock=169.254.0.0/16&GatewayId={gateway} | InvalidParameterValue
                CreateRoute | {to}&DestinationCidrBlock=x&GatewayId={gateway}             | InvalidParameterValue
                CreateRoute | {to}&DestinationCidrBlock=0.0.0.0/0                         | MissingParameter
                CreateRoute | {to}&DestinationCidrBlock=0.0.0.0/0&GatewayId=igw-00000000000000000 | InvalidGatewayID.NotFound
                CreateRoute | {to}&DestinationCidrBlock=0.0.0.0/0&GatewayId={internet-gateway} | InvalidParameterValue
                CreateRoute | {to}&DestinationCidrBlock=0.0.0.0/0&NatGatewayId=nat-0123456789abcdef0 | UnsupportedOperation
                CreateRoute | {to}&DestinationIpv6CidrBlock=::/0&GatewayId={gateway}      | UnsupportedOperation
                ReplaceRoute | {to}&DestinationCidrBlock=10.0.0.0/8&GatewayId={gateway}   | InvalidParameterValue
                DeleteRoute | {to}&DestinationCidrBlock=10.0.0.0/8                        | InvalidRoute.NotFound
                DeleteRoute | {to}&DestinationCidrBlock=172.31.0.0/16                     | InvalidParameterValue
                DisassociateRouteTable | AssociationId={association}                      | InvalidParameterValue
                DisassociateRouteTable | AssociationId=x                                  | InvalidAssociationID.NotFound
                DescribeRouteTables    | RouteTableId.1=                                  | InvalidRouteTableId.Malformed
                """.replace("{to}", "RouteTableId={route-table}");
    }

    @Override
    public String filters() {
        return """
                DescribeRouteTables: association.gateway-id association.route-table-association-id
                    association.route-table-id association.subnet-id association.main owner-id route-table-id
                    route.destination-cidr-block route.destination-ipv6-cidr-block route.destination-prefix-list-id
                    route.egress-only-internet-gateway-id route.gateway-id route.instance-id route.nat-gateway-id
                    route.transit-gateway-id route.origin route.state route.vpc-peering-connection-id tag-key
                    tag:Name vpc-id
                """;
    }

    @Override
    public String routes() {
        return """
                GET /v1/route-tables
                POST /v1/route-tables
                GET /v1/route-tables/{id}
                DELETE /v1/route-tables/{id}
                POST /v1/route-tables/{id}/routes | {"destination":"0.0.0.0/0","target":"igw-0123456789abcdef0"}
                DELETE /v1/route-tables/{id}/routes
                POST /v1/route-tables/{id}/associations | {}
                DELETE /v1/route-tables/{table}/associations/{id}
                """;
    }
}
