/**
 * Content-addressed blobs: image files, and later snapshots.
 *
 * <p>Owns the tables {@code blob} and {@code blob_owner} and the directory {@code blobs/} in the state directory. A blob is written aside, checked against its digest, made durable and
 * moved into place before its row is written; what a crash leaves aside is removed at the next start. The same upload again changes nothing.
 * A blob's bytes never change.
 */
@ApplicationModule(allowedDependencies = {"context", "identity"})
@NullMarked
package io.croft.controller.blobstore;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
