package io.croft.controller.restapi;

import io.croft.controller.compute.InstanceView;
import io.croft.controller.compute.Instances;
import io.croft.controller.compute.StateReason;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Query;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.rest.tenant.Operation;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What tenants asked for and wait for. Nothing is stored for it: the id says what was asked of which instances and when, and their states and history say how far it is. A launch is told of
 * while its instances are; all else for as long as the history is kept.
 */
@Component
class Operations {
    private static final String NOT_SHOWN = "The instance is no longer shown.";

    private final Instances instances;
    private final History history;

    Operations(Instances instances, History history) {
        this.instances = instances;
        this.history = history;
    }

    /** How one instance came through. */
    private record Outcome(
            String instance,
            Instant started,
            @Nullable Instant settled,
            boolean reached,
            @Nullable String reason) {}

    /** The launch of these instances. */
    Operation launch(Caller caller, String reservation, List<InstanceView> launched) {
        var outcomes = launched.stream()
                .map(i -> outcome(caller, OperationKind.LAUNCH, i.id().value(), Instant.EPOCH, i))
                .toList();
        return operation(OperationId.ofLaunch(reservation), outcomes);
    }

    /** What was just asked of an instance; a request for what is so already gives the operation that made it so. */
    Operation begun(Caller caller, OperationKind kind, InstanceId id) {
        var begin = history.of(caller.account(), id.value()).stream()
                .filter(e -> e.event().equals(kind.begin().ec2Name()))
                .map(HistoryEntry::at)
                .max(Comparator.naturalOrder());
        return find(
                caller,
                OperationId.of(
                        kind,
                        id.value(),
                        begin.orElseGet(
                                () -> shown(caller, id.value()).orElseThrow().launched())));
    }

    /**
     * The operation with that id.
     *
     * @throws CloudException NotFound when the account has none
     */
    Operation find(Caller caller, String id) {
        return find(caller, OperationId.parse(id).orElseThrow(() -> missing(id)));
    }

    private Operation find(Caller caller, OperationId id) {
        if (id.kind() == OperationKind.LAUNCH) {
            var launched = ofReservation(caller, id.target());
            if (launched.isEmpty()) {
                throw missing(id.text());
            }
            return launch(caller, id.target(), launched);
        }
        var instance = shown(caller, id.target());
        if (instance.isEmpty() && history.of(caller.account(), id.target()).isEmpty()) {
            throw missing(id.text());
        }
        return operation(id, List.of(outcome(caller, id.kind(), id.target(), id.started(), instance.orElse(null))));
    }

    private List<InstanceView> ofReservation(Caller caller, String reservation) {
        var query = new Query(List.of(), List.of(new Filter("reservation-id", List.of(reservation))), null, null);
        return instances.describe(caller, query).items();
    }

    private Optional<InstanceView> shown(Caller caller, String id) {
        var query = new Query(List.of(), List.of(new Filter("instance-id", List.of(id))), null, null);
        return instances.describe(caller, query).items().stream().findFirst();
    }

    /** The first state after the beginning that is either where it should lead or one from which it cannot lead there any more. */
    private Outcome outcome(
            Caller caller, OperationKind kind, String id, Instant from, @Nullable InstanceView instance) {
        var entries = history.of(caller.account(), id).stream()
                .dropWhile(e ->
                        e.at().isBefore(from) || !e.event().equals(kind.begin().ec2Name()))
                .toList();
        var started = entries.stream().findFirst().map(HistoryEntry::at).orElse(from);
        var end = entries.stream().skip(1).filter(e -> kind.ends(e.event())).findFirst();
        if (end.isPresent()) {
            var reached = end.get().event().equals(kind.goal().ec2Name());
            return new Outcome(id, started, end.get().at(), reached, reached ? null : reason(instance));
        }
        var there = instance != null && instance.state() == kind.goal();
        return new Outcome(id, started, there ? started : null, there, null);
    }

    /** What the tenant may know of it; the history's own words are the operator's. */
    private static String reason(@Nullable InstanceView instance) {
        return Optional.ofNullable(instance)
                .map(InstanceView::stateReason)
                .map(StateReason::message)
                .orElse(NOT_SHOWN);
    }

    private static Operation operation(OperationId id, List<Outcome> outcomes) {
        var settled = outcomes.stream().filter(o -> o.settled() != null).count();
        var done = settled == outcomes.size();
        var failed = done && !outcomes.stream().allMatch(Outcome::reached);
        return new Operation(
                id.text(),
                id.kind().text(),
                outcomes.stream().map(Outcome::instance).toList(),
                done ? failed ? "failed" : "succeeded" : "running",
                outcomes.isEmpty() ? 100 : (int) (100 * settled / outcomes.size()),
                outcomes.stream()
                        .flatMap(o -> Stream.ofNullable(o.reason()))
                        .findFirst()
                        .orElse(null),
                outcomes.stream()
                        .map(Outcome::started)
                        .min(Comparator.naturalOrder())
                        .orElse(id.started())
                        .toString(),
                done ? finished(outcomes) : null);
    }

    private static @Nullable String finished(List<Outcome> outcomes) {
        return outcomes.stream()
                .map(Outcome::settled)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse(null);
    }

    private static CloudException missing(String id) {
        return new CloudException(ErrorCode.NOT_FOUND, "There is no operation " + id + ".");
    }
}
