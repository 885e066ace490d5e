package io.croft.controller.restapi;

import io.croft.controller.compute.InstanceStatusView;
import io.croft.controller.compute.Instances;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.rest.ConsoleText;
import io.croft.rest.tenant.InstanceStatus;
import io.croft.rest.tenant.InstanceUserData;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
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

    InstanceDetailRoutes(Instances instances) {
        this.instances = instances;
    }

    @GetMapping("/status")
    InstanceStatus status(Caller caller, @PathVariable String id) {
        return form(Slices.only(instances.describeStatus(caller, Slices.one(id), true)));
    }

    @GetMapping("/user-data")
    InstanceUserData userData(Caller caller, @PathVariable InstanceId id) {
        return new InstanceUserData(id.value(), instances.userData(caller, id).orElse(null));
    }

    @GetMapping("/console")
    ConsoleText console(Caller caller, @PathVariable InstanceId id) {
        var output = instances.consoleOutput(caller, id);
        return new ConsoleText(id.value(), output.read().toString(), Objects.requireNonNullElse(output.output(), ""));
    }

    /** A picture of the screen; {@code wake} presses a key first, for a screen that has gone blank. */
    @GetMapping(value = "/screenshot", produces = MediaType.IMAGE_PNG_VALUE)
    byte[] screenshot(Caller caller, @PathVariable InstanceId id, @RequestParam(defaultValue = "false") boolean wake) {
        return instances
                .consoleScreenshot(caller, id, wake)
                .map(Base64.getDecoder()::decode)
                .orElseThrow(() -> new CloudException(ErrorCode.UNAVAILABLE, "The screen cannot be read right now."));
    }

    private static InstanceStatus form(InstanceStatusView status) {
        return new InstanceStatus(
                status.id().value(),
                status.state().ec2Name(),
                status.instanceCheck().status(),
                status.systemCheck().status(),
                Optional.ofNullable(status.impairedSince())
                        .map(Instant::toString)
                        .orElse(null));
    }
}
