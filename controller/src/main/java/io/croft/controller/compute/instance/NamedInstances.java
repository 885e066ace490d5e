package io.croft.controller.compute.instance;

import io.croft.controller.compute.instance.InstanceStates.Moved;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The instances that a request names, locked: all of them are there and in a state that the request can deal with, or the request fails as a whole. */
@Component
public class NamedInstances {
    private final InstanceTable instances;

    NamedInstances(InstanceTable instances) {
        this.instances = instances;
    }

    /**
     * Locks the instances.
     *
     * @param allowed the states that the request can deal with
     * @param verb what the request does, in the past participle, for the error
     * @return by id
     * @throws CloudException InvalidInstanceID.NotFound, IncorrectInstanceState, MissingParameter
     */
    public Map<InstanceId, InstanceRow> lock(
            Caller caller, List<InstanceId> ids, Set<InstanceState> allowed, String verb) {
        if (ids.isEmpty()) {
            throw new CloudException(ErrorCode.MISSING_PARAMETER, "The request must contain the parameter InstanceId");
        }
        var rows = instances.lock(caller.account(), ids).stream().collect(Collectors.toMap(InstanceRow::id, r -> r));
        var missing = ids.stream()
                .distinct()
                .filter(id -> !rows.containsKey(id))
                .map(InstanceId::value)
                .toList();
        if (!missing.isEmpty()) {
            throw CloudException.missing(ResourceType.INSTANCE, missing);
        }
        for (var row : rows.values()) {
            if (!allowed.contains(row.state())) {
                throw new CloudException(
                        ErrorCode.INCORRECT_INSTANCE_STATE,
                        "The instance '" + row.id() + "' is not in a state from which it can be " + verb + ".");
            }
        }
        return rows;
    }

    /** What the request made of each instance, in the order in which it named them. */
    static List<InstanceStateChange> changes(
            List<InstanceId> ids, Map<InstanceId, InstanceRow> rows, List<Moved> moved) {
        var now = moved.stream().collect(Collectors.toMap(Moved::id, Moved::to));
        return ids.stream()
                .distinct()
                .map(id -> {
                    var before = Objects.requireNonNull(rows.get(id)).state();
                    return new InstanceStateChange(id, before, now.getOrDefault(id, before));
                })
                .toList();
    }
}
