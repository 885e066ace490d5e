package io.croft.controller.restapi;

import io.croft.controller.compute.CpuCredits;
import io.croft.controller.compute.Instances;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.rest.ConsoleText;
import io.croft.rest.tenant.InstanceCpuCredits;
import io.croft.rest.tenant.InstancePasswordData;
import io.croft.rest.tenant.InstanceStatus;
import io.croft.rest.tenant.InstanceUserData;
import io.croft.rest.tenant.LaunchTemplateData;
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
    private final CpuCredits credits;

    InstanceDetailRoutes(Instances instances, CpuCredits credits) {
        this.instances = instances;
        this.credits = credits;
    }

    @GetMapping("/status")
    InstanceStatus status(Caller caller, @PathVariable String id) {
        return InstanceForm.status(Slices.only(instances.describeStatus(caller, Slices.one(id), true)));
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
        var output = instances.consoleOutput(caller, id);
        return new ConsoleText(id.value(), output.read().toString(), Objects.requireNonNullElse(output.output(), ""));
    }

    /**
     * A picture of the screen.
     *
     * @param wake presses a key first, for a screen that has gone blank
     */
    @GetMapping(value = "/screenshot", produces = MediaType.IMAGE_PNG_VALUE)
    byte[] screenshot(Caller caller, @PathVariable InstanceId id, @RequestParam(defaultValue = "false") boolean wake) {
        return instances
                .consoleScreenshot(caller, id, wake)
                .map(Base64.getDecoder()::decode)
                .orElseThrow(() -> new CloudException(ErrorCode.UNAVAILABLE, "The screen cannot be read right now."));
    }
}
