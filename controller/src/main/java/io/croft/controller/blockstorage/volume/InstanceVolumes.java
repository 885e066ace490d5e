package io.croft.controller.blockstorage.volume;

import io.croft.controller.blockstorage.snapshot.SnapshotOrigins;
import io.croft.controller.blockstorage.volume.VolumeTable.Place;
import io.croft.controller.blockstorage.volume.VolumeTable.Row;
import io.croft.controller.blockstorage.volume.VolumeView.Attachment;
import io.croft.controller.context.CloudException;
import io.croft.controller.fleet.Capacity;
import io.croft.controller.fleet.Claim;
import io.croft.controller.fleet.Fleet;
import io.croft.controller.fleet.HostView;
import io.croft.controller.fleet.Resources;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.protocol.HostFacts;
import io.croft.types.AccountId;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.ResourceType;
import io.croft.types.SnapshotId;
import io.croft.types.VolumeId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The volumes of instances, for the modules that own the instances. Every change belongs into its transaction and puts the documents for the hosts concerned. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class InstanceVolumes {
    private static final long GIB = 1L << 30;

    private final VolumeTable table;
    private final VolumeMoves moves;
    private final VolumeMoveTable moving;
    private final VolumeMoveEndings moveEndings;
    private final Volumes volumes;
    private final VolumeEndings endings;
    private final SnapshotOrigins origins;
    private final Fleet fleet;
    private final Capacity capacity;
    private final History history;
    private final Clock clock;

    InstanceVolumes(
            VolumeTable table,
            VolumeMoves moves,
            VolumeMoveTable moving,
            VolumeMoveEndings moveEndings,
            Volumes volumes,
            VolumeEndings endings,
            SnapshotOrigins origins,
            Fleet fleet,
            Capacity capacity,
            History history,
            Clock clock) {
        this.table = table;
        this.moves = moves;
        this.moving = moving;
        this.moveEndings = moveEndings;
        this.volumes = volumes;
        this.endings = endings;
        this.origins = origins;
        this.fleet = fleet;
        this.capacity = capacity;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Makes volumes with their instances, whose disk space on the host the caller has claimed under their ids, and which it has been granted. Snapshots that they are made of are the caller's to have found readable.
     *
     * @return in the order of the request, without tags
     * @throws CloudException InvalidSnapshot.NotFound for a snapshot that was deleted meanwhile, UnsupportedOperation for one on a host whose agent is too old for it
     */
    public List<VolumeView> create(AccountId account, List<NewInstanceVolume> wanted) {
        holdOrigins(wanted);
        var rows = table.insertAttached(account, wanted);
        endings.tell(rows);
        return Volumes.views(rows, Map.of());
    }

    private void holdOrigins(List<NewInstanceVolume> wanted) {
        var snapshots = new TreeSet<String>();
        for (var volume : wanted) {
            if (volume.snapshot() != null) {
                requireFilling(volume.id(), volume.host());
                snapshots.add(volume.snapshot().value());
            }
        }
        snapshots.forEach(id -> origins.hold(new SnapshotId(id)));
    }

    /** The volumes of each instance, the boot volume first. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public Map<InstanceId, List<VolumeView>> of(Collection<InstanceId> instances) {
        var byInstance = new HashMap<InstanceId, List<VolumeView>>();
        for (var view : volumes.views(table.ofInstances(instances))) {
            if (view.attachment() != null) {
                byInstance
                        .computeIfAbsent(view.attachment().instance(), _ -> new ArrayList<>())
                        .add(view);
            }
        }
        return byInstance;
    }

    /**
     * The instances are ending: their volumes that go with them are to be deleted, the others to be detached once {@link #detach} says so.
     *
     * @param all also deletes those that would stay, for an instance that never ran: nobody has written to them
     */
    public void release(Collection<InstanceId> instances, boolean all) {
        var attached = table.ofInstances(instances);
        var ids = attached.stream().map(Row::id).toList();
        table.lock(ids);
        moveEndings.giveUp(ids, "its instance ends");
        table.beginDetaching(ids);
        var going = attached.stream().filter(r -> goesWithInstance(r, all)).toList();
        note(going, "deleting", "with ");
        endings.delete(going.stream().map(Row::id).toList());
    }

    private static boolean goesWithInstance(Row row, boolean all) {
        var attachment = row.attachment();
        return attachment != null && (all || attachment.deleteOnTermination());
    }

    /**
     * Says which of an instance's volumes go with it.
     *
     * @param byDevice by device name
     * @throws io.croft.controller.context.CloudException InvalidInstanceAttributeValue for a device that it has not got, InvalidParameterValue for one that is named twice
     */
    public void setDeleteOnTermination(InstanceId instance, Map<String, Boolean> byDevice) {
        var attached = table.ofInstances(List.of(instance));
        requireDistinct(byDevice.keySet());
        byDevice.forEach((device, goes) -> {
            var volume = attached.stream()
                    .filter(v -> isAt(v, new DeviceName(device)))
                    .findFirst()
                    .orElseThrow(() -> new CloudException(
                            ErrorCode.INSTANCE_ATTRIBUTE_VALUE_INVALID, "No device is currently mapped at " + device));
            table.setDeleteOnTermination(volume.id(), instance, goes);
        });
    }

    private static void requireDistinct(Collection<String> devices) {
        var places = new HashSet<String>();
        for (var device : devices) {
            if (!places.add(new DeviceName(device).place())) {
                throw new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE, "The device " + device + " is named more than once");
            }
        }
    }

    private static boolean isAt(Row volume, DeviceName device) {
        var attachment = volume.attachment();
        return attachment != null && device.samePlace(new DeviceName(attachment.device()));
    }

    private void note(List<Row> attached, String event, String why) {
        history.record(attached.stream()
                .map(r -> new Happening(r.account(), r.id().value(), event, why + instance(r)))
                .toList());
    }

    private static String instance(Row row) {
        return Objects.requireNonNull(row.attachment()).instance().value();
    }

    /** The instance is gone from its host: what stays of its volumes is free. */
    public void detach(InstanceId instance) {
        var attached = table.ofInstances(List.of(instance));
        table.lock(attached.stream().map(Row::id).toList());
        var stay = Set.copyOf(table.endAttachments(instance));
        table.move(stay, VolumeEvent.DETACHED);
        note(attached.stream().filter(r -> stay.contains(r.id())).toList(), "detached", "at the end of ");
    }

    /**
     * Plugs a volume into an instance whose row the caller has locked. One that has no place gets one on the instance's host, which then makes it; one that another host keeps moves there, and the machine gets it then.
     *
     * @return as it is then
     * @throws CloudException InvalidVolume.NotFound, VolumeInUse, IncorrectState, InvalidVolume.ZoneMismatch, InvalidParameterValue for a place that is taken,
     *     AttachmentLimitExceeded, InsufficientVolumeCapacity; for a volume that another host keeps as {@link VolumeMoves#move}
     */
    public VolumeView attach(AccountId account, VolumeId id, AttachPlace at, DeviceName device) {
        var volume = lock(account, id);
        requireAvailable(volume);
        if (!volume.zone().equals(at.zone())) {
            throw new CloudException(
                    ErrorCode.VOLUME_ZONE_MISMATCH,
                    "The volume '" + id + "' is not in the same availability zone as instance '" + at.instance() + "'");
        }
        requireFree(at.instance(), device);
        settle(volume, at);
        var boot = device.samePlace(new DeviceName(at.rootDevice()));
        table.attach(
                id,
                new Attachment(
                        at.instance(),
                        boot ? at.rootDevice() : device.text(),
                        boot,
                        AttachmentState.ATTACHING,
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        false),
                at.live());
        table.move(List.of(id), VolumeEvent.ATTACH_REQUESTED);
        endings.put(List.of(id));
        return view(id);
    }

    /** An agent of before would make an empty one. */
    private void requireFilling(VolumeId id, HostId host) {
        if (fleet.find(host)
                .map(HostView::facts)
                .filter(f -> f.can(HostFacts.FILLS_VOLUMES))
                .isEmpty()) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "The agent of the host that is to keep the volume '" + id
                            + "' is too old to make volumes from snapshots.");
        }
    }

    private static void requireAvailable(Row volume) {
        switch (volume.state()) {
            case AVAILABLE -> {}
            case IN_USE ->
                throw new CloudException(ErrorCode.VOLUME_IN_USE, volume.id() + " is already attached to an instance");
            case CREATING, DELETING ->
                throw new CloudException(
                        ErrorCode.INCORRECT_STATE,
                        "The volume '" + volume.id() + "' is " + volume.state().ec2Name() + ".");
        }
    }

    private void requireFree(InstanceId instance, DeviceName device) {
        var others = table.ofInstances(List.of(instance));
        BlockDevices.requireRoom(others.size() + 1);
        for (var other : others) {
            if (isAt(other, device)) {
                throw new CloudException(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "Invalid value '" + device + "' for unixDevice. Attachment point "
                                + Objects.requireNonNull(other.attachment()).device() + " is already in use");
            }
        }
    }

    /** Sees that the instance's host keeps the volume. */
    private void settle(Row volume, AttachPlace at) {
        var place = volume.place();
        if (place == null) {
            if (volume.snapshot() != null) {
                requireFilling(volume.id(), at.host());
            }
            var backend = at.backend().apply(volume.shape());
            var size = new Resources(0, 0, volume.shape().sizeGib() * GIB);
            if (!capacity.claim(at.host(), List.of(new Claim(volume.id(), size)))) {
                throw new CloudException(
                        ErrorCode.INSUFFICIENT_VOLUME_CAPACITY,
                        "There is no room for the volume '" + volume.id() + "' where the instance '" + at.instance()
                                + "' is.");
            }
            table.place(volume.id(), new Place(at.host(), backend));
        } else {
            bring(volume, at);
        }
    }

    /** A volume that is on its way there goes on; from anywhere else it begins to come. */
    private void bring(Row volume, AttachPlace at) {
        var running = moving.find(volume.id());
        if (running.isPresent()) {
            if (running.get().to().host().equals(at.host())) {
                return;
            }
            moveEndings.giveUp(running.get(), "it is attached to " + at.instance());
        }
        var settled = table.find(volume.id()).orElseThrow();
        if (!Objects.requireNonNull(settled.place()).host().equals(at.host())) {
            var backend = at.backend().apply(volume.shape());
            moves.begin(settled, new Place(at.host(), backend), "for " + at.instance());
        }
    }

    /**
     * Checks that instances' machines can have all of their volumes.
     *
     * @throws CloudException IncorrectState while one is on its way to its instance's host
     */
    public void requireArrived(Collection<InstanceId> instances) {
        for (var volume : table.ofInstances(instances)) {
            if (volume.transit() != null) {
                throw new CloudException(
                        ErrorCode.INCORRECT_STATE,
                        "The volume '" + volume.id() + "' is on its way to the host of the instance '"
                                + instance(volume) + "', which can be started once the volume is there.");
            }
        }
    }

    /**
     * Takes a volume out of an instance whose row the caller has locked and whose machine is off.
     *
     * @return its attachment as it was, detached now
     * @throws CloudException InvalidVolume.NotFound, IncorrectState when the instance has it no more
     */
    public Attachment detach(AccountId account, VolumeId id, InstanceId instance) {
        var attachment = requireAttached(account, id, instance);
        moveEndings.giveUp(List.of(id), "it is detached");
        table.detach(id);
        table.move(List.of(id), VolumeEvent.DETACHED);
        return attachment.as(AttachmentState.DETACHED);
    }

    /**
     * Has a machine that runs let go of a volume, whose instance's row the caller has locked: it is detached once its host says that the machine holds it no more, or at once while it is still on its way to
     * the host. One that is on its way out already stays so.
     *
     * @return its attachment as it is then
     * @throws CloudException InvalidVolume.NotFound, OperationNotPermitted for the root volume, IncorrectState when the instance has it no more
     */
    public Attachment beginDetaching(AccountId account, VolumeId id, InstanceId instance) {
        var attachment = requireAttached(account, id, instance);
        if (attachment.boot()) {
            throw new CloudException(
                    ErrorCode.OPERATION_NOT_PERMITTED,
                    "Unable to detach root volume '" + id + "' from instance '" + instance + "'");
        }
        if (moving.find(id).isPresent()) {
            return detach(account, id, instance);
        }
        table.beginDetaching(List.of(id));
        return attachment.as(AttachmentState.DETACHING);
    }

    /**
     * Gives up on plugging a volume, which its host cannot make, into a machine that runs, whose instance's row the caller has locked: the volume is free once its host says that the machine has
     * nothing of it.
     *
     * @return whether it was on its way there
     */
    public boolean giveUpAttaching(VolumeId id, InstanceId instance) {
        table.lock(List.of(id));
        return table.giveUpAttaching(id, instance);
    }

    /** Those of the instances that have no volume to boot from. */
    public List<InstanceId> rootless(Collection<InstanceId> instances) {
        return table.rootless(instances);
    }

    private Attachment requireAttached(AccountId account, VolumeId id, InstanceId instance) {
        var attachment = lock(account, id).attachment();
        if (attachment == null || !attachment.instance().equals(instance)) {
            throw new CloudException(ErrorCode.INCORRECT_STATE, "The volume '" + id + "' has been detached meanwhile.");
        }
        return attachment;
    }

    private Row lock(AccountId account, VolumeId id) {
        table.lock(List.of(id));
        return table.find(id)
                .filter(v -> v.account().equals(account))
                .orElseThrow(() -> CloudException.missing(ResourceType.VOLUME, List.of(id.value())));
    }

    private VolumeView view(VolumeId id) {
        return volumes.views(table.load(List.of(id.value()))).getFirst();
    }
}
