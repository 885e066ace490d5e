package io.croft.controller.doctor;

import io.croft.controller.context.Finding;
import io.croft.controller.context.SelfCheck;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Looks the controller over: every module's own check, one after the other. */
@Component
public class ControllerDoctor {
    private static final Logger log = LoggerFactory.getLogger(ControllerDoctor.class);

    private final List<SelfCheck> checks;

    ControllerDoctor(List<SelfCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    /** A finding for each thing that was looked at. */
    public List<Finding> examine() {
        return checks.stream().flatMap(ControllerDoctor::look).toList();
    }

    /** What cannot be looked at is not well, and no reason to look at nothing else. */
    private static Stream<Finding> look(SelfCheck check) {
        try {
            return check.look().stream();
        } catch (RuntimeException e) {
            var name = check.getClass().getSimpleName();
            log.atError().addKeyValue("check", name).setCause(e).log("check failed");
            return Stream.of(
                    Finding.fail(name, "could not be looked at: " + e.getMessage(), "Read the controller's log"));
        }
    }
}
