/**
 * Images of instances: CreateImage, from the request until the snapshots of the instance's volumes have been begun and its machine goes on.
 *
 * <p>Owns the tables {@code instance_image} and {@code instance_image_volume}: an image of which that is still to be done. Without a reboot it is done in the request's transaction, and there is no row. With one, the machine is first
 * told to power itself off while its instance runs on ({@link io.croft.controller.compute.instance.InstanceRests}); a loop goes on from there by guarded moves, each of them one transaction with what it does: once the machine is off its
 * snapshots begin, once its host has taken these it goes on. Each wait has a deadline, so that no machine rests and no image is pending for ever, wherever a controller is killed. What becomes of the image from then on is {@code image}'s.
 */
@ApplicationModule(
        allowedDependencies = {
            "blockstorage.capture",
            "blockstorage.snapshot",
            "blockstorage.volume",
            "compute.instance",
            "context",
            "image",
            "recovery"
        })
@NullMarked
package io.croft.controller.compute.image;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
