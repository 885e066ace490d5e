package io.croft.controller.cluster;

import io.croft.controller.compute.instance.InstanceView;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each instance may be once everything is at rest, from what was asked of it. A request without an answer may have been carried out or not. */
final class Expectations {
    private final Map<InstanceId, Set<InstanceState>> allowed = new LinkedHashMap<>();

    void launched(List<InstanceId> ids) {
        ids.forEach(id -> allowed.put(id, EnumSet.of(InstanceState.RUNNING)));
    }

    /** The request was accepted: it alone says how the instance ends up. */
    void asked(InstanceId id, InstanceState end) {
        if (!ended(id)) {
            allowed.put(id, EnumSet.of(end));
        }
    }

    /** It may or may not happen. */
    void maybe(InstanceId id, InstanceState end) {
        if (!ended(id)) {
            allowed.getOrDefault(id, EnumSet.noneOf(InstanceState.class)).add(end);
        }
    }

    private boolean ended(InstanceId id) {
        return Set.of(InstanceState.TERMINATED).equals(allowed.get(id));
    }

    List<InstanceId> known() {
        return List.copyOf(allowed.keySet());
    }

    /** What is otherwise than it may be. */
    List<String> wrong(List<InstanceView> instances) {
        var wrongs = new ArrayList<String>();
        for (var instance : instances) {
            var may = allowed.get(instance.id());
            if (may != null && !may.contains(instance.state())) {
                wrongs.add(instance.id() + " is " + instance.state() + " and may be " + may);
            }
        }
        return wrongs;
    }
}
