/**
 * Brings volumes to other hosts: the operator's wish, and the loop that goes on with every move. Owns nothing: the rows are {@code blockstorage.volume}'s, the copy is taken by {@code blockstorage.capture}.
 *
 * <p>Each step is a guarded move in a transaction of its own, made from what the rows, the snapshot store and the hosts' last words say: it may be cut off between any two, and done twice.
 */
@ApplicationModule(
        allowedDependencies = {
            "blockstorage.pool",
            "blockstorage.volume",
            "compute.instance",
            "context",
            "fleet",
            "recovery"
        })
@NullMarked
package io.croft.controller.blockstorage.move;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
