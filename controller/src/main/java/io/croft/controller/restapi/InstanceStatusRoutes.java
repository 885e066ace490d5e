package io.croft.controller.restapi;

import io.croft.controller.compute.Instances;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.rest.tenant.InstanceStatus;
import io.croft.rest.tenant.Slice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The checks of all instances at once. */
@RestController
@RequestMapping("/v1/instance-statuses")
class InstanceStatusRoutes {
    private final Instances instances;

    InstanceStatusRoutes(Instances instances) {
        this.instances = instances;
    }

    /** Those that do not run as well. Filters: {@code availability-zone}, {@code instance-state-code}, {@code instance-state-name}. */
    @GetMapping
    Slice<InstanceStatus> list(Caller caller, Query query) {
        return Slices.of(instances.describeStatus(caller, query, true), InstanceForm::status);
    }
}
