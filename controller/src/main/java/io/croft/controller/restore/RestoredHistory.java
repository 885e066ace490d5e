package io.croft.controller.restore;

import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.restore.Decision.Action;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tells in each instance's history what a restore made of it. */
@Component
class RestoredHistory {
    private final History history;

    RestoredHistory(History history) {
        this.history = history;
    }

    void record(Plan plan) {
        var changed =
                plan.instances(Action.FOLLOW, Action.ADOPT, Action.END, Action.STOP, Action.TERMINATE, Action.FREEZE);
        history.record(changed.stream().flatMap(d -> happening(plan, d)).toList());
    }

    private static Stream<Happening> happening(Plan plan, Decision decision) {
        return plan
                .account(decision)
                .map(a -> new Happening(
                        a, decision.id(), "restore: " + decision.action().word(), decision.reason()))
                .stream();
    }
}
