package io.croft.controller.blockstorage.attachment;

import io.croft.controller.blockstorage.pool.StoragePools;
import io.croft.controller.blockstorage.pool.WantedDisk;
import io.croft.controller.blockstorage.volume.AttachPlace;
import io.croft.controller.blockstorage.volume.DeviceName;
import io.croft.controller.blockstorage.volume.InstanceVolumes;
import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.blockstorage.volume.VolumeView;
import io.croft.controller.blockstorage.volume.VolumeView.Attachment;
import io.croft.controller.blockstorage.volume.Volumes;
import io.croft.controller.compute.instance.InstanceDocuments;
import io.croft.controller.compute.instance.InstanceRow;
import io.croft.controller.compute.instance.NamedInstances;
import io.croft.controller.compute.instance.VmRow;
import io.croft.controller.compute.instance.VmTable;
import io.croft.controller.context.Caller;
import io.croft.controller.context.CloudException;
import io.croft.controller.history.Happening;
import io.croft.controller.history.History;
import io.croft.protocol.InstanceSpec.StopMode;
import io.croft.types.ErrorCode;
import io.croft.types.HostId;
import io.croft.types.InstanceId;
import io.croft.types.InstanceState;
import io.croft.types.VolumeId;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Attaches volumes to instances and detaches them, while the instances run or are stopped. What a machine that runs is to get or to give, it has or has not once its host says so.
 *
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/ebs-attaching-volume.html">Attach an Amazon EBS volume</a>
 */
@Component
public class VolumeAttachments {
    private static final long GIB = 1L << 30;
    private static final Set<InstanceState> ANY = EnumSet.allOf(InstanceState.class);

    private final Volumes volumes;
    private final InstanceVolumes plugged;
    private final NamedInstances named;
    private final VmTable vms;
    private final InstanceDocuments documents;
    private final StoragePools pools;
    private final History history;

    VolumeAttachments(
            Volumes volumes,
            InstanceVolumes plugged,
            NamedInstances named,
            VmTable vms,
            InstanceDocuments documents,
            StoragePools pools,
            History history) {
        this.volumes = volumes;
        this.plugged = plugged;
        this.named = named;
        this.vms = vms;
        this.documents = documents;
        this.pools = pools;
        this.history = history;
    }

    /**
     * Attaches a volume to an instance. One that was never attached is made on the instance's host, one that another host keeps moves there; one at the instance's root device is what it boots from.
     *
     * @return the volume, whose attachment is complete once its host has it
     * @throws CloudException InvalidVolume.NotFound, InvalidInstanceID.NotFound, IncorrectInstanceState, and as {@link InstanceVolumes#attach}
     */
    @Transactional
    public VolumeView attach(Caller caller, VolumeId id, InstanceId instance, DeviceName device) {
        volumes.require(caller, id);
        var row = lockSettled(caller, instance);
        var live = row.state() == InstanceState.RUNNING;
        var host = machine(instance).host();
        var at = new AttachPlace(instance, row.rootDevice(), row.zone(), host, s -> backend(host, s), live);
        var attached = plugged.attach(caller.account(), id, at, device);
        documents.changed(List.of(instance));
        note(
                caller,
                id,
                instance,
                live ? "attaching" : "attached",
                "at " + Objects.requireNonNull(attached.attachment()).device());
        return attached;
    }

    /**
     * Detaches a volume from its instance: at once from one that is stopped. The guest of one that runs is asked to let go of it, and asked again until it does or the instance stops.
     *
     * @param instance the instance that has it, as far as the caller knows; null for whichever does
     * @param device the place that it is in, as far as the caller knows; null for whichever it is
     * @param force asks to take it from a guest that does not let go, which is refused: the guest would go on writing to what is another's then
     * @return the attachment as it is then
     * @throws CloudException InvalidVolume.NotFound, InvalidAttachment.NotFound when it is not attached so, IncorrectState when it is not attached, IncorrectInstanceState, OperationNotPermitted for the root volume of one that runs,
     *     UnsupportedOperation for force
     */
    @Transactional
    public Attachment detach(
            Caller caller, VolumeId id, @Nullable InstanceId instance, @Nullable DeviceName device, boolean force) {
        var attachment = volumes.require(caller, id).attachment();
        if (attachment == null) {
            throw new CloudException(ErrorCode.INCORRECT_STATE, "The volume '" + id + "' is attached to no instance.");
        }
        var own = attachment.instance();
        if ((instance != null && !instance.equals(own))
                || (device != null && !device.samePlace(new DeviceName(attachment.device())))) {
            throw new CloudException(
                    ErrorCode.VOLUME_ATTACHMENT_NOT_FOUND,
                    "The volume '" + id + "' is not attached to instance '" + Objects.requireNonNullElse(instance, own)
                            + "'" + (device == null ? "" : " as device '" + device + "'") + ".");
        }
        var live = lockSettled(caller, own).state() == InstanceState.RUNNING;
        if (live && force) {
            throw new CloudException(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    "The volume '" + id + "' cannot be detached by force while the instance '" + own
                            + "' runs. Stop the instance, by force if need be: its volumes can be detached then.");
        }
        var detached =
                live ? plugged.beginDetaching(caller.account(), id, own) : plugged.detach(caller.account(), id, own);
        documents.changed(List.of(own));
        note(caller, id, own, detached.state().ec2Name(), "from " + detached.device());
        return detached;
    }

    /** The instance, locked, with a machine that runs, or that is off and keeps no memory of its disks. */
    private InstanceRow lockSettled(Caller caller, InstanceId id) {
        var row = Objects.requireNonNull(
                named.lock(caller, List.of(id), ANY, "given a volume").get(id));
        if (row.state() != InstanceState.RUNNING && row.state() != InstanceState.STOPPED) {
            throw new CloudException(
                    ErrorCode.INCORRECT_INSTANCE_STATE,
                    "The instance '" + id + "' is " + row.state().ec2Name()
                            + ". Volumes are attached and detached while their instances are running or stopped.");
        }
        if (row.state() == InstanceState.STOPPED && machine(id).stop() == StopMode.HIBERNATE) {
            throw new CloudException(
                    ErrorCode.INCORRECT_INSTANCE_STATE,
                    "The instance '" + id + "' is hibernated, and its memory knows its volumes. Start it, and stop it"
                            + " without hibernating it.");
        }
        return row;
    }

    private VmRow machine(InstanceId id) {
        return vms.find(id)
                .orElseThrow(() -> new CloudException(
                        ErrorCode.INCORRECT_INSTANCE_STATE, "The instance '" + id + "' is on no host."));
    }

    private String backend(HostId host, VolumeShape shape) {
        return pools.backend(host, new WantedDisk(shape.type().ec2Name(), shape.sizeGib() * GIB));
    }

    private void note(Caller caller, VolumeId id, InstanceId instance, String event, String where) {
        var request = ", request " + caller.requestId();
        history.record(List.of(
                new Happening(caller.account(), id.value(), event, instance + " " + where + request),
                new Happening(caller.account(), instance.value(), "volume " + event, id + " " + where + request)));
    }
}
