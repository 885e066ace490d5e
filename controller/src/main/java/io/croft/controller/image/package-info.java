/**
 * The catalogue of machine images.
 *
 * <p>Owns the tables {@code image} and {@code image_share}. An image is its blob's digest and what is said of it; registering is one transaction after the blob's header was found
 * harmless. A deregistered image keeps its row, since instances name it. Instances that already run keep their own copy of the digest.
 */
@ApplicationModule(allowedDependencies = {"context", "tags", "identity", "blobstore", "blockstorage.volume"})
@NullMarked
package io.croft.controller.image;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
