/**
 * Which things of VPCs each host is told of, of whatever kind: the rooms above say of each kind what there is to tell and what uses it.
 *
 * <p>Owns the table {@code network_document}. A document is put in the transaction that changes what it tells of, and taken away in the one that ends its last use; the rows are the locks between
 * the two, so cut in half either both happened or neither.
 */
@ApplicationModule(allowedDependencies = "hostlink")
@NullMarked
package io.croft.controller.network.onhost;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
