package io.croft.controller.adminapi.coverage;

import io.croft.controller.awsedge.SupportedActions;
import io.croft.rest.ActionCoverage;
import io.croft.rest.Items;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How much of AWS's APIs this controller serves. */
@RestController
class CoverageEndpoint {
    private final SupportedActions actions;

    CoverageEndpoint(SupportedActions actions) {
        this.actions = actions;
    }

    @GetMapping("/admin/v1/api-coverage")
    Items<ActionCoverage> coverage() {
        return new Items<>(actions.all().stream()
                .map(action -> new ActionCoverage(
                        action.service(), action.name(), action.parameters(), action.accepted(), action.refused()))
                .toList());
    }
}
