package io.croft.controller.doctor;

import io.croft.controller.context.CloudException;
import io.croft.controller.context.Finding;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostView;
import io.croft.controller.hostlink.HostObservations;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Looks a host over. */
@Component
public class HostDoctor {
    private static final int MOST_FAILURES = 20;

    private final Fleet fleet;
    private final HostObservations observations;
    private final Clock clock;

    HostDoctor(Fleet fleet, HostObservations observations, Clock clock) {
        this.fleet = fleet;
        this.observations = observations;
        this.clock = clock;
    }

    /**
     * A finding for each thing that was looked at.
     *
     * @throws CloudException NotFound
     */
    public List<Finding> examine(HostId id) {
        return examine(fleet.find(id)
                .orElseThrow(() -> new CloudException(ErrorCode.NOT_FOUND, "There is no host " + id + ".")));
    }

    List<Finding> examine(HostView host) {
        return Checkup.of(new HostSigns(
                host,
                observations.connected(host.id()),
                fleet.certificateEnds(host.id()).orElse(null),
                observations.orphans(host.id()),
                observations.failing(host.id(), MOST_FAILURES),
                version(),
                clock.instant()));
    }

    private static String version() {
        return Objects.requireNonNullElse(HostDoctor.class.getPackage().getImplementationVersion(), "development");
    }
}
