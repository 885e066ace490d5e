package io.croft.controller.compute.operation;

import io.croft.controller.compute.instance.InstanceView;
import io.croft.controller.compute.instance.Instances;
import io.croft.controller.compute.instance.StateReason;
import io.croft.controller.compute.operation.OperationView.State;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.context.Filter;
import io.croft.controller.context.Page;
import io.croft.controller.context.Query;
import io.croft.controller.history.History;
import io.croft.controller.history.HistoryEntry;
import io.croft.controller.history.Phase;
import io.croft.controller.history.PhaseStart;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What tenants asked for and wait for. Nothing is stored for it: the id says what was asked of which instances and when, and their states and history say how far it is. A launch is told of
 * while its instances are; all else for as long as the history is kept.
 */
@Component
public class Operations {
    private static final String NOT_SHOWN = "The instance is no longer shown.";
    private static final int FILTER_VALUES = 200;
    private static final Set<String> STATES =
            Arrays.stream(InstanceState.values()).map(InstanceState::ec2Name).collect(Collectors.toSet());

    private final Instances instances;
    private final InstanceOperations begun;
    private final History history;

    Operations(Instances instances, InstanceOperations begun, History history) {
        this.instances = instances;
        this.begun = begun;
        this.history = history;
    }

    /** An instance that an operation is about; null when it is not shown any more. */
    private record Target(String id, @Nullable InstanceView instance) {
        static Target of(InstanceView instance) {
            return new Target(instance.id().value(), instance);
        }
    }

    /** How one instance came through. */
    private record Outcome(
            String instance,
            Instant started,
            @Nullable Instant settled,
            boolean reached,
            @Nullable String reason) {}

    /** The launch of these instances. */
    public OperationView launch(Caller caller, String reservation, List<InstanceView> launched) {
        var targets = new LinkedHashMap<OperationId, List<Target>>();
        targets.put(
                OperationId.ofLaunch(reservation),
                launched.stream().map(Target::of).toList());
        return told(caller, targets).getFirst();
    }

    /** What was just asked of an instance; a request for what is so already gives the operation that made it so. */
    public OperationView begun(Caller caller, OperationKind kind, InstanceId id) {
        var begin = history.of(caller.account(), id.value()).stream()
                .filter(e -> e.event().equals(kind.begin().ec2Name()))
                .map(HistoryEntry::at)
                .max(Comparator.naturalOrder());
        return find(
                caller,
                OperationId.of(
                        kind,
                        id.value(),
                        begin.orElseGet(() -> instances.require(caller, id).launched())));
    }

    /**
     * The operation with that id.
     *
     * @throws CloudException NotFound when the account has none
     */
    public OperationView find(Caller caller, String id) {
        return find(caller, OperationId.parse(id).orElseThrow(() -> missing(id)));
    }

    private OperationView find(Caller caller, OperationId id) {
        return told(caller, List.of(id)).stream().findFirst().orElseThrow(() -> missing(id.text()));
    }

    /** The account's operations, the newest first. */
    public Page<OperationView> list(Caller caller, Query query) {
        var page = begun.describe(caller, query);
        var ids = page.items().stream().map(OperationId::of).toList();
        return new Page<>(told(caller, ids), page.nextToken());
    }

    /** Those of the operations that can be told of. */
    private List<OperationView> told(Caller caller, List<OperationId> ids) {
        var launched = shown(
                caller,
                "reservation-id",
                ids.stream().filter(i -> i.kind() == OperationKind.LAUNCH),
                i -> i.reservation().value());
        var others = shown(
                caller, "instance-id", ids.stream().filter(i -> i.kind() != OperationKind.LAUNCH), i -> i.id().value());
        var targets = new LinkedHashMap<OperationId, List<Target>>();
        ids.forEach(id -> targets.put(
                id,
                id.kind() == OperationKind.LAUNCH
                        ? launched.getOrDefault(id.target(), List.of()).stream()
                                .map(Target::of)
                                .toList()
                        : List.of(new Target(
                                id.target(),
                                others.getOrDefault(id.target(), List.of()).stream()
                                        .findFirst()
                                        .orElse(null)))));
        return told(caller, targets);
    }

    /** What is shown of the operations' targets. */
    private Map<String, List<InstanceView>> shown(
            Caller caller, String filter, Stream<OperationId> ids, Function<InstanceView, String> target) {
        return ids.map(OperationId::target)
                .distinct()
                .gather(Gatherers.windowFixed(FILTER_VALUES))
                .map(values -> new Query(List.of(), List.of(new Filter(filter, values)), null, null))
                .flatMap(query -> instances.describe(caller, query).items().stream())
                .collect(Collectors.groupingBy(target));
    }

    private List<OperationView> told(Caller caller, SequencedMap<OperationId, List<Target>> targets) {
        var phases = phases(caller, targets).iterator();
        var told = new ArrayList<OperationView>();
        targets.forEach((id, own) -> {
            var outcomes = own.stream()
                    .flatMap(t -> outcome(id, t, phases.next()).stream())
                    .toList();
            if (!outcomes.isEmpty()) {
                told.add(operation(id, outcomes));
            }
        });
        return told;
    }

    /** What followed the beginning, for each target in their order. */
    private List<Phase> phases(Caller caller, SequencedMap<OperationId, List<Target>> targets) {
        var starts = targets.entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(t -> start(e.getKey(), t)))
                .toList();
        return history.phases(caller.account(), starts, STATES);
    }

    private static PhaseStart start(OperationId id, Target target) {
        return new PhaseStart(target.id(), id.kind().begin().ec2Name(), id.started());
    }

    /** Of what the history has forgotten only the result can be told. */
    private static Optional<Outcome> outcome(OperationId id, Target target, Phase phase) {
        var goal = id.kind().goal();
        var instance = target.instance();
        var began = phase.began();
        if (began == null) {
            return Optional.ofNullable(instance)
                    .filter(i -> i.state() == goal)
                    .map(i -> new Outcome(target.id(), i.launched(), i.launched(), true, null));
        }
        var reached = goal.ec2Name().equals(phase.next());
        var failed = phase.ended() != null && !reached;
        return Optional.of(new Outcome(target.id(), began, phase.ended(), reached, failed ? reason(instance) : null));
    }

    /** What the tenant may know of it; the history's own words are the operator's. */
    private static String reason(@Nullable InstanceView instance) {
        return Optional.ofNullable(instance)
                .map(InstanceView::stateReason)
                .map(StateReason::message)
                .orElse(NOT_SHOWN);
    }

    private static OperationView operation(OperationId id, Collection<Outcome> outcomes) {
        var settled = outcomes.stream().filter(o -> o.settled() != null).count();
        var done = settled == outcomes.size();
        var failed = done && !outcomes.stream().allMatch(Outcome::reached);
        return new OperationView(
                id.text(),
                id.kind(),
                outcomes.stream().map(Outcome::instance).toList(),
                done ? failed ? State.FAILED : State.SUCCEEDED : State.RUNNING,
                (int) (100 * settled / outcomes.size()),
                outcomes.stream()
                        .flatMap(o -> Stream.ofNullable(o.reason()))
                        .findFirst()
                        .orElse(null),
                outcomes.stream()
                        .map(Outcome::started)
                        .min(Comparator.naturalOrder())
                        .orElse(id.started()),
                done ? finished(outcomes) : null);
    }

    private static @Nullable Instant finished(Collection<Outcome> outcomes) {
        return outcomes.stream()
                .map(Outcome::settled)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static CloudException missing(String id) {
        return new CloudException(ErrorCode.NOT_FOUND, "There is no operation " + id + ".");
    }
}
