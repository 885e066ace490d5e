package io.croft.controller.compute.instance;

import io.croft.controller.blockstorage.volume.InstanceVolumes;
import io.croft.controller.compute.instance.InstanceStates.Cause;
import io.croft.controller.compute.instance.InstanceStates.Moved;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.Capacity;
import io.croft.controller.fleet.Claim;
import io.croft.controller.fleet.Resources;
import io.croft.controller.network.eni.InstanceNetworks;
import io.croft.controller.placement.NoCapacityException;
import io.croft.controller.placement.Placement;
import io.croft.controller.placement.PlacementRefusals;
import io.croft.controller.quota.Quota;
import io.croft.controller.quota.Quotas;
import io.croft.protocol.InstanceSpec.Power;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Starts stopped instances on the hosts that have their volumes, all or none. */
@Component
class StartInstances {
    private static final Set<InstanceState> ALLOWED =
            Set.of(InstanceState.STOPPED, InstanceState.PENDING, InstanceState.RUNNING);

    private final NamedInstances named;
    private final VmTable vms;
    private final InstanceStates states;
    private final InstanceDocuments documents;
    private final InstanceNetworks networks;
    private final InstanceVolumes volumes;
    private final ReservedStarts reserved;
    private final Quotas quotas;
    private final Capacity capacity;
    private final Placement placement;
    private final PlacementRefusals refusals;

    StartInstances(
            NamedInstances named,
            VmTable vms,
            InstanceStates states,
            InstanceDocuments documents,
            InstanceNetworks networks,
            InstanceVolumes volumes,
            ReservedStarts reserved,
            Quotas quotas,
            Capacity capacity,
            Placement placement,
            PlacementRefusals refusals) {
        this.named = named;
        this.vms = vms;
        this.states = states;
        this.documents = documents;
        this.networks = networks;
        this.volumes = volumes;
        this.reserved = reserved;
        this.quotas = quotas;
        this.capacity = capacity;
        this.placement = placement;
        this.refusals = refusals;
    }

    @Transactional
    List<InstanceStateChange> start(Caller caller, List<InstanceId> ids) {
        var rows = named.lock(caller, ids, ALLOWED, "started");
        var stopped = rows.values().stream()
                .filter(r -> r.state() == InstanceState.STOPPED)
                .toList();
        requireRoots(stopped);
        volumes.requireArrived(stopped.stream().map(InstanceRow::id).toList());
        var hosts = vms.load(stopped.stream().map(InstanceRow::id).toList()).stream()
                .collect(Collectors.toMap(VmRow::instance, VmRow::host));
        var pools = reserved.pools(caller, stopped, hosts);
        requireQuota(
                caller, stopped.stream().filter(r -> !pools.containsKey(r.id())).toList());
        var moved = states.move(rows.keySet(), InstanceEvent.START_REQUESTED, Cause.NONE);
        var started = moved.stream().map(Moved::id).toList();
        if (!started.isEmpty()) {
            claim(caller, rows, started, pools);
            networks.renewPublicAddresses(caller.account(), started);
            vms.want(started, Power.ON, StopMode.GRACEFUL);
            documents.put(started);
        }
        return NamedInstances.changes(ids, rows, moved);
    }

    private void requireRoots(List<InstanceRow> stopped) {
        var rootless = volumes.rootless(stopped.stream().map(InstanceRow::id).toList());
        for (var row : stopped) {
            if (rootless.contains(row.id())) {
                throw new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "Invalid value '" + row.id()
                                + "' for instanceId. Instance does not have a volume attached at root ("
                                + row.rootDevice() + ")");
            }
        }
    }

    /** What was set aside for an instance was counted then. */
    private void requireQuota(Caller caller, Collection<InstanceRow> stopped) {
        if (!stopped.isEmpty()) {
            quotas.require(
                    caller.account(),
                    Map.of(
                            Quota.VCPUS,
                            stopped.stream().mapToLong(InstanceRow::vcpus).sum(),
                            Quota.MEMORY_MIB,
                            stopped.stream().mapToLong(InstanceRow::memoryMib).sum()));
        }
    }

    /** Takes back what the stop gave up, host by host in the order of their ids. */
    private void claim(
            Caller caller, Map<InstanceId, InstanceRow> rows, List<InstanceId> started, Map<InstanceId, String> pools) {
        var byHost = new TreeMap<HostId, List<InstanceRow>>(Comparator.comparing(HostId::value));
        vms.load(started).stream()
                .collect(Collectors.groupingBy(VmRow::host))
                .forEach((host, own) -> byHost.put(
                        host,
                        own.stream()
                                .map(vm -> Objects.requireNonNull(rows.get(vm.instance())))
                                .toList()));
        byHost.forEach((host, own) -> {
            if (!capacity.claim(
                    host,
                    own.stream()
                            .map(r -> new Claim(r.id(), compute(r), pools.get(r.id())))
                            .toList())) {
                throw refuse(caller, host, own);
            }
        });
    }

    private static Resources compute(InstanceRow row) {
        return new Resources(row.vcpus(), row.memoryBytes(), 0);
    }

    private RuntimeException refuse(Caller caller, HostId host, List<InstanceRow> rows) {
        var first = rows.getFirst();
        var needed = rows.stream().map(StartInstances::compute).reduce(Resources.NONE, Resources::plus);
        var refusal = new NoCapacityException(placement.refusal(host, first.zone(), first.machine(), needed));
        return refusals.refuse(caller, first.id().value(), first.instanceType(), List.of(first.zone()), refusal);
    }
}
