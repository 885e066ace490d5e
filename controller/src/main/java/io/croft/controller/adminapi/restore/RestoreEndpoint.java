package io.croft.controller.adminapi.restore;

import io.croft.controller.context.CloudException;
import io.croft.controller.recovery.Frozen;
import io.croft.controller.restore.Choice;
import io.croft.controller.restore.Restore;
import io.croft.controller.restore.RestoreLine;
import io.croft.controller.restore.RestoreStatus;
import io.croft.rest.Items;
import io.croft.rest.restore.AppliedRestore;
import io.croft.rest.restore.NewRestore;
import io.croft.rest.restore.RestoreApplication;
import io.croft.rest.restore.RestoreChoice;
import io.croft.rest.restore.RestoreLineResource;
import io.croft.rest.restore.RestoreResource;
import io.croft.rest.restore.RestoreResource.FrozenResource;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A restored database, and how it is put right with what the hosts have. */
@RestController
@RequestMapping("/admin/v1/restore")
class RestoreEndpoint {
    private final Restore restore;

    RestoreEndpoint(Restore restore) {
        this.restore = restore;
    }

    @GetMapping
    RestoreResource show() {
        return resource(restore.status());
    }

    @PostMapping
    RestoreResource begin(@RequestBody NewRestore request) {
        return resource(restore.begin(request.reason()));
    }

    @GetMapping("/plan")
    Items<RestoreLineResource> plan(@RequestParam(defaultValue = "") List<String> without) {
        return new Items<>(lines(restore.plan(hosts(without))));
    }

    private static List<HostId> hosts(@Nullable List<String> ids) {
        return ids == null ? List.of() : ids.stream().map(HostId::new).toList();
    }

    @PostMapping("/apply")
    AppliedRestore apply(@RequestBody RestoreApplication request) {
        var done = restore.apply(request.withoutSilent(), hosts(request.without()));
        return new AppliedRestore(lines(done), resource(restore.status()));
    }

    @PutMapping("/choices/{id}")
    RestoreResource decide(@PathVariable String id, @RequestBody RestoreChoice request) {
        return resource(restore.decide(id, choice(request)));
    }

    private static Choice choice(RestoreChoice request) {
        var kind = Arrays.stream(Choice.Kind.values())
                .filter(k -> k.name().toLowerCase(Locale.ROOT).equals(request.choice()))
                .findFirst()
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE, "A choice is stopped, terminated or host."));
        var host = request.host();
        if ((host != null) != (kind == Choice.Kind.HOST)) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_COMBINATION,
                    "A host is named with the choice host, and with no other.");
        }
        return new Choice(kind, host == null ? null : new HostId(host));
    }

    private static List<RestoreLineResource> lines(List<RestoreLine> lines) {
        return lines.stream()
                .map(l -> new RestoreLineResource(l.resource(), l.action(), l.host(), l.reason()))
                .toList();
    }

    private static RestoreResource resource(RestoreStatus status) {
        var state = status.state();
        return new RestoreResource(
                state.state().name().toLowerCase(Locale.ROOT),
                state.era().value(),
                state.reason(),
                state.since() == null ? null : Objects.toString(state.since()),
                values(status.spoken()),
                values(status.silent()),
                status.frozen().stream()
                        .filter(f -> f.id().equals(f.decision()))
                        .map(RestoreEndpoint::frozen)
                        .toList());
    }

    private static FrozenResource frozen(Frozen frozen) {
        return new FrozenResource(
                frozen.id(),
                values(frozen.hosts()),
                frozen.reason(),
                frozen.since().toString());
    }

    private static List<String> values(List<HostId> hosts) {
        return hosts.stream().map(HostId::value).toList();
    }
}
