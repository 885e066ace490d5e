/**
 * Volumes and their attachments: owns the tables {@code volume}, {@code volume_placement}, {@code volume_attachment}, {@code volume_modification}, {@code volume_move} and {@code volume_leftover}.
 *
 * <p>A volume's row goes only when its host has proved the volume gone, and only after a request to delete it; a report seen twice finds no row and
 * changes nothing. A volume that is made of a snapshot is that snapshot until its host was seen to have it: {@code filled} says so, and until then the snapshot's blocks are held ({@code UnfilledVolumes}) and told to that host ({@code AgentOrigins}).
 *
 * <p>While a volume moves, two hosts may have it, and no machine has it: its place is where its documents say that it is, the higher generation is that of its place, and each change of the place raises it. What a host says of an older generation changes nothing.
 */
@ApplicationModule(
        allowedDependencies = {
            "blockstorage.snapshot",
            "context",
            "identity",
            "history",
            "quota",
            "tags",
            "fleet",
            "hostlink",
            "recovery"
        })
@NullMarked
package io.croft.controller.blockstorage.volume;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
