/**
 * The taking of snapshots of volumes: owns the table {@code snapshot_capture}. A snapshot, which {@code blockstorage.snapshot} owns, has a capture from the request on until its volume's host keeps nothing of it any more.
 *
 * <p>One transaction makes the snapshot's row, its capture and the document for the host. The host takes the snapshot at once and says so, by which its moment is known; then it sends the blocks to {@link
 * io.croft.controller.blockstorage.capture.AgentSnapshots}. A loop wants everything gone from the host whose snapshot is not pending any more, whyever that is: completed, in error, deleted. The capture goes once the host has proved that. Everything may be done again, since each step
 * is a guarded move; what was cut in half is brought on by the host's next report or the loop.
 */
@ApplicationModule(
        allowedDependencies = {
            "blockstorage.snapshot",
            "blockstorage.volume",
            "compute.instance",
            "context",
            "fleet",
            "history",
            "hostlink",
            "identity",
            "recovery"
        })
@NullMarked
package io.croft.controller.blockstorage.capture;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
