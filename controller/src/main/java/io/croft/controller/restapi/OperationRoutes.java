package io.croft.controller.restapi;

import io.croft.controller.context.Caller;
import io.croft.rest.tenant.Operation;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far something is that takes a while. */
@RestController
@RequestMapping("/v1/operations")
class OperationRoutes {
    private final Operations operations;

    OperationRoutes(Operations operations) {
        this.operations = operations;
    }

    @GetMapping("/{id}")
    Operation show(Caller caller, @PathVariable String id) {
        return operations.find(caller, id);
    }
}
