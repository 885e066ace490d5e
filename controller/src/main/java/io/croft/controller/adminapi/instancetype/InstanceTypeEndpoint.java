package io.croft.controller.adminapi.instancetype;

import io.croft.controller.context.Caller;
import io.croft.controller.context.Query;
import io.croft.controller.instancetype.InstanceTypeView;
import io.croft.controller.instancetype.InstanceTypes;
import io.croft.rest.InstanceTypeResource;
import io.croft.rest.Items;
import io.croft.rest.NewInstanceType;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The instance types: EC2's own and the operator's. */
@RestController
@RequestMapping("/admin/v1/instance-types")
class InstanceTypeEndpoint {
    private final InstanceTypes types;

    InstanceTypeEndpoint(InstanceTypes types) {
        this.types = types;
    }

    @GetMapping
    Items<InstanceTypeResource> list(Caller operator) {
        return new Items<>(types.describe(operator, Query.ALL).items().stream()
                .map(InstanceTypeEndpoint::resource)
                .toList());
    }

    @PutMapping("/{name}")
    InstanceTypeResource define(Caller operator, @PathVariable String name, @RequestBody NewInstanceType request) {
        var type = new InstanceTypeView(
                name,
                request.vcpus(),
                request.threadsPerCore(),
                request.memoryMib(),
                request.architecture(),
                request.burstable(),
                request.maxInterfaces());
        types.define(operator, type);
        return resource(type);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(Caller operator, @PathVariable String name) {
        types.remove(operator, name);
    }

    private static InstanceTypeResource resource(InstanceTypeView type) {
        return new InstanceTypeResource(
                type.name(),
                type.vcpus(),
                type.threadsPerCore(),
                type.memoryMib(),
                type.architecture(),
                type.architectures(),
                type.burstable(),
                type.maxInterfaces(),
                type.builtIn());
    }
}
