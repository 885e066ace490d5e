package io.croft.controller.restapi.network.internetgateway;

import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.network.internetgateway.InternetGatewayView;
import io.croft.controller.network.internetgateway.InternetGateways;
import io.croft.controller.restapi.kit.Answers;
import io.croft.controller.restapi.kit.Creations;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.network.internetgateway.InternetGateway;
import io.croft.rest.tenant.network.internetgateway.NewGatewayAttachment;
import io.croft.rest.tenant.network.internetgateway.NewInternetGateway;
import io.croft.types.ErrorCode;
import io.croft.types.InternetGatewayId;
import io.croft.types.VpcId;
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
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Internet gateways. */
@RestController
@RequestMapping(InternetGatewayRoutes.PATH)
class InternetGatewayRoutes {
    static final String PATH = "/v1/internet-gateways";

    private final InternetGateways gateways;
    private final Creations creations;

    InternetGatewayRoutes(InternetGateways gateways, Creations creations) {
        this.gateways = gateways;
        this.creations = creations;
    }

    @GetMapping
    Slice<InternetGateway> list(Caller caller, Query query) {
        return Slices.of(gateways.describe(caller, query), InternetGatewayRoutes::form);
    }

    @GetMapping("/{id}")
    InternetGateway show(Caller caller, @PathVariable String id) {
        return form(find(caller, id));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<InternetGateway> create(
            Caller caller,
            @RequestBody NewInternetGateway request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var id = creations.once(
                caller,
                "POST " + PATH,
                key,
                request,
                () -> gateways.create(caller, Values.map(request.tags())).value());
        return Answers.created(PATH, id, show(caller, id));
    }

    /** Deletes a gateway that is attached to no VPC. */
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(Caller caller, @PathVariable InternetGatewayId id) {
        gateways.delete(caller, id);
    }

    /** Attaches a gateway to a VPC; for anything to leave it, a route to the gateway is needed, too. */
    @PostMapping("/{id}/attachment")
    InternetGateway attach(
            Caller caller, @PathVariable InternetGatewayId id, @RequestBody NewGatewayAttachment request) {
        find(caller, id.value());
        gateways.attach(caller, id, new VpcId(request.vpcId()));
        return show(caller, id.value());
    }

    /** Takes a gateway out of its VPC: nothing leaves that any more. */
    @DeleteMapping("/{id}/attachment")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void detach(Caller caller, @PathVariable InternetGatewayId id) {
        var vpc = find(caller, id.value()).vpc();
        if (vpc == null) {
            throw new CloudException(
                    ErrorCode.GATEWAY_NOT_ATTACHED, "The internet gateway '" + id + "' is attached to no VPC");
        }
        gateways.detach(caller, id, vpc);
    }

    private InternetGatewayView find(Caller caller, String id) {
        return Slices.only(gateways.describe(caller, Slices.one(id)));
    }

    private static InternetGateway form(InternetGatewayView gateway) {
        var vpc = gateway.vpc();
        return new InternetGateway(
                gateway.id().value(), vpc == null ? null : vpc.value(), new TreeMap<>(gateway.tags()));
    }
}
