/**
 * Attaches volumes to instances and detaches them: what an instance and a volume must both allow. Owns nothing: the rows are {@code blockstorage.volume}'s and
 * {@code compute.instance}'s.
 *
 * <p>One transaction locks the instance and then the volume, changes both and puts the documents for their host. A repeat finds the volume attached, or free, and is refused.
 */
@ApplicationModule(
        allowedDependencies = {
            "blockstorage.pool",
            "blockstorage.volume",
            "compute.instance",
            "context",
            "fleet",
            "history"
        })
@NullMarked
package io.croft.controller.blockstorage.attachment;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
