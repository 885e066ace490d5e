package io.croft.controller.compute.instance;

import io.croft.controller.blockstorage.volume.InstanceVolumes;
import io.croft.controller.compute.capacityreservation.CapacityReservations;
import io.croft.controller.compute.launchspec.LaunchRules;
import io.croft.controller.compute.launchspec.MetadataChange;
import io.croft.controller.compute.launchspec.Protection;
import io.croft.controller.compute.launchspec.UserData;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.controller.instancetype.InstanceTypes;
import io.croft.controller.network.eni.InstanceNetworks;
import io.croft.controller.network.eni.NetworkInterfaces;
import io.croft.types.ErrorCode;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes instances that exist: the row, and the document when the host is to know. The host takes a document of a machine that runs without touching the
 * machine, so what only its start reads is changed while it is stopped.
 */
@Component
class ModifyInstances {
    private static final Set<InstanceState> EXISTING =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(InstanceState.SHUTTING_DOWN, InstanceState.TERMINATED)));

    private final NamedInstances named;
    private final InstanceTable instances;
    private final VmTable vms;
    private final InstanceTypes types;
    private final InstanceNetworks networks;
    private final NetworkInterfaces interfaces;
    private final InstanceVolumes volumes;
    private final GroupMoves groups;
    private final CapacityReservations reservations;
    private final InstanceDocuments documents;
    private final InstanceAssembly assembly;
    private final History history;

    ModifyInstances(
            NamedInstances named,
            InstanceTable instances,
            VmTable vms,
            InstanceTypes types,
            InstanceNetworks networks,
            NetworkInterfaces interfaces,
            InstanceVolumes volumes,
            GroupMoves groups,
            CapacityReservations reservations,
            InstanceDocuments documents,
            InstanceAssembly assembly,
            History history) {
        this.named = named;
        this.instances = instances;
        this.vms = vms;
        this.types = types;
        this.networks = networks;
        this.interfaces = interfaces;
        this.volumes = volumes;
        this.groups = groups;
        this.reservations = reservations;
        this.documents = documents;
        this.assembly = assembly;
        this.history = history;
    }

    @Transactional
    void modify(Caller caller, InstanceId id, InstanceChange change) {
        var row = lock(caller, id);
        switch (change) {
            case InstanceChange.Type(var name) -> setType(row, name);
            case InstanceChange.UserData(var base64) -> {
                var data = UserData.normal(base64);
                requireStopped(row);
                instances.setUserData(id, data);
                documents.changed(List.of(id));
            }
            case InstanceChange.TerminationProtection(var on) ->
                instances.setProtection(
                        id, new Protection(on, row.options().protection().stop()));
            case InstanceChange.StopProtection(var on) ->
                instances.setProtection(
                        id, new Protection(row.options().protection().termination(), on));
            case InstanceChange.EbsOptimized(var on) -> {
                requireStopped(row);
                LaunchRules.checkEbsOptimized(on, types.require(row.instanceType()));
                instances.setEbsOptimized(id, on);
            }
            case InstanceChange.AutoRecovery(var on) -> {
                if (on != row.options().autoRecovery()) {
                    instances.setAutoRecovery(id, on);
                    documents.changed(List.of(id));
                }
            }
            case InstanceChange.Capacity(var choice) -> {
                requireStopped(row);
                reservations.check(caller, choice);
                instances.setCapacity(id, choice);
            }
            case InstanceChange.OnShutdown(var behavior) -> instances.setShutdownBehavior(id, behavior);
            case InstanceChange.Placement(var choice) -> {
                requireStopped(row);
                instances.setGroup(id, choice == null ? null : groups.move(caller, row, choice));
                documents.changed(List.of(id));
            }
            case InstanceChange.Groups(var members) -> {
                networks.setGroups(row.account(), id, members);
                documents.changed(List.of(id));
            }
            case InstanceChange.SourceDestCheck(var on) -> networks.setSourceDestCheck(id, on);
            case InstanceChange.InterfaceDescription(var nic, var text) -> interfaces.setDescription(caller, nic, text);
            case InstanceChange.Metadata(var options) -> setMetadata(row, options);
            case InstanceChange.Monitoring(var on) -> setMonitored(List.of(row), on);
            case InstanceChange.DeleteOnTermination(var byDevice) -> volumes.setDeleteOnTermination(id, byDevice);
        }
        history.record(List.of(new Happening(
                row.account(), id.value(), "modified", change.attribute() + ", request " + caller.requestId())));
    }

    @Transactional
    InstanceView modify(Caller caller, InstanceId id, List<InstanceChange> changes, Predicate<InstanceView> expected) {
        lock(caller, id);
        if (!expected.test(view(id))) {
            throw new CloudException(ErrorCode.PRECONDITION_FAILED, "The instance '" + id + "' has changed meanwhile.");
        }
        changes.forEach(change -> modify(caller, id, change));
        return view(id);
    }

    private InstanceView view(InstanceId id) {
        return assembly.views(List.of(id.value())).getFirst();
    }

    private InstanceRow lock(Caller caller, InstanceId id) {
        return Objects.requireNonNull(
                named.lock(caller, List.of(id), EXISTING, "modified").get(id));
    }

    private static void requireStopped(InstanceRow row) {
        if (row.state() != InstanceState.STOPPED) {
            throw new CloudException(
                    ErrorCode.INCORRECT_INSTANCE_STATE,
                    "The instance '" + row.id() + "' is not in the 'stopped' state.");
        }
    }

    private void setType(InstanceRow row, String name) {
        var type = types.require(name);
        LaunchRules.checkOffered(type);
        LaunchRules.checkArchitecture(row.architecture(), type);
        LaunchRules.checkEbsOptimized(row.options().ebsOptimized(), type);
        requireStopped(row);
        if (row.options().hibernation()) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "The type of the instance '" + row.id()
                            + "' cannot be changed, since it was launched with HibernationOptions.Configured.");
        }
        instances.setType(row.id(), type);
        documents.changed(List.of(row.id()));
    }

    @Transactional
    InstanceView modifyMetadata(Caller caller, InstanceId id, MetadataChange change) {
        setMetadata(lock(caller, id), change);
        return view(id);
    }

    private void setMetadata(InstanceRow row, MetadataChange change) {
        var options = change.on(row.metadata());
        LaunchRules.checkMetadata(options);
        if (options.tagsInMetadata()) {
            LaunchRules.checkShownTags(view(row.id()).tags().keySet());
        }
        if (!options.equals(row.metadata())) {
            instances.setMetadata(row.id(), options);
            vms.raise(List.of(row.id()));
            vms.noteMetadata(row.id());
            documents.put(List.of(row.id()));
        }
    }

    @Transactional
    void monitor(Caller caller, List<InstanceId> ids, boolean on) {
        setMonitored(named.lock(caller, ids, EXISTING, "monitored").values(), on);
    }

    private void setMonitored(Collection<InstanceRow> rows, boolean on) {
        var changed = rows.stream()
                .filter(r -> r.options().monitored() != on)
                .map(InstanceRow::id)
                .toList();
        if (!changed.isEmpty()) {
            instances.setMonitored(changed, on);
            documents.changed(changed);
        }
    }
}
