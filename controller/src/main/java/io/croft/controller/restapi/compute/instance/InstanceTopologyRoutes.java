package io.croft.controller.restapi.compute.instance;

import io.croft.controller.compute.instance.InstanceTopologies;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.restapi.kit.Slices;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.compute.instance.InstanceTopology;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How near instances are to each other. */
@RestController
@RequestMapping("/v1/instance-topologies")
class InstanceTopologyRoutes {
    private final InstanceTopologies topologies;

    InstanceTopologyRoutes(InstanceTopologies topologies) {
        this.topologies = topologies;
    }

    /** At most 100 at once. Filters: {@code availability-zone}, {@code instance-type}, {@code zone-id}. */
    @GetMapping
    Slice<InstanceTopology> list(Caller caller, Query query) {
        return Slices.of(
                topologies.describe(caller, query, List.of()),
                t -> new InstanceTopology(t.id().value(), t.instanceType(), t.zone(), t.group(), t.networkNodes()));
    }
}
