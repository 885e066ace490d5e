package io.croft.controller.restapi.compute.instance;

import io.croft.controller.compute.instance.CpuCredits;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.operation.HostVerbs;
import io.croft.controller.compute.status.InstanceStatuses;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.restapi.kit.Slices;
import io.croft.rest.ConsoleText;
import io.croft.rest.tenant.compute.instance.InstanceCpuCredits;
import io.croft.rest.tenant.compute.instance.InstancePasswordData;
import io.croft.rest.tenant.compute.instance.InstanceStatus;
import io.croft.rest.tenant.compute.instance.InstanceUserData;
import io.croft.rest.tenant.compute.launchtemplate.LaunchTemplateData;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import java.util.Base64;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What one asks of a single instance beside its state. */
@RestController
@RequestMapping("/v1/instances/{id}")
class InstanceDetailRoutes {
    private final Instances instances;
    private final InstanceStatuses statuses;
    private final HostVerbs verbs;
    private final CpuCredits credits;

    InstanceDetailRoutes(Instances instances, InstanceStatuses statuses, HostVerbs verbs, CpuCredits credits) {
        this.instances = instances;
        this.statuses = statuses;
        this.verbs = verbs;
        this.credits = credits;
    }

    @GetMapping("/status")
    InstanceStatus status(Caller caller, @PathVariable String id) {
        return InstanceForm.status(Slices.only(statuses.describe(caller, Slices.one(id), true)));
    }

    @GetMapping("/user-data")
    InstanceUserData userData(Caller caller, @PathVariable InstanceId id) {
        return new InstanceUserData(id.value(), instances.userData(caller, id).orElse(null));
    }

    /** What a launch template says that makes more of its kind; what belongs to the one instance, such as its addresses, is left out. */
    @GetMapping("/launch-template-data")
    LaunchTemplateData launchTemplateData(Caller caller, @PathVariable String id) {
        var instance = Slices.only(instances.describe(caller, Slices.one(id)));
        return InstanceForm.template(
                instance, instances.userData(caller, instance.id()).orElse(null));
    }

    /** Of an instance whose type is burstable. */
    @GetMapping("/cpu-credits")
    InstanceCpuCredits cpuCredits(Caller caller, @PathVariable String id) {
        return new InstanceCpuCredits(Slices.only(credits.describe(caller, Slices.one(id))), CpuCredits.UNLIMITED);
    }

    @GetMapping("/password-data")
    InstancePasswordData passwordData(Caller caller, @PathVariable String id) {
        var instance = Slices.only(instances.describe(caller, Slices.one(id)));
        return new InstancePasswordData(
                instance.id().value(), instance.launched().toString(), instance.passwordData());
    }

    @GetMapping("/console")
    ConsoleText console(Caller caller, @PathVariable InstanceId id) {
        var output = verbs.console(caller, id);
        return new ConsoleText(id.value(), output.read().toString(), Objects.requireNonNullElse(output.output(), ""));
    }

    /**
     * A picture of the screen.
     *
     * @param wake presses a key first, for a screen that has gone blank
     */
    @GetMapping(value = "/screenshot", produces = MediaType.IMAGE_PNG_VALUE)
    byte[] screenshot(Caller caller, @PathVariable InstanceId id, @RequestParam(defaultValue = "false") boolean wake) {
        return verbs.screenshot(caller, id, wake)
                .map(Base64.getDecoder()::decode)
                .orElseThrow(() -> new CloudException(ErrorCode.UNAVAILABLE, "The screen cannot be read right now."));
    }
}
