package io.croft.controller.ec2api.image;

import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.identity.Account;
import io.croft.controller.image.ImageReason;
import io.croft.controller.image.ImageState;
import io.croft.controller.image.ImageView;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.types.SnapshotId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.StateReason;

/** An image as EC2 writes it. */
public final class ImageForm {
    /** The owner's name for images that the operator gives to all accounts. */
    static final String DEPLOYMENT_ALIAS = "amazon";

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private ImageForm() {}

    static Image write(ImageView image, String region) {
        return Image.builder()
                .imageId(image.id().value())
                .imageLocation(
                        image.digest() == null
                                ? image.owner() + "/" + image.name()
                                : image.digest().toString())
                .ownerId(image.owner().value())
                .imageOwnerAlias(image.owner().equals(Account.DEPLOYMENT) ? DEPLOYMENT_ALIAS : null)
                .name(image.name())
                .description(image.description().isEmpty() ? null : image.description())
                .state(state(image.state()))
                .creationDate(MILLIS.format(image.created()))
                .publicLaunchPermissions(image.isPublic())
                .architecture(image.architecture())
                .imageType("machine")
                .platformDetails("Linux/UNIX")
                .usageOperation("RunInstances")
                .hypervisor("xen")
                .virtualizationType("hvm")
                .enaSupport(image.enaSupport())
                .sriovNetSupport(image.sriovNetSupport())
                .sourceImageId(image.source() == null ? null : image.source().value())
                .sourceInstanceId(
                        image.origin().instance() == null
                                ? null
                                : image.origin().instance().value())
                .stateReason(reason(image.reason()))
                .sourceImageRegion(image.source() == null ? null : region)
                .bootMode(bootMode(image.bootMode()))
                .rootDeviceType("ebs")
                .rootDeviceName(image.rootDeviceName())
                .blockDeviceMappings(disks(image))
                .productCodes(List.of())
                .tags(TagForm.write(image.tags()))
                .build();
    }

    private static @Nullable StateReason reason(@Nullable ImageReason reason) {
        return reason == null
                ? null
                : StateReason.builder()
                        .code(reason.code())
                        .message(reason.message())
                        .build();
    }

    /** The root device first. */
    static List<BlockDeviceMapping> disks(ImageView image) {
        var root = image.rootVolume();
        return Stream.concat(
                        Stream.of(disk(
                                image.rootDeviceName(), root.shape(), root.snapshot(), root.deleteOnTermination())),
                        image.devices().stream()
                                .map(d -> disk(d.device(), d.shape(), d.snapshot(), d.deleteOnTermination())))
                .toList();
    }

    private static BlockDeviceMapping disk(
            String device, VolumeShape shape, @Nullable SnapshotId snapshot, boolean deleteOnTermination) {
        return BlockDeviceMapping.builder()
                .deviceName(device)
                .ebs(e -> e.snapshotId(snapshot == null ? null : snapshot.value())
                        .volumeSize(shape.sizeGib())
                        .volumeType(shape.type().ec2Name())
                        .iops(shape.iops())
                        .throughput(shape.throughput())
                        .deleteOnTermination(deleteOnTermination)
                        .encrypted(false))
                .build();
    }

    private static String state(ImageState state) {
        return switch (state) {
            case PENDING -> "pending";
            case AVAILABLE -> "available";
            case FAILED -> "failed";
            case DEREGISTERED -> "deregistered";
        };
    }

    public static String bootMode(BootMode mode) {
        return switch (mode) {
            case BIOS -> "legacy-bios";
            case UEFI -> "uefi";
        };
    }
}
