/**
 * Whether the controller may act on its database. After one has been put back from an older copy, it must not: it would tell hosts what is long over. It is then
 * {@code RECONCILING}: requests that change anything are refused as unavailable, hosts are told nothing and what they report changes nothing, until their ledgers have been
 * merged. What stays undecided is frozen, and so is the share of a host that has not spoken yet.
 *
 * <p>Owns the tables {@code controller_era}, {@code host_recovery} and {@code frozen}. Beginning twice is safe: the second begins anew. All of it is in the database, so a
 * controller that dies finds itself where it was; one that was started on a copy of a database notices that itself.
 */
@ApplicationModule(allowedDependencies = {"context"})
@NullMarked
package io.croft.controller.recovery;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
