package io.croft.controller.adminapi.fleet;

import io.croft.controller.compute.instance.LostHosts;
import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.EnrollmentTokens;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import io.croft.protocol.HostFacts;
import io.croft.rest.EnrollToken;
import io.croft.rest.HeldInstanceResource;
import io.croft.rest.HostResource;
import io.croft.rest.Items;
import io.croft.rest.NewCordon;
import io.croft.rest.NewEnrollToken;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Hosts, and the tokens with which they come in. */
@RestController
@RequestMapping("/admin/v1")
class HostEndpoint {
    private final Fleet fleet;
    private final EnrollmentTokens tokens;
    private final LostHosts lost;

    HostEndpoint(Fleet fleet, EnrollmentTokens tokens, LostHosts lost) {
        this.fleet = fleet;
        this.tokens = tokens;
        this.lost = lost;
    }

    @PostMapping("/enroll-tokens")
    @ResponseStatus(HttpStatus.CREATED)
    EnrollToken issue(@RequestBody NewEnrollToken request) {
        var issued = tokens.issue(duration(request.validity()));
        return new EnrollToken(issued.token(), issued.expires().toString());
    }

    @GetMapping("/hosts")
    Items<HostResource> list() {
        var held = lost.held();
        return new Items<>(
                fleet.snapshot().hosts().stream().map(h -> resource(h, held)).toList());
    }

    @GetMapping("/hosts/{host}")
    HostResource show(@PathVariable HostId host) {
        return fleet.find(host)
                .map(this::resource)
                .orElseThrow(() -> new CloudException(ErrorCode.NOT_FOUND, "There is no host " + host + "."));
    }

    @PutMapping("/hosts/{host}/cordon")
    HostResource cordon(@PathVariable HostId host, @RequestBody NewCordon request) {
        return resource(fleet.cordon(host, request.reason()));
    }

    @DeleteMapping("/hosts/{host}/cordon")
    HostResource uncordon(@PathVariable HostId host) {
        return resource(fleet.uncordon(host));
    }

    /** The instances that ended or stop on a host while its own proof of it is outstanding, with what is held for them. */
    @GetMapping("/hosts/{host}/held")
    Items<HeldInstanceResource> held(@PathVariable HostId host) {
        show(host);
        return new Items<>(lost.held(host).stream()
                .map(i -> new HeldInstanceResource(
                        i.id().value(), i.account().value(), i.state().ec2Name(), i.addresses()))
                .toList());
    }

    /** Takes a host that is away for dead, on the operator's word that nothing of it runs or answers: what its ended instances hold is free. When it comes back, it ends them before all else. */
    @PostMapping("/hosts/{host}/confirm-dead")
    HostResource confirmDead(@PathVariable HostId host) {
        lost.confirmDead(host);
        return show(host);
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "\"" + text + "\" is no ISO-8601 duration.", "", e);
        }
    }

    private HostResource resource(HostView host) {
        return resource(host, lost.held());
    }

    private static HostResource resource(HostView host, Map<HostId, Integer> held) {
        var facts = Optional.ofNullable(host.facts());
        return new HostResource(
                host.id().value(),
                host.name(),
                host.zone(),
                host.state().name().toLowerCase(Locale.ROOT),
                amount(host.capacity()),
                amount(host.free()),
                facts.map(HostFacts::architecture).orElse(null),
                facts.map(HostFacts::accelerator).orElse(null),
                facts.map(HostFacts::emulated).orElse(List.of()),
                facts.map(HostFacts::agentVersion).orElse(null),
                facts.map(HostFacts::problems).orElse(List.of()),
                facts.map(HostFacts::warnings).orElse(List.of()),
                facts.map(HostFacts::underlay)
                        .map(u -> new HostResource.Underlay(u.address(), u.link(), u.mtu()))
                        .orElse(null),
                host.enrolled().toString(),
                Optional.ofNullable(host.lastHeard()).map(Object::toString).orElse(null),
                host.cordon(),
                host.fence(),
                held.getOrDefault(host.id(), 0));
    }

    private static HostResource.Amount amount(Resources resources) {
        return new HostResource.Amount(resources.vcpus(), resources.memoryBytes(), resources.diskBytes());
    }
}
