/** The operator's endpoints for every account's images. Owns nothing: see {@code adminapi}. */
@ApplicationModule(allowedDependencies = {"blobstore", "blockstorage.volume", "context", "identity", "image"})
@NullMarked
package io.croft.controller.adminapi.image;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
