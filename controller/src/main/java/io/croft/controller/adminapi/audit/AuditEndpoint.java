package io.croft.controller.adminapi.audit;

import io.croft.controller.audit.AuditQuery;
import io.croft.controller.audit.AuditTrail;
import io.croft.controller.restedge.AuditForm;
import io.croft.rest.AuditEvent;
import io.croft.rest.ItemsPage;
import io.croft.types.AccountId;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail, newest first. */
@RestController
@RequestMapping("/admin/v1/audit")
class AuditEndpoint {
    private final AuditTrail trail;

    AuditEndpoint(AuditTrail trail) {
        this.trail = trail;
    }

    /** Texts may hold the wildcards {@code *} and {@code ?}; {@code from} and {@code before} are moments, ISO-8601 in UTC. */
    @GetMapping
    ItemsPage<AuditEvent> list(
            @RequestParam(required = false) @Nullable AccountId account,
            @RequestParam(required = false) @Nullable String principal,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String resource,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(defaultValue = "false") boolean refused,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String before,
            @RequestParam(defaultValue = "100") int maxResults,
            @RequestParam(required = false) @Nullable String nextToken) {
        var page = trail.find(new AuditQuery(
                account,
                principal,
                action,
                resource,
                outcome,
                refused,
                AuditForm.moment("from", from),
                AuditForm.moment("before", before),
                maxResults,
                nextToken));
        return new ItemsPage<>(page.items().stream().map(AuditForm::write).toList(), page.nextToken());
    }
}
