/**
 * Snapshots: owns the tables {@code snapshot} and {@code snapshot_share}, and the snapshot store ({@code store}), whose directory is {@code snapshots/} in the state directory.
 *
 * <p>A row says that there is a snapshot, and whose; its bytes are in the store, from where they are never read without proof. The row comes first and goes last: one that is PENDING takes blocks, SEALING is made a
 * manifest, and from DELETING the row goes once its manifest has. What a crash leaves between is done again by {@code SnapshotSealing}, which finds every step already taken to be so. A manifest without a
 * row is what a restore of an older database leaves: it stays, and is taken in again.
 */
@ApplicationModule(allowedDependencies = {"context", "identity", "history", "quota", "tags", "recovery"})
@NullMarked
package io.croft.controller.blockstorage.snapshot;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
