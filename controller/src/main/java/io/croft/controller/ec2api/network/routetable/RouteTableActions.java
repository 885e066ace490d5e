package io.croft.controller.ec2api.network.routetable;

import io.croft.controller.awsedge.Action;
import io.croft.controller.awsedge.ActionGroup;
import io.croft.controller.awsedge.ActionGroup.BadValue;
import io.croft.controller.awsedge.Given;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.ec2api.kit.Ec2Service;
import io.croft.controller.ec2api.kit.Queries;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.network.routetable.RouteTableView;
import io.croft.controller.network.routetable.RouteTables;
import io.croft.types.ErrorCode;
import io.croft.types.InternetGatewayId;
import io.croft.types.ResourceType;
import io.croft.types.RouteTableAssociationId;
import io.croft.types.RouteTableId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.AssociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteResponse;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.CreateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteResponse;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DeleteRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRouteTablesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableRequest;
import software.amazon.awssdk.services.ec2.model.DisassociateRouteTableResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteResponse;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationRequest;
import software.amazon.awssdk.services.ec2.model.ReplaceRouteTableAssociationResponse;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteTable;
import software.amazon.awssdk.services.ec2.model.RouteTableAssociation;

/** The actions on route tables. Routes lead to internet gateways: any other target is refused by name. */
@ActionGroup(
        service = Ec2Service.NAME,
        badValues = {
            @BadValue(of = "RouteTableId", is = ErrorCode.ROUTE_TABLE_ID_MALFORMED),
            @BadValue(of = "GatewayId", is = ErrorCode.GATEWAY_NOT_FOUND),
            @BadValue(
                    of = {"DisassociateRouteTable.AssociationId", "ReplaceRouteTableAssociation.AssociationId"},
                    is = ErrorCode.ASSOCIATION_NOT_FOUND)
        })
class RouteTableActions {
    private final RouteTables tables;

    RouteTableActions(RouteTables tables) {
        this.tables = tables;
    }

    @Action(supports = {"VpcId", "ClientToken", "TagSpecification.*"})
    CreateRouteTableResponse createRouteTable(Caller caller, CreateRouteTableRequest request) {
        var id = tables.create(
                caller,
                new VpcId(Given.value(request.vpcId(), "VpcId")),
                TagForm.specified(request.tagSpecifications(), ResourceType.ROUTE_TABLE),
                request.clientToken());
        return CreateRouteTableResponse.builder()
                .routeTable(table(tables.describe(caller, Query.ofIds(List.of(id.value())))
                        .items()
                        .getFirst()))
                .build();
    }

    @Action(supports = "RouteTableId")
    DeleteRouteTableResponse deleteRouteTable(Caller caller, DeleteRouteTableRequest request) {
        tables.delete(caller, id(request.routeTableId()));
        return DeleteRouteTableResponse.builder().build();
    }

    @Action(supports = {"RouteTableId", "Filter.*", "MaxResults", "NextToken"})
    DescribeRouteTablesResponse describeRouteTables(Caller caller, DescribeRouteTablesRequest request) {
        var page = tables.describe(
                caller,
                Queries.of(request.routeTableIds(), request.filters(), request.maxResults(), request.nextToken()));
        return DescribeRouteTablesResponse.builder()
                .routeTables(page.items().stream().map(RouteTableActions::table).toList())
                .nextToken(page.nextToken())
                .build();
    }

    @Action(supports = {"RouteTableId", "DestinationCidrBlock", "GatewayId"})
    CreateRouteResponse createRoute(Caller caller, CreateRouteRequest request) {
        tables.createRoute(
                caller,
                id(request.routeTableId()),
                Given.value(request.destinationCidrBlock(), "DestinationCidrBlock"),
                gateway(request.gatewayId()));
        return CreateRouteResponse.builder().returnValue(true).build();
    }

    @Action(supports = {"RouteTableId", "DestinationCidrBlock", "GatewayId"})
    ReplaceRouteResponse replaceRoute(Caller caller, ReplaceRouteRequest request) {
        tables.replaceRoute(
                caller,
                id(request.routeTableId()),
                Given.value(request.destinationCidrBlock(), "DestinationCidrBlock"),
                gateway(request.gatewayId()));
        return ReplaceRouteResponse.builder().build();
    }

    @Action(supports = {"RouteTableId", "DestinationCidrBlock"})
    DeleteRouteResponse deleteRoute(Caller caller, DeleteRouteRequest request) {
        tables.deleteRoute(
                caller,
                id(request.routeTableId()),
                Given.value(request.destinationCidrBlock(), "DestinationCidrBlock"));
        return DeleteRouteResponse.builder().build();
    }

    @Action(supports = {"RouteTableId", "SubnetId"})
    AssociateRouteTableResponse associateRouteTable(Caller caller, AssociateRouteTableRequest request) {
        var made = tables.associate(
                caller, id(request.routeTableId()), new SubnetId(Given.value(request.subnetId(), "SubnetId")));
        return AssociateRouteTableResponse.builder()
                .associationId(made.value())
                .associationState(s -> s.state("associated"))
                .build();
    }

    @Action(supports = "AssociationId")
    DisassociateRouteTableResponse disassociateRouteTable(Caller caller, DisassociateRouteTableRequest request) {
        tables.disassociate(caller, association(request.associationId()));
        return DisassociateRouteTableResponse.builder().build();
    }

    @Action(supports = {"AssociationId", "RouteTableId"})
    ReplaceRouteTableAssociationResponse replaceRouteTableAssociation(
            Caller caller, ReplaceRouteTableAssociationRequest request) {
        var made = tables.replaceAssociation(caller, association(request.associationId()), id(request.routeTableId()));
        return ReplaceRouteTableAssociationResponse.builder()
                .newAssociationId(made.value())
                .associationState(s -> s.state("associated"))
                .build();
    }

    private static RouteTableId id(@Nullable String id) {
        return new RouteTableId(Given.value(id, "RouteTableId"));
    }

    private static InternetGatewayId gateway(@Nullable String id) {
        return new InternetGatewayId(Given.value(id, "GatewayId"));
    }

    private static RouteTableAssociationId association(@Nullable String id) {
        return new RouteTableAssociationId(Given.value(id, "AssociationId"));
    }

    private static RouteTable table(RouteTableView table) {
        return RouteTable.builder()
                .routeTableId(table.id().value())
                .vpcId(table.vpc().value())
                .ownerId(table.owner().value())
                .routes(table.routes().stream().map(RouteTableActions::route).toList())
                .associations(table.associations().stream()
                        .map(a -> association(table, a))
                        .toList())
                .propagatingVgws(List.of())
                .tags(TagForm.write(table.tags()))
                .build();
    }

    private static Route route(RouteTableView.Route route) {
        return Route.builder()
                .destinationCidrBlock(route.destination().value())
                .gatewayId(Objects.requireNonNullElse(route.target(), "local"))
                .origin(route.local() ? "CreateRouteTable" : "CreateRoute")
                .state(route.active() ? "active" : "blackhole")
                .build();
    }

    private static RouteTableAssociation association(RouteTableView table, RouteTableView.Association association) {
        var subnet = association.subnet();
        return RouteTableAssociation.builder()
                .routeTableAssociationId(association.id().value())
                .routeTableId(table.id().value())
                .main(association.main())
                .subnetId(subnet == null ? null : subnet.value())
                .associationState(s -> s.state("associated"))
                .build();
    }
}
