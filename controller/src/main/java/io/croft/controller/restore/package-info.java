/**
 * Puts a database that was restored right with what its hosts have: a pure {@code Merge} of the two makes a plan whose every line is shown, and applying it is one transaction
 * under a new era. What the hosts know wins over what the database remembers, nothing that only the database knows is started, and whatever is in doubt is frozen for the
 * operator, who decides by a {@code Choice}.
 *
 * <p>Owns the table {@code restore_choice}; the rows of other modules are changed by their own {@code Restored...} components. A plan is made anew inside the transaction that
 * applies it, under a lock: applied twice at once, the second finds nothing to do; cut in half, nothing was done.
 */
@ApplicationModule(
        allowedDependencies = {
            "context",
            "recovery",
            "identity",
            "fleet",
            "hostlink",
            "blockstorage.capture",
            "blockstorage.snapshot",
            "blockstorage.volume",
            "history",
            "compute.instance",
            "network.account",
            "network.securitygroup"
        })
@NullMarked
package io.croft.controller.restore;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
