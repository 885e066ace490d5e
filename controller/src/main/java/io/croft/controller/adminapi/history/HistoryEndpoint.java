package io.croft.controller.adminapi.history;

import io.croft.controller.context.CloudException;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.controller.history.Occurrence;
import io.croft.controller.identity.Accounts;
import io.croft.rest.HistoryEvent;
import io.croft.rest.Items;
import io.croft.rest.PlacementRefusal;
import io.croft.types.ErrorCode;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What happened to a resource, also to one whose record is gone; and which launches found no host. */
@RestController
@RequestMapping("/admin/v1")
class HistoryEndpoint {
    private static final int MOST_REFUSALS = 50;

    private final Accounts accounts;
    private final History history;

    HistoryEndpoint(Accounts accounts, History history) {
        this.accounts = accounts;
        this.history = history;
    }

    /** {@code subject} is a resource's id, or that of a request that placement refused. */
    @GetMapping("/history/{subject}")
    Items<HistoryEvent> of(@PathVariable String subject) {
        var events = accounts.all().stream()
                .flatMap(account -> history.of(account.id(), subject).stream())
                .map(HistoryEndpoint::event)
                .toList();
        if (events.isEmpty()) {
            throw new CloudException(ErrorCode.NOT_FOUND, "Nothing is known of " + subject + ".");
        }
        return new Items<>(events);
    }

    @GetMapping("/placement-refusals")
    Items<PlacementRefusal> refusals() {
        return new Items<>(history.refusals(MOST_REFUSALS).stream()
                .map(HistoryEndpoint::refusal)
                .toList());
    }

    private static HistoryEvent event(HistoryEntry entry) {
        return new HistoryEvent(
                entry.at().toString(),
                entry.event(),
                entry.detail(),
                entry.lasted().toString());
    }

    private static PlacementRefusal refusal(Occurrence occurrence) {
        var happening = occurrence.happening();
        return new PlacementRefusal(
                occurrence.at().toString(), happening.account().value(), happening.resourceId(), happening.detail());
    }
}
