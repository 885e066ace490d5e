package io.croft.controller.compute.instance;

import io.croft.controller.context.Finding;
import io.croft.controller.context.SelfCheck;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Looks for instances that stay in a state that must not last, although their deadlines are watched. */
@Component
@Order(4)
class OverdueCheck implements SelfCheck {
    /** Far longer than the watch takes to come round. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int MOST = 20;

    private final InstanceTable instances;
    private final Clock clock;

    OverdueCheck(InstanceTable instances, Clock clock) {
        this.instances = instances;
        this.clock = clock;
    }

    @Override
    public List<Finding> look() {
        var overdue = instances.overdue(clock.instant().minus(PATIENCE), MOST);
        return List.of(
                overdue.isEmpty()
                        ? Finding.ok("transitions", "none is overdue")
                        : Finding.fail(
                                "transitions",
                                "overdue and not dealt with: "
                                        + overdue.stream()
                                                .map(o -> o.id().value())
                                                .collect(Collectors.joining(", ")),
                                "croft instance why says what holds one up; the controller's log says why nothing was done"));
    }
}
