package io.croft.controller.restore;

import io.croft.controller.blockstorage.capture.RestoredCaptures;
import io.croft.controller.blockstorage.volume.RestoredVolumes;
import io.croft.controller.compute.instance.RestoredInstances;
import io.croft.controller.fleet.Capacity;
import io.croft.controller.hostlink.RestoredDocuments;
import io.croft.controller.network.account.RestoredNetworks;
import io.croft.controller.recovery.Frozen;
import io.croft.controller.recovery.Recovery;
import io.croft.controller.restore.Decision.Action;
import io.croft.protocol.DocumentKey;
import io.croft.protocol.DocumentKind;
import io.croft.protocol.InstanceSpec;
import io.croft.protocol.LedgerReport;
import io.croft.protocol.ObservedDocument;
import io.croft.protocol.Presence;
import io.croft.types.Era;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.VolumeId;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes a plan: the rows first, then addresses and claims, then all documents of the merged hosts from the rows, in the new era. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RestoredRows {
    private final Recovery recovery;
    private final RestoredDocuments documents;
    private final RestoredNetworks networks;
    private final RestoredGroups groups;
    private final RestoredVolumes volumes;
    private final RestoredCaptures captures;
    private final RestoredInstances instances;
    private final RestoredHistory history;
    private final Capacity capacity;
    private final Ledgers ledgers;
    private final Clock clock;

    RestoredRows(
            Recovery recovery,
            RestoredDocuments documents,
            RestoredNetworks networks,
            RestoredGroups groups,
            RestoredVolumes volumes,
            RestoredCaptures captures,
            RestoredInstances instances,
            RestoredHistory history,
            Capacity capacity,
            Ledgers ledgers,
            Clock clock) {
        this.recovery = recovery;
        this.documents = documents;
        this.networks = networks;
        this.groups = groups;
        this.volumes = volumes;
        this.captures = captures;
        this.instances = instances;
        this.history = history;
        this.capacity = capacity;
        this.ledgers = ledgers;
        this.clock = clock;
    }

    @Transactional(propagation = Propagation.SUPPORTS)
    Set<String> ended() {
        return instances.ended();
    }

    /** What becomes of networks and groups. */
    @Transactional(propagation = Propagation.SUPPORTS)
    List<RestoreLine> groups(Map<HostId, LedgerReport> told) {
        return groups.lines(told);
    }

    void lock() {
        documents.lock();
    }

    void write(Plan plan, Map<HostId, LedgerReport> told, Era era) {
        groups.take(told);
        // A place may have been given up by one volume for another: all are empty before any is filled.
        plan.instances(Action.FOLLOW, Action.ADOPT, Action.STOP).stream()
                .filter(d -> isTold(d, told))
                .flatMap(d -> plan.spec(d).stream())
                .filter(spec -> spec.presence() == Presence.PRESENT)
                .forEach(volumes::detachOthers);
        for (var decision : plan.instances(Action.KEEP, Action.FOLLOW, Action.ADOPT)) {
            if (told.containsKey(Objects.requireNonNull(decision.host()))) {
                take(plan, decision, told);
            }
        }
        for (var decision : plan.instances(Action.STOP, Action.END, Action.TERMINATE)) {
            end(plan, decision);
        }
        plan.volumes(Action.FOLLOW, Action.ADOPT, Action.END, Action.TERMINATE).stream()
                .filter(d -> isTold(d, told))
                .forEach(d -> volume(plan, d));
        var frozen = freeze(plan);
        networks.rebuildAddresses(frozen);
        told.keySet().stream()
                .sorted(Comparator.comparing(HostId::value))
                .forEach(h -> tell(h, Objects.requireNonNull(told.get(h)), era, frozen));
        networks.complete();
        history.record(plan);
    }

    private static boolean isTold(Decision decision, Map<HostId, LedgerReport> told) {
        return decision.host() == null || told.containsKey(decision.host());
    }

    private void take(Plan plan, Decision decision, Map<HostId, LedgerReport> told) {
        var host = Objects.requireNonNull(decision.host());
        plan.spec(decision).filter(spec -> spec.presence() == Presence.PRESENT).ifPresent(spec -> {
            if (decision.action() != Action.KEEP) {
                instances.take(host, spec, seen(told.get(host), spec));
            }
            parts(plan, decision, host, spec);
        });
    }

    private void parts(Plan plan, Decision decision, HostId host, InstanceSpec spec) {
        plan.interfaces(decision).forEach(i -> networks.take(host, i));
        for (var disk : spec.disks()) {
            if (decision.action() != Action.KEEP) {
                var unknown = plan.volume(host, disk.volume())
                        .filter(v -> volumes.take(host, v, spec.metadata().zone()))
                        .filter(v -> v.image() != null)
                        .isPresent();
                volumes.attach(
                        disk.volume(), spec.id(), disk.deviceName(), unknown && decision.action() == Action.ADOPT);
            }
        }
    }

    private static ObservedDocument.@Nullable State seen(@Nullable LedgerReport ledger, InstanceSpec spec) {
        return Stream.ofNullable(ledger)
                .flatMap(l -> l.observed().stream())
                .filter(o -> o.key().equals(spec.key()) && o.generation().equals(spec.generation()))
                .map(ObservedDocument::state)
                .findFirst()
                .orElse(null);
    }

    private void end(Plan plan, Decision decision) {
        var id = new InstanceId(decision.id());
        var host = decision.host();
        switch (decision.action()) {
            case STOP ->
                plan.spec(decision).ifPresent(spec -> {
                    instances.stop(Objects.requireNonNull(host), spec);
                    parts(plan, decision, Objects.requireNonNull(host), spec);
                    networks.dropPublicAddresses(id);
                });
            case END ->
                plan.spec(decision).ifPresent(spec -> {
                    instances.end(Objects.requireNonNull(host), spec);
                    networks.end(id);
                });
            case TERMINATE -> {
                instances.terminate(id);
                if (plan.isBeingUnplugged(decision)) {
                    networks.end(id);
                } else {
                    networks.forget(id);
                }
                volumes.detach(id);
            }
            case KEEP, FOLLOW, ADOPT, FREEZE, AWAIT -> throw new IllegalArgumentException(decision.toString());
        }
    }

    private void volume(Plan plan, Decision decision) {
        var id = new VolumeId(decision.id());
        switch (decision.action()) {
            case FOLLOW, ADOPT -> {
                var host = Objects.requireNonNull(decision.host());
                plan.volume(host, id)
                        .ifPresent(v -> volumes.take(
                                host, v, Objects.requireNonNull(ledgers.zones().get(host))));
            }
            case END -> volumes.end(id);
            case TERMINATE -> volumes.forget(id);
            case KEEP, STOP, FREEZE, AWAIT -> throw new IllegalArgumentException(decision.toString());
        }
    }

    /** Freezes what is in doubt and lets go of the rest; returns all that is frozen now. */
    private Set<String> freeze(Plan plan) {
        plan.decisions().stream()
                .filter(d -> d.action() != Action.FREEZE)
                .map(Decision::id)
                .forEach(recovery::thaw);
        var frozen = plan.frozen(clock.instant()).stream()
                .flatMap(f -> Stream.concat(Stream.of(f), interfaces(f)))
                .toList();
        recovery.freeze(frozen);
        return recovery.frozen().stream().map(Frozen::id).collect(Collectors.toSet());
    }

    private Stream<Frozen> interfaces(Frozen frozen) {
        return frozen.kind().equals(DocumentKind.INSTANCE.wireName())
                ? networks.of(new InstanceId(frozen.id())).stream()
                        .map(i -> new DocumentKey(DocumentKind.INTERFACE, i.value()))
                        .map(k -> new Frozen(
                                k.kind().wireName(),
                                k.id(),
                                frozen.decision(),
                                frozen.reason(),
                                frozen.since(),
                                frozen.hosts()))
                : Stream.empty();
    }

    /** One generation for all: it is of an era that the host has not seen. */
    private void tell(HostId host, LedgerReport ledger, Era era, Collection<String> frozen) {
        var generation = era.base() + 1;
        documents.begin(host, era, frozen);
        instances.restamp(host, generation);
        volumes.restamp(host, generation);
        captures.restamp(host, generation);
        var doubt = recovery.frozen().stream().anyMatch(f -> f.hosts().contains(host));
        networks.restamp(host, generation, ledger.documents(), !doubt);
        networks.put(host, frozen);
        volumes.put(host, frozen);
        captures.put(host, frozen);
        instances.put(instances.on(host).stream()
                .filter(i -> !frozen.contains(i.value()))
                .toList());
        capacity.replace(
                host,
                Stream.concat(instances.claims(host).stream(), volumes.claims(host).stream())
                        .toList());
    }
}
