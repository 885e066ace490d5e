package io.croft.controller.compute.instance;

import io.croft.controller.blockstorage.volume.InstanceVolumes;
import io.croft.controller.compute.instance.InstanceStates.Cause;
import io.croft.controller.compute.instance.InstanceStates.Moved;
import io.croft.controller.compute.launchspec.ShutdownBehavior;
import io.croft.controller.fleet.Capacity;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostView;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.network.eni.InstanceNetworks;
import io.croft.protocol.InstanceSpec.Power;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * The ways in which instances stop and end, whoever asks for it: a tenant, a guest, a failure or a deadline. Each is a guarded move of the state, and only of
 * the instances that were moved are rows and documents changed; so doing one twice does it once. To be called inside a transaction.
 */
@Component
class InstanceEndings {
    private final InstanceTable instances;
    private final InstanceStates states;
    private final Deadlines deadlines;
    private final VmTable vms;
    private final InstanceDocuments documents;
    private final InstanceNetworks networks;
    private final InstanceVolumes volumes;
    private final Fleet fleet;
    private final Capacity capacity;
    private final History history;

    InstanceEndings(
            InstanceTable instances,
            InstanceStates states,
            Deadlines deadlines,
            VmTable vms,
            InstanceDocuments documents,
            InstanceNetworks networks,
            InstanceVolumes volumes,
            Fleet fleet,
            Capacity capacity,
            History history) {
        this.instances = instances;
        this.states = states;
        this.deadlines = deadlines;
        this.vms = vms;
        this.documents = documents;
        this.networks = networks;
        this.volumes = volumes;
        this.fleet = fleet;
        this.capacity = capacity;
        this.history = history;
    }

    /** Stops instances; {@code event} leads to STOPPING. */
    List<Moved> stop(Collection<InstanceId> ids, InstanceEvent event, Cause cause, StopMode mode) {
        var moved = states.move(ids, event, cause);
        powerOff(ids(moved), mode);
        if (mode == StopMode.HIBERNATE) {
            ids(moved).forEach(id -> instances.extend(id, deadlines.ofHibernation()));
        } else {
            noteWaiting(moved);
        }
        return moved;
    }

    /** Cuts the power of instances that are stopping, at their tenant's request; those that were to hibernate do not. */
    void cutStopping(Collection<InstanceRow> rows) {
        stop(
                rows.stream()
                        .filter(r -> StateReasons.HIBERNATE.equals(r.reason()))
                        .map(InstanceRow::id)
                        .toList(),
                InstanceEvent.HIBERNATION_FAILED,
                Cause.of(StateReasons.USER_STOP),
                StopMode.FORCE);
        powerOff(
                rows.stream()
                        .filter(r -> !StateReasons.HIBERNATE.equals(r.reason()))
                        .map(InstanceRow::id)
                        .toList(),
                StopMode.FORCE);
    }

    /** Stops an instance that was to hibernate and cannot, as EC2 does. */
    void hibernationFailed(InstanceId id, String detail) {
        stop(
                Set.of(id),
                InstanceEvent.HIBERNATION_FAILED,
                new Cause(StateReasons.NOT_HIBERNATED, detail),
                StopMode.GRACEFUL);
    }

    /** An instance that was to hibernate, if it ran, is off and its host keeps no memory of it: it is stopped as any other is. */
    void nothingSaved(InstanceId id) {
        powerOff(Set.of(id), StopMode.FORCE);
    }

    /** Wants instances that are stopping off, this way. */
    void powerOff(Collection<InstanceId> ids, StopMode mode) {
        if (!ids.isEmpty()) {
            vms.want(ids, Power.OFF, mode);
            documents.put(ids);
        }
    }

    /** Ends instances; {@code event} leads to SHUTTING_DOWN. What goes with an instance goes with it, what stays stays. */
    List<Moved> end(Collection<InstanceId> ids, InstanceEvent event, Cause cause) {
        return end(ids, event, cause, false);
    }

    /** Gives up on a launch: nothing of it can hold data, so all of it goes. */
    void giveUp(InstanceId id, Cause cause) {
        var moved = end(Set.of(id), InstanceEvent.LAUNCH_FAILED, cause, true);
        if (!moved.isEmpty()) {
            passOverAwayHost(id);
        }
    }

