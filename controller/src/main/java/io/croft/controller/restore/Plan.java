package io.croft.controller.restore;

import io.croft.controller.recovery.Frozen;
import io.croft.controller.restore.Decision.Action;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.HostDocument;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.InterfaceSpec;
import io.croft.protocol.VolumeSpec;
import io.croft.types.AccountId;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of every instance and every volume, and from which documents. */
final class Plan {
    private final Map<String, Decision> instances;
    private final Map<String, Decision> volumes;
    private final Merge merge;

    /**
     * @param instances by their ids
     * @param volumes by their ids, those of instances too
     */
    Plan(Map<String, Decision> instances, Map<String, Decision> volumes, Merge merge) {
        this.instances = Map.copyOf(instances);
        this.volumes = Map.copyOf(volumes);
        this.merge = merge;
    }

    Decision instance(InstanceId id) {
        return Objects.requireNonNull(instances.get(id.value()));
    }

    Decision volume(VolumeId id) {
        return Objects.requireNonNull(volumes.get(id.value()));
    }

    /** All that is frozen, what belongs to a frozen instance with it. */
    List<Frozen> frozen(Instant now) {
        return Stream.concat(
                        instances(Action.FREEZE).stream()
                                .flatMap(d -> Stream.concat(
                                        Stream.of(frozen(Merge.instance(d.id()), d, now)),
                                        merge.parts(d.id()).stream().map(k -> frozen(k, d, now)))),
                        volumes(Action.FREEZE).stream().map(d -> frozen(Merge.volume(d.id()), d, now)))
                .toList();
    }

    private Frozen frozen(DocumentKey key, Decision decision, Instant now) {
        var own = key.id().equals(decision.id()) ? key : Merge.instance(decision.id());
        return new Frozen(key.kind().wireName(), key.id(), decision.id(), decision.reason(), now, merge.hosts(own));
    }

    /** Every decision, instances first, by their ids. */
    List<Decision> decisions() {
        return Stream.concat(instances.values().stream(), volumes.values().stream())
                .sorted(Comparator.comparing(Decision::id))
                .toList();
    }

    /** The instances of which this becomes. */
    List<Decision> instances(Action... actions) {
        var wanted = List.of(actions);
        return instances.values().stream()
                .filter(d -> wanted.contains(d.action()))
                .sorted(Comparator.comparing(Decision::id))
                .toList();
    }

    List<Decision> volumes(Action... actions) {
        var wanted = List.of(actions);
        return volumes.values().stream()
                .filter(d -> wanted.contains(d.action()))
                .sorted(Comparator.comparing(Decision::id))
                .toList();
    }

    /** An instance as it counts on its host. */
    Optional<InstanceSpec> spec(Decision instance) {
        return document(instance.host(), Merge.instance(instance.id())).map(InstanceSpec.class::cast);
    }

    /** Whose an instance is, for all that anybody knows. */
    Optional<AccountId> account(Decision instance) {
        return merge.specs(instance.id()).findFirst().map(InstanceSpec::account);
    }

    /** Whether the instance's host has still to remove interfaces of it, so that their addresses are not free yet. */
    boolean isBeingUnplugged(Decision instance) {
        return merge.isBeingUnplugged(instance.id());
    }

    List<InterfaceSpec> interfaces(Decision instance) {
        return merge.interfaces(instance);
    }

    /** A volume as it counts on a host. */
    Optional<VolumeSpec> volume(HostId host, VolumeId id) {
        return document(host, Merge.volume(id.value())).map(VolumeSpec.class::cast);
    }

    private Optional<HostDocument> document(@Nullable HostId host, DocumentKey key) {
        return host == null ? Optional.empty() : Optional.ofNullable(merge.counts(host, key));
    }
}
