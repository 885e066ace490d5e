package io.croft.controller.restapi.network.routetable;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.network.routetable.RouteTableView;
import io.croft.controller.network.routetable.RouteTables;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Creations;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.network.routetable.NewAssociation;
import io.croft.rest.tenant.network.routetable.NewRoute;
import io.croft.rest.tenant.network.routetable.NewRouteTable;
import io.croft.rest.tenant.network.routetable.RouteTable;
import io.croft.types.ErrorCode;
import io.croft.types.InternetGatewayId;
import io.croft.types.ResourceType;
import io.croft.types.RouteTableAssociationId;
import io.croft.types.RouteTableId;
import io.croft.types.SubnetId;
import io.croft.types.VpcId;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Route tables. */
@RestController
@RequestMapping(RouteTableRoutes.PATH)
class RouteTableRoutes {
    static final String PATH = "/v1/route-tables";

    private final RouteTables tables;
    private final Creations creations;

    RouteTableRoutes(RouteTables tables, Creations creations) {
        this.tables = tables;
        this.creations = creations;
    }

    @GetMapping
    Slice<RouteTable> list(Caller caller, Query query) {
        return Slices.of(tables.describe(caller, query), RouteTableRoutes::form);
    }

    @GetMapping("/{id}")
    RouteTable show(Caller caller, @PathVariable String id) {
        return form(Slices.only(tables.describe(caller, Slices.one(id))));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<RouteTable> create(
            Caller caller,
            @RequestBody NewRouteTable request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var vpc = new VpcId(request.vpcId());
        var id = creations.once(
                caller,
                "POST " + PATH,
                key,
                request,
                () -> tables.create(caller, vpc, Values.map(request.tags()), null)
                        .value());
        return Answers.created(PATH, id, show(caller, id));
    }

    /** Deletes a table that no subnet has. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable RouteTableId id) {
        tables.delete(caller, id);
    }

    /** Lets packets leave for a destination by an internet gateway. */
    @PostMapping("/{id}/routes")
    RouteTable addRoute(Caller caller, @PathVariable RouteTableId id, @RequestBody NewRoute request) {
        tables.createRoute(caller, id, request.destination(), new InternetGatewayId(request.target()));
        return show(caller, id.value());
    }

    /** Takes the route for a destination, such as {@code 0.0.0.0/0}, away. */
    @DeleteMapping("/{id}/routes")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeRoute(
            Caller caller,
            @PathVariable RouteTableId id,
            @RequestParam(required = false) @Nullable String destination) {
        show(caller, id.value());
        if (destination == null) {
            throw new CloudException(ErrorCode.MISSING_PARAMETER, "The request must name the route's destination.");
        }
        tables.deleteRoute(caller, id, destination);
    }

    /** Gives a subnet that has the main table this one, or the VPC as its main one. */
    @PostMapping("/{id}/associations")
    RouteTable associate(Caller caller, @PathVariable RouteTableId id, @RequestBody NewAssociation request) {
        if (request.subnetId() == null) {
            tables.makeMain(caller, id);
        } else {
            tables.associate(caller, id, new SubnetId(request.subnetId()));
        }
        return show(caller, id.value());
    }

    /** Gives the subnet of an association the main table again. */
    @DeleteMapping("/{table}/associations/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void disassociate(Caller caller, @PathVariable RouteTableId table, @PathVariable RouteTableAssociationId id) {
        var known =
                Slices.only(tables.describe(caller, Slices.one(table.value()))).associations();
        if (known.stream().noneMatch(a -> a.id().equals(id))) {
            throw CloudException.missing(ResourceType.ROUTE_TABLE_ASSOCIATION, List.of(id.value()));
        }
        tables.disassociate(caller, id);
    }

    private static RouteTable form(RouteTableView table) {
        return new RouteTable(
                table.id().value(),
                table.vpc().value(),
                table.associations().stream().anyMatch(RouteTableView.Association::main),
                table.routes().stream()
                        .map(r -> new RouteTable.Route(
                                r.destination().value(),
                                Objects.requireNonNullElse(r.target(), "local"),
                                r.active() ? "active" : "blackhole"))
                        .toList(),
                table.associations().stream()
                        .map(a -> new RouteTable.Association(a.id().value(), Objects.toString(a.subnet(), null)))
                        .toList(),
                new TreeMap<>(table.tags()));
    }
}