    private List<Moved> end(Collection<InstanceId> ids, InstanceEvent event, Cause cause, boolean allVolumes) {
        var moved = states.move(ids, event, cause);
        var ended = ids(moved);
        if (!ended.isEmpty()) {
            vms.wantGone(ended);
            documents.put(ended);
            networks.release(ended);
            volumes.release(ended, allVolumes);
            noteWaiting(moved);
        }
        return moved;
    }

    /** What an instance of a host that is away holds is free only once it is proved that it has ended; says by what. */
    private void noteWaiting(List<Moved> moved) {
        var away = vms.onAwayHosts(ids(moved));
        history.record(moved.stream()
                .filter(m -> away.containsKey(m.id()))
                .map(m -> new Happening(
                        m.account(), m.id().value(), "waits", waiting(Objects.requireNonNull(away.get(m.id())))))
                .toList());
    }

    /** What the proof of an instance's stop waits for, where its host is away. */
    Optional<String> waiting(InstanceId id) {
        return Optional.ofNullable(vms.onAwayHosts(List.of(id)).get(id)).map(InstanceEndings::waiting);
    }

    private static String waiting(HostId host) {
        return "host " + host
                + " is away: addresses and claims are held until its own proof, or croft host confirm-dead " + host;
    }

    /** It is proved that a machine that was to go is no more, and what it held of its host is free; the instance is gone with the last of its machines. */
    List<Moved> provedGone(VmRow vm, Cause cause) {
        capacity.release(vm.host(), vm.instance());
        if (!vms.delete(vm.instance(), vm.host())) {
            return List.of();
        }
        volumes.detach(vm.instance());
        return states.move(Set.of(vm.instance()), InstanceEvent.HOST_PROVED_GONE, cause);
    }

    /** It is proved that the machine of an instance that is stopping is off. */
    List<Moved> provedOff(VmRow vm, Cause cause) {
        var moved = states.move(Set.of(vm.instance()), InstanceEvent.HOST_STOPPED, cause);
        if (!moved.isEmpty()) {
            networks.dropPublicAddresses(Set.of(vm.instance()));
            capacity.release(vm.host(), vm.instance());
        }
        return moved;
    }

    /** Shows an instance as terminated when its host is away: the tombstones wait for the host, and what it holds stays held. */
    boolean passOverAwayHost(InstanceId id) {
        var away = vms.find(id).filter(vm -> isAway(vm.host()));
        return away.isPresent()
                && !states.move(
                                Set.of(id),
                                InstanceEvent.HOST_AWAY,
                                new Cause(null, waiting(away.get().host())))
                        .isEmpty();
    }

    /** Whether the instance's host has been silent for so long that nothing can be expected of it. */
    boolean isHostAway(InstanceId id) {
        return vms.find(id).filter(vm -> isAway(vm.host())).isPresent();
    }

    private boolean isAway(HostId host) {
        return fleet.find(host).map(HostView::away).orElse(true);
    }

    /**
     * A start cannot succeed: a first one ends the instance, a later one leaves it stopped. One that may have gone on from saved memory meanwhile keeps
     * that memory.
     */
    void startFailed(InstanceRow instance, Cause cause) {
        if (instance.hasRun()) {
            var mode = instance.options().hibernation() ? StopMode.HIBERNATE : StopMode.FORCE;
            stop(Set.of(instance.id()), InstanceEvent.START_FAILED, cause, mode);
        } else {
            giveUp(instance.id(), cause);
        }
    }

    /** The guest of an instance has powered itself off. */
    void guestPoweredOff(InstanceRow instance) {
        var cause = Cause.of(StateReasons.GUEST_STOP);
        if (instance.options().shutdownBehavior() == ShutdownBehavior.TERMINATE) {
            end(Set.of(instance.id()), InstanceEvent.GUEST_ENDED, cause);
        } else {
            stop(Set.of(instance.id()), InstanceEvent.GUEST_STOPPED, cause, StopMode.FORCE);
        }
    }

    private static List<InstanceId> ids(List<Moved> moved) {
        return moved.stream().map(Moved::id).toList();
    }
}
