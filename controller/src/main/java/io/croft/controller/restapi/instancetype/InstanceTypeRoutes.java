package io.croft.controller.restapi.instancetype;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.instancetype.InstanceTypeOffering.LocationType;
import io.croft.controller.instancetype.InstanceTypeOfferings;
import io.croft.controller.instancetype.InstanceTypeView;
import io.croft.controller.instancetype.InstanceTypes;
import io.croft.controller.restapi.kit.Slices;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.instancetype.InstanceType;
import io.croft.rest.tenant.instancetype.InstanceTypeOffering;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What there is to choose from: instance types, zones and the region, the same for every account. */
@RestController
@RequestMapping("/v1")
class InstanceTypeRoutes {
    private final InstanceTypes types;
    private final InstanceTypeOfferings offerings;

    InstanceTypeRoutes(InstanceTypes types, InstanceTypeOfferings offerings) {
        this.types = types;
        this.offerings = offerings;
    }

    @GetMapping("/instance-types")
    Slice<InstanceType> listTypes(Caller caller, Query query) {
        return Slices.of(types.describe(caller, query), InstanceTypeRoutes::form);
    }

    @GetMapping("/instance-types/{name}")
    InstanceType showType(Caller caller, @PathVariable String name) {
        return form(Slices.only(types.describe(caller, Slices.one(name))));
    }

    /** What can be launched where. Filters: {@code instance-type}, and {@code location} with a zone's name. */
    @GetMapping("/instance-type-offerings")
    Slice<InstanceTypeOffering> listOfferings(Caller caller, Query query) {
        return Slices.of(
                offerings.describe(caller, LocationType.AVAILABILITY_ZONE, query),
                o -> new InstanceTypeOffering(o.type(), o.location()));
    }

    private static InstanceType form(InstanceTypeView type) {
        return new InstanceType(
                type.name(),
                type.vcpus(),
                type.threadsPerCore(),
                type.memoryMib(),
                type.architecture(),
                type.architectures(),
                type.burstable(),
                type.maxInterfaces());
    }
}
