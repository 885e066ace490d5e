package io.croft.controller.doctor;

import io.croft.controller.context.Finding;
import io.croft.controller.context.Finding.Level;
import io.croft.controller.context.SelfCheck;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostView;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Looks every host over, in short. */
@Component
@Order(3)
class HostsCheck implements SelfCheck {
    private final Fleet fleet;
    private final HostDoctor doctor;

    HostsCheck(Fleet fleet, HostDoctor doctor) {
        this.fleet = fleet;
        this.doctor = doctor;
    }

    @Override
    public List<Finding> look() {
        var hosts = fleet.snapshot().hosts();
        return hosts.isEmpty()
                ? List.of(Finding.warn("hosts", "there is none", "Let one in: croft host enroll-token"))
                : hosts.stream().map(this::host).toList();
    }

    private Finding host(HostView host) {
        var check = "host " + host.name();
        var bad =
                doctor.examine(host).stream().filter(f -> f.level() != Level.OK).toList();
        if (bad.isEmpty()) {
            return Finding.ok(check, "well");
        }
        var detail = bad.stream().map(f -> f.check() + ": " + f.detail()).collect(Collectors.joining("; "));
        var remedy = "croft host doctor " + host.id();
        return bad.stream().anyMatch(f -> f.level() == Level.FAIL)
                ? Finding.fail(check, detail, remedy)
                : Finding.warn(check, detail, remedy);
    }
}
