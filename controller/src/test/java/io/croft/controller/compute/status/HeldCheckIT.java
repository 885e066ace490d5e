package io.croft.controller.compute.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.croft.controller.compute.ComputeTest;
import io.croft.controller.compute.ComputeWorld;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.instance.LostHosts;
import io.croft.controller.context.Finding.Level;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What {@code croft doctor} says of hosts that are away and hold what ended there. */
@ComputeTest
class HeldCheckIT {
    @Autowired
    ComputeWorld world;

    @Autowired
    HeldCheck check;

    @Autowired
    Instances instances;

    @Autowired
    LostHosts lost;

    @Test
    void namesTheHostAndTheWayOut() {
        var caller = world.tenant();
        var host = world.onlyHost(4);
        var instance = world.launch(caller, world.image()).id();
        host.converge();
        world.vanish(host);
        assertThat(findings(host.id().value())).isZero();
        instances.terminate(caller, List.of(instance));
        assertThat(findings(host.id().value())).isEqualTo(1);
        lost.confirmDead(host.id());
        assertThat(findings(host.id().value())).isZero();
    }

    private long findings(String host) {
        return check.look().stream()
                .filter(f -> f.level() == Level.WARN
                        && String.valueOf(f.remedy()).contains("croft host confirm-dead " + host))
                .count();
    }
}
