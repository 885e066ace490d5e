package io.croft.controller.recovery;

import io.croft.controller.context.Finding;
import io.croft.controller.context.SelfCheck;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Says when the database was found to be an older copy, and what of a restore is left to decide. */
@Component
@Order(1)
class RecoveryCheck implements SelfCheck {
    private final Recovery recovery;

    RecoveryCheck(Recovery recovery) {
        this.recovery = recovery;
    }

    @Override
    public List<Finding> look() {
        var state = recovery.state();
        if (state.reconciles()) {
            return List.of(Finding.fail(
                    "restore",
                    "since " + state.since() + " nothing is changed: " + state.reason(),
                    "croft restore plan, then croft restore apply; --without HOST leaves out one that is not to be"
                            + " believed"));
        }
        var findings = new ArrayList<Finding>();
        var awaited = recovery.awaited();
        if (!awaited.isEmpty()) {
            findings.add(Finding.warn(
                    "restore",
                    "hosts whose share stays as it is until they were merged: "
                            + String.join(
                                    ", ",
                                    awaited.stream().map(a -> a.host().value()).toList()),
                    "croft restore plan, and croft restore apply once they have spoken"));
        }
        var decisions =
                recovery.frozen().stream().map(Frozen::decision).distinct().toList();
        if (!decisions.isEmpty()) {
            findings.add(Finding.warn(
                    "restore", "frozen until you decide: " + String.join(", ", decisions), "croft restore frozen"));
        }
        return findings.isEmpty() ? List.of(Finding.ok("restore", "nothing is left of one")) : List.copyOf(findings);
    }
}
