package io.croft.controller.adminapi.history;

import io.croft.controller.context.CloudException;
import io.croft.controller.history.Course;
import io.croft.controller.history.Courses;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.controller.history.Occurrence;
import io.croft.controller.history.Step;
import io.croft.controller.identity.Accounts;
import io.croft.rest.HistoryEvent;
import io.croft.rest.Items;
import io.croft.rest.PlacementRefusal;
import io.croft.rest.TimedCourse;
import io.croft.rest.TimedStep;
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
    private final Courses courses;

    HistoryEndpoint(Accounts accounts, History history, Courses courses) {
        this.accounts = accounts;
        this.history = history;
        this.courses = courses;
    }

    /** {@code subject} is a resource's id, or that of a request that placement refused. */
    @GetMapping("/history/{subject}")
    Items<HistoryEvent> of(@PathVariable String subject) {
        var events = accounts.all().stream()
                .flatMap(account -> history.of(account.id(), subject).stream())
                .map(HistoryEndpoint::event)
                .toList();
        requireKnown(subject, !events.isEmpty());
        return new Items<>(events);
    }

    /** Where the time went each time that {@code subject}, an instance, came to run: the last 20 times, oldest first. */
    @GetMapping("/history/{subject}/steps")
    Items<TimedCourse> steps(@PathVariable String subject) {
        var all = accounts.all();
        requireKnown(
                subject, all.stream().anyMatch(a -> !history.of(a.id(), subject).isEmpty()));
        return new Items<>(all.stream()
                .flatMap(account -> courses.of(account.id(), subject).stream())
                .map(HistoryEndpoint::course)
                .toList());
    }

    private static void requireKnown(String subject, boolean known) {
        if (!known) {
            throw new CloudException(ErrorCode.NOT_FOUND, "Nothing is known of " + subject + ".");
        }
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

    private static TimedCourse course(Course course) {
        return new TimedCourse(
                course.reached().toString(),
                course.steps().stream().map(HistoryEndpoint::step).toList());
    }

    private static TimedStep step(Step step) {
        return new TimedStep(
                step.name(),
                step.where(),
                step.within(),
                step.from().toString(),
                step.took().toString());
    }

    private static PlacementRefusal refusal(Occurrence occurrence) {
        var happening = occurrence.happening();
        return new PlacementRefusal(
                occurrence.at().toString(), happening.account().value(), happening.resourceId(), happening.detail());
    }
}
