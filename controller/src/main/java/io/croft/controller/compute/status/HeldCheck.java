package io.croft.controller.compute.status;

import io.croft.controller.compute.instance.LostHosts;
import io.croft.controller.context.Finding;
import io.croft.controller.context.SelfCheck;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostView;
import io.croft.types.HostId;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Looks for hosts that are away and hold what their instances had, since nobody has proved that these have ended. */
@Component
@Order(4)
class HeldCheck implements SelfCheck {
    private final LostHosts lost;
    private final Fleet fleet;

    HeldCheck(LostHosts lost, Fleet fleet) {
        this.lost = lost;
        this.fleet = fleet;
    }

    @Override
    public List<Finding> look() {
        var held = lost.held();
        return held.isEmpty()
                ? List.of(Finding.ok("lost hosts", "none holds what ended"))
                : held.entrySet().stream()
                        .map(e -> finding(e.getKey(), e.getValue()))
                        .toList();
    }

    private Finding finding(HostId host, int count) {
        return Finding.warn(
                "lost hosts",
                "host " + fleet.find(host).map(HostView::name).orElse(host.value())
                        + " is away, and addresses and claims of " + count + (count == 1 ? " instance" : " instances")
                        + " that ended there are held until its own proof",
                "Get it back; or, once it is sure that nothing of it runs: croft host confirm-dead " + host);
    }
}
