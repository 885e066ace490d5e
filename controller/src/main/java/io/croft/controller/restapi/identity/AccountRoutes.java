package io.croft.controller.restapi.identity;

import io.croft.controller.audit.AuditQuery;
import io.croft.controller.audit.AuditTrail;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.controller.quota.Quotas;
import io.croft.controller.restapi.kit.Slices;
import io.croft.controller.restapi.kit.Values;
import io.croft.controller.restedge.AuditForm;
import io.croft.rest.AuditEvent;
import io.croft.rest.QuotaResource;
import io.croft.rest.tenant.Slice;
import io.croft.types.ErrorCode;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The caller's account: what it may have, and who did what in it. */
@RestController
@RequestMapping("/v1")
class AccountRoutes {
    private static final Set<String> AUDIT_FILTERS =
            Set.of("principal", "action", "resource", "outcome", "refused", "from", "before");

    private final Quotas quotas;
    private final AuditTrail audit;

    AccountRoutes(Quotas quotas, AuditTrail audit) {
        this.quotas = quotas;
        this.audit = audit;
    }

    /** The operator sets the limits. */
    @GetMapping("/quotas")
    Slice<QuotaResource> listQuotas(Caller caller) {
        return new Slice<>(
                quotas.list(caller.account()).stream()
                        .map(q -> new QuotaResource(q.quota().key(), q.limit(), q.set(), q.used()))
                        .toList(),
                null);
    }

    /** Newest first. The filters {@code from} and {@code before} are moments, {@code refused} is true or false. */
    @GetMapping("/audit")
    Slice<AuditEvent> listAudit(Caller caller, Query query) {
        var asked = query.filters().stream().collect(Collectors.toMap(Filter::name, AccountRoutes::value));
        return Slices.of(
                audit.find(new AuditQuery(
                        caller.account(),
                        asked.get("principal"),
                        asked.get("action"),
                        asked.get("resource"),
                        asked.get("outcome"),
                        Values.named(
                                "refused",
                                new Boolean[] {false, true},
                                b -> b.toString(),
                                asked.getOrDefault("refused", "false")),
                        AuditForm.moment("from", asked.get("from")),
                        AuditForm.moment("before", asked.get("before")),
                        Objects.requireNonNull(query.maxResults()),
                        query.nextToken())),
                AuditForm::write);
    }

    private static String value(Filter filter) {
        if (!AUDIT_FILTERS.contains(filter.name())) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "The filter '" + filter.name() + "' is invalid");
        }
        if (filter.values().size() > 1) {
            throw new CloudException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "The parameter '" + filter.name() + "' is there twice.");
        }
        return filter.values().getFirst();
    }
}
