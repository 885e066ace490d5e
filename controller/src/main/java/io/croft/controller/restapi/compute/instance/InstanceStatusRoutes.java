package io.croft.controller.restapi.compute.instance;

import io.croft.controller.compute.status.InstanceStatuses;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.restapi.kit.Slices;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.compute.instance.InstanceStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The checks of all instances at once. */
@RestController
@RequestMapping("/v1/instance-statuses")
class InstanceStatusRoutes {
    private final InstanceStatuses statuses;

    InstanceStatusRoutes(InstanceStatuses statuses) {
        this.statuses = statuses;
    }

    /** Those that do not run as well. Filters: {@code availability-zone}, {@code instance-state-code}, {@code instance-state-name}. */
    @GetMapping
    Slice<InstanceStatus> list(Caller caller, Query query) {
        return Slices.of(statuses.describe(caller, query, true), InstanceForm::status);
    }
}
