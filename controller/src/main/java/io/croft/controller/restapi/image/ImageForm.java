package io.croft.controller.restapi.image;

import io.croft.controller.blockstorage.volume.VolumeShape;
import io.croft.controller.image.ImageView;
import io.croft.protocol.InstanceSpec.BootMode;
import io.croft.rest.tenant.image.Image;
import io.croft.types.SnapshotId;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An image as REST writes it. */
public final class ImageForm {
    private ImageForm() {}

    private static List<Image.Volume> volumes(ImageView image) {
        var root = image.rootVolume();
        return Stream.concat(
                        Stream.of(volume(
                                image.rootDeviceName(), root.shape(), root.snapshot(), root.deleteOnTermination())),
                        image.devices().stream()
                                .map(d -> volume(d.device(), d.shape(), d.snapshot(), d.deleteOnTermination())))
                .toList();
    }

    private static Image.Volume volume(
            String device, VolumeShape shape, @Nullable SnapshotId snapshot, boolean deleteOnTermination) {
        return new Image.Volume(
                device,
                shape.sizeGib(),
                shape.type().ec2Name(),
                shape.iops(),
                shape.throughput(),
                snapshot == null ? null : snapshot.value(),
                deleteOnTermination);
    }

    /** Writes an image. */
    public static Image write(ImageView image) {
        return new Image(
                image.id().value(),
                image.owner().value(),
                image.name(),
                image.description(),
                image.state().name().toLowerCase(Locale.ROOT),
                image.isPublic(),
                image.digest() == null ? null : image.digest().toString(),
                image.architecture(),
                bootMode(image.bootMode()),
                image.blobBytes(),
                image.virtualBytes(),
                image.rootDeviceName(),
                volumes(image),
                image.origin().instance() == null
                        ? null
                        : image.origin().instance().value(),
                image.reason() == null ? null : image.reason().message(),
                image.created().toString(),
                new TreeMap<>(image.tags()));
    }

    static String bootMode(BootMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
