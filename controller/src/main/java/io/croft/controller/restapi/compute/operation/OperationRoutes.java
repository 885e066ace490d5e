package io.croft.controller.restapi.compute.operation;

import io.croft.controller.compute.operation.Operations;
import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.restapi.kit.Slices;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.compute.instance.Operation;
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

    /**
     * The newest first: launches while their instances are shown, all else of the last 90 days, also what an instance did by itself. Filters: {@code kind}, {@code state}, {@code target}.
     */
    @GetMapping
    Slice<Operation> list(Caller caller, Query query) {
        return Slices.of(operations.list(caller, query), OperationForm::write);
    }

    @GetMapping("/{id}")
    Operation show(Caller caller, @PathVariable String id) {
        return OperationForm.write(operations.find(caller, id));
    }
}
