package io.croft.controller.ec2api.image;

import io.croft.controller.ec2api.kit.TagForm;
import io.croft.controller.identity.Account;
import io.croft.controller.image.ImageState;
import io.croft.controller.image.ImageView;
import io.croft.protocol.InstanceSpec.BootMode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.BlockDeviceMapping;
import software.amazon.awssdk.services.ec2.model.Image;

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
                .imageLocation(image.digest().toString())
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
                .sourceImageRegion(image.source() == null ? null : region)
                .bootMode(bootMode(image.bootMode()))
                .rootDeviceType("ebs")
                .rootDeviceName(image.rootDeviceName())
                .blockDeviceMappings(rootDisk(image))
                .productCodes(List.of())
                .tags(TagForm.write(image.tags()))
                .build();
    }

    static BlockDeviceMapping rootDisk(ImageView image) {
        var shape = image.rootVolume().shape();
        return BlockDeviceMapping.builder()
                .deviceName(image.rootDeviceName())
                .ebs(e -> e.volumeSize(shape.sizeGib())
                        .volumeType(shape.type().ec2Name())
                        .iops(shape.iops())
                        .throughput(shape.throughput())
                        .deleteOnTermination(image.rootVolume().deleteOnTermination())
                        .encrypted(false))
                .build();
    }

    private static String state(ImageState state) {
        return switch (state) {
            case AVAILABLE -> "available";
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
