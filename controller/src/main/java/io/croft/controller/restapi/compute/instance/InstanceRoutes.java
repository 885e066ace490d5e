package io.croft.controller.restapi.compute.instance;

import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.operation.HostVerbs;
import io.croft.controller.compute.operation.OperationKind;
import io.croft.controller.compute.operation.Operations;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Query;
import io.croft.controller.restapi.compute.operation.OperationForm;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restedge.EntityTagMatch;
import io.croft.controller.restedge.EntityTags;
import io.croft.rest.tenant.Slice;
import io.croft.rest.tenant.compute.instance.Instance;
import io.croft.rest.tenant.compute.instance.InstancePatch;
import io.croft.rest.tenant.compute.instance.Operation;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Instances; whatever changes one's state answers with the operation that tells how it goes on. */
@RestController
@RequestMapping("/v1/instances")
class InstanceRoutes {
    private final Instances instances;
    private final HostVerbs verbs;
    private final Operations operations;
    private final EntityTags entityTags;

    InstanceRoutes(Instances instances, HostVerbs verbs, Operations operations, EntityTags entityTags) {
        this.instances = instances;
        this.verbs = verbs;
        this.operations = operations;
        this.entityTags = entityTags;
    }

    @GetMapping
    Slice<Instance> list(Caller caller, Query query) {
        return Slices.of(instances.describe(caller, query), InstanceForm::write);
    }

    @GetMapping("/{id}")
    Instance show(Caller caller, @PathVariable String id) {
        return InstanceForm.write(Slices.only(instances.describe(caller, Slices.one(id))));
    }

    /** Changes what is given, all or none, if the instance is as {@code If-Match} says. */
    @PatchMapping("/{id}")
    ResponseEntity<Instance> change(
            Caller caller,
            @PathVariable InstanceId id,
            @RequestHeader("If-Match") String ifMatch,
            @RequestBody InstancePatch request) {
        var match = EntityTagMatch.parse(ifMatch);
        var changed = InstanceForm.write(instances.modify(
                caller, id, InstanceChanges.read(request), i -> match.holds(entityTags.of(InstanceForm.write(i)))));
        return ResponseEntity.ok().eTag(entityTags.of(changed)).body(changed);
    }

    @PostMapping("/{id}/start")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<Operation> start(Caller caller, @PathVariable InstanceId id) {
        instances.start(caller, List.of(id));
        return OperationForm.accepted(operations.begun(caller, OperationKind.START, id));
    }

    /**
     * Asks the guest to power off.
     *
     * @param force cuts the power instead of asking the guest
     * @param hibernate saves the memory for the next start
     */
    @PostMapping("/{id}/stop")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<Operation> stop(
            Caller caller,
            @PathVariable InstanceId id,
            @RequestParam(defaultValue = "false") boolean force,
            @RequestParam(defaultValue = "false") boolean hibernate) {
        if (force && hibernate) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "The parameters 'force' and 'hibernate' cannot be used together.");
        }
        if (hibernate) {
            instances.hibernate(caller, List.of(id));
        } else {
            instances.stop(caller, List.of(id), force);
        }
        return OperationForm.accepted(operations.begun(caller, OperationKind.STOP, id));
    }

    /** Nothing tells when the guest is through with it: a reboot is no change of state. */
    @PostMapping("/{id}/reboot")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void reboot(Caller caller, @PathVariable InstanceId id) {
        verbs.reboot(caller, List.of(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.ACCEPTED)
    ResponseEntity<Operation> terminate(Caller caller, @PathVariable InstanceId id) {
        instances.terminate(caller, List.of(id));
        return OperationForm.accepted(operations.begun(caller, OperationKind.TERMINATE, id));
    }
}
