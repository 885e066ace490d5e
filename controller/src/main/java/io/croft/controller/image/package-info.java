/**
 * The catalogue of machine images.
 *
 * <p>Owns the tables {@code image}, {@code image_device} and {@code image_share}. An image is the blob or the snapshots that volumes of its instances start as, and what is said of it; registering is one transaction after the blob's header was found
 * harmless, or with its snapshots held. One whose snapshots are not completed yet is pending, and a loop ends that: each step is a guarded move, so that it may be done again. A snapshot stays while an image needs it. A deregistered image keeps its row, since instances name it. Instances that already run keep their own copy of the digest.
 */
@ApplicationModule(
        allowedDependencies = {
            "context",
            "history",
            "tags",
            "identity",
            "blobstore",
            "blockstorage.snapshot",
            "blockstorage.volume",
            "recovery"
        })
@NullMarked
package io.croft.controller.image;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
