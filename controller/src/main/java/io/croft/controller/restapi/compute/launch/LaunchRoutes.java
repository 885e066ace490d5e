package io.croft.controller.restapi.compute.launch;

import io.croft.controller.compute.launch.Launches;
import io.croft.controller.compute.launch.TemplateLaunch;
import io.croft.controller.compute.operation.Operations;
import io.croft.controller.context.Caller;
import io.croft.controller.restapi.compute.launchspec.LaunchSpecForm;
import io.croft.controller.restapi.compute.launchtemplate.LaunchTemplateForm;
import io.croft.controller.restapi.compute.operation.OperationForm;
import io.croft.rest.tenant.compute.instance.NewInstances;
import io.croft.rest.tenant.compute.instance.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Launches instances; the answer is the operation that tells how that goes on. */
@RestController
@RequestMapping("/v1/instances")
class LaunchRoutes {
    private final Launches launches;
    private final Operations operations;

    LaunchRoutes(Launches launches, Operations operations) {
        this.launches = launches;
        this.operations = operations;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<Operation> launch(
            Caller caller,
            @RequestBody NewInstances request,
            @RequestHeader(value = "Idempotency-Key", required = false) @Nullable String key) {
        var spec = LaunchSpecForm.read(request);
        var count = LaunchSpecForm.count(request);
        var template = request.launchTemplate();
        var reservation = template == null
                ? launches.run(caller, spec.complete(count, key))
                : launches.run(
                        caller,
                        new TemplateLaunch(
                                LaunchTemplateForm.reference(template), template.version(), spec, count, key));
        return OperationForm.accepted(operations.launch(caller, reservation.id().value(), reservation.instances()));
    }
}
